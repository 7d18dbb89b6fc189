package dev.mapwright.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.github.luben.zstd.Zstd;

import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

class CompressedFuzzTest extends FuzzTarget {
    static List<byte[]> seeds() throws IOException {
        byte[] lines = utf8("{\"n\":1}\n{\"n\":2}\n".repeat(20));
        return List.of(gzip(lines), Zstd.compress(lines));
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        return compressed.toByteArray();
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
        for (String key : List.of("in.jsonl.gz", "in.jsonl.zst", "in.jsonl")) {
            put(key, content);
            checkObject(key, Map.of("InputType", "JSONL"));
        }
    }
}
