package dev.mapwright.adapters.functions.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.adapters.functions.log.FunctionLog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

class ProcessOutputTest {
    @TempDir
    Path folder;

    @Test
    void whatHasNoLineBreakIsALineBeforeThePlatformsNextOne() throws Exception {
        try (var log = new FunctionLog("f", folder, InstantSource.system())) {
            var output = new ProcessOutput(log);
            output.collect(new SequenceInputStream(
                    text("first\norder 7"), new Meanwhile(() -> output.platform("END"))));
            assertEquals("first\norder 7\nEND\n", Files.readString(log.file()));
        }
    }

    @Test
    void piecesOfALineBecomeOne() throws Exception {
        try (var log = new FunctionLog("f", folder, InstantSource.system())) {
            new ProcessOutput(log)
                    .collect(new SequenceInputStream(text("or"), text("der 7\nand more")));
            assertEquals("order 7\nand more\n", Files.readString(log.file()));
        }
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Has nothing to read, and does something when it is asked.
    private static final class Meanwhile extends InputStream {
        private final Runnable what;

        Meanwhile(Runnable what) {
            this.what = what;
        }

        @Override
        public int read() {
            what.run();
            return -1;
        }
    }
}
