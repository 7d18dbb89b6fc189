package dev.mapwright.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

class JsonFuzzTest extends FuzzTarget {
    static List<byte[]> seeds() {
        return List.of(
                utf8("[1,\"two\",{\"a\":[true,null]},[],-3.5e2,\"\\u00fc\\\"\"]"),
                utf8("{\"a\":{\"b\":[{\"c\":1},{\"c\":2},{\"c\":3}]},\"d\":[4,5]}"));
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
        put("in.json", content);
        checkObject("in.json", Map.of("InputType", "JSON"));
        checkObject("in.json", Map.of("InputType", "JSON", "ItemsPointer", "/a/b"));
    }
}
