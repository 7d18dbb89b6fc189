package dev.mapwright.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

class InventoryFuzzTest extends FuzzTarget {
    static List<byte[]> seeds() {
        return List.of(utf8("""
                {"sourceBucket":"src","destinationBucket":"arn:aws:s3:::b","fileFormat":"CSV",
                 "fileSchema":"Bucket, Key, Size","files":[{"key":"data/1.csv","size":9},
                 {"key":"data/2.csv"}]}"""));
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
        put("data/1.csv", utf8("\"src\",\"a%20b\",\"1\"\n\"src\",\"c\",\"2\"\n"));
        put("data/2.csv", utf8("\"src\",\"d\",\"3\"\n"));
        put("manifest.json", content);
        checkObject("manifest.json", Map.of("ManifestType", "S3_INVENTORY"));
    }
}
