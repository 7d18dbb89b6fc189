package dev.mapwright.adapters.functions.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// What can be run, told by how it begins.
class ExecutableFileTest {
    private static final byte[] FOR_X86 =
            HexFormat.of().parseHex("7f454c46020101000000000000000000" + "02003e00");
    private static final byte[] FOR_ARM =
            HexFormat.of().parseHex("7f454c46020101000000000000000000" + "0200b700");

    @Test
    void aScriptNamesItsInterpreter() {
        assertTrue(ExecutableFile.runsOn("amd64", ascii("#!/bin/sh")));
        assertFalse(ExecutableFile.runsOn("amd64", ascii("echo this one does not, long or short")));
        assertFalse(ExecutableFile.runsOn("amd64", ascii("")));
    }

    @Test
    void aProgramIsForOneProcessor() {
        assertTrue(ExecutableFile.runsOn("amd64", FOR_X86));
        assertFalse(ExecutableFile.runsOn("amd64", FOR_ARM));
        assertTrue(ExecutableFile.runsOn("aarch64", FOR_ARM));
        assertFalse(ExecutableFile.runsOn("aarch64", FOR_X86));
        assertTrue(ExecutableFile.runsOn("riscv64", FOR_X86));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
