package dev.mapwright.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

class JsonLinesFuzzTest extends FuzzTarget {
    static List<byte[]> seeds() {
        return List.of(utf8("{\"n\":1}\n\n[2]\r\n  \"three\"\nnull\n5"));
    }

    @Override
    protected List<byte[]> contents() throws Exception {
        return seeds();
    }

    @MethodSource("seeds")
    @FuzzTest
    void bearsAnything(byte[] content) throws Exception {
        read(content);
    }

    @Override
    protected void read(byte[] content) throws Exception {
        put("in.jsonl", content);
        checkObject("in.jsonl", Map.of("InputType", "JSONL"));
    }
}
