package dev.mapwright.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

class CsvFuzzTest extends FuzzTarget {
    static List<byte[]> seeds() {
        return List.of(
                utf8(
                        "id,text,blank\n1,\"one, two\",\n2,\"say \"\"hi\"\"\",x\n3,a\\,b,\"line\nbreak\"\n"),
                utf8("\uFEFFid|text\r\n1|ü€😀\r\n\r\n2|\"{\\\"k\\\": 1}\"|more\r\n"));
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
        put("in.csv", content);
        checkObject("in.csv", Map.of("InputType", "CSV", "CSVHeaderLocation", "FIRST_ROW"));
        checkObject(
                "in.csv",
                Map.of(
                        "InputType", "CSV",
                        "CSVDelimiter", "PIPE",
                        "CSVHeaderLocation", "GIVEN",
                        "CSVHeaders", List.of("a", "b")));
    }
}
