package dev.mapwright.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;

import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class ListingFuzzTest extends FuzzTarget {
    static List<byte[]> seeds() {
        return List.of(utf8("a/1.csv\na/2.csv\na/\nb\nüber\n😀\n~"));
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
        String[] keys = new String(content, StandardCharsets.UTF_8).split("\n");
        for (String key : keys) {
            put(key.isEmpty() ? "none" : key, content);
        }
        for (String argument : List.of("Prefix", "StartAfter")) {
            check(new Dataset.Read(
                    "s3:listObjectsV2",
                    Json.of(Map.of("Bucket", BUCKET, argument, keys.length == 0 ? "" : keys[0])),
                    Json.EMPTY_OBJECT,
                    0));
        }
    }
}
