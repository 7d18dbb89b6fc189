package dev.mapwright.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

class ItemsPointerFuzzTest extends FuzzTarget {
    private static final String DOCUMENT =
            "{\"a/b\":[[1,2],[3,4]],\"~\":{\"\":[5]},\"items\":{\"x\":[{\"0\":[6]}]}}";

    static List<byte[]> seeds() {
        return List.of(utf8("/a~1b/1"), utf8("/~0/"), utf8("/items/x/0/0"), utf8(""));
    }

    /// An empty content has no byte that could be changed.
    @Override
    protected List<byte[]> contents() {
        return seeds().stream().filter(seed -> seed.length > 0).toList();
    }

    @MethodSource("seeds")
    @FuzzTest
    void bearsAnything(byte[] content) throws Exception {
        read(content);
    }

    @Override
    protected void read(byte[] content) throws Exception {
        put("in.json", utf8(DOCUMENT));
        String pointer = new String(content, StandardCharsets.UTF_8);
        checkObject("in.json", Map.of("InputType", "JSON", "ItemsPointer", pointer));
    }
}
