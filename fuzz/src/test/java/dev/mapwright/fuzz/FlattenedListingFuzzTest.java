package dev.mapwright.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;

import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class FlattenedListingFuzzTest extends FuzzTarget {
    static List<byte[]> seeds() {
        return List.of(utf8("{\"n\":1}\n{\"n\":2}\f\f[3]\n4\f\"five\"\n"));
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
        objects().withBucket(BUCKET);
        String[] files = new String(content, StandardCharsets.UTF_8).split("\f");
        for (int i = 0; i < files.length; i++) {
            put("in/%03d".formatted(i), utf8(files[i]));
        }
        for (String type : List.of("JSONL", "JSON")) {
            check(new Dataset.Read(
                    "s3:listObjectsV2",
                    Json.of(Map.of("Bucket", BUCKET, "Prefix", "in/")),
                    Json.of(Map.of("Transformation", "LOAD_AND_FLATTEN", "InputType", type)),
                    0));
        }
    }
}
