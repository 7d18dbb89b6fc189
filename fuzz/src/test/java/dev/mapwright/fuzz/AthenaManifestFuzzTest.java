package dev.mapwright.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

class AthenaManifestFuzzTest extends FuzzTarget {
    static List<byte[]> seeds() {
        return List.of(utf8("s3://b/data/1\n\"s3://b/data/2\"\r\n\ns3://b/data/3"));
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
        put("data/1", utf8("1\n2\n"));
        put("data/2", utf8("3\n"));
        put("data/3", utf8("{\"n\":4}\n5\n6"));
        put("q-manifest.csv", content);
        checkObject("q-manifest.csv", Map.of("ManifestType", "ATHENA_DATA", "InputType", "JSONL"));
    }
}
