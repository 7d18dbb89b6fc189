package dev.mapwright.benchmarks;

import dev.mapwright.engine.maprun.ObjectStore;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Objects of any size whose items are all alike: one block of items, as often as it takes.
///
/// @param config how it is read
/// @param item with what separates it from the next one
/// @param last the last item, which nothing separates from the end
record LargeText(
        String name,
        Map<String, String> config,
        String beginning,
        String item,
        String last,
        String end) {
    private static final int PART_BYTES = 16 * 1024 * 1024;

    private static final String ELEMENT =
            "{\"orderNumber\":\"ON00042817\",\"orderDate\":\"2025-03-09\",\"orderStatus\":\"SHIPPED\","
                    + "\"lineItems\":[{\"sku\":\"A-17\",\"count\":2},{\"sku\":\"B-4\",\"count\":1}],"
                    + "\"totalPrice\":817.25}";

    static final LargeText CSV = new LargeText(
            "csv",
            Map.of("InputType", "CSV", "CSVHeaderLocation", "FIRST_ROW"),
            "orderNumber,orderDate,orderStatus,lineItems,totalPrice\n",
            "ON00042817,2025-03-09,SHIPPED,17,817.25\n",
            "ON00042818,2025-03-09,SHIPPED,17,817.25",
            "");

    static final LargeText JSON =
            new LargeText("json", Map.of("InputType", "JSON"), "[", ELEMENT + ",\n", ELEMENT, "]");

    static final LargeText JSON_UNDER_A_POINTER = new LargeText(
            "json-pointer",
            Map.of("InputType", "JSON", "ItemsPointer", "/data/items"),
            "{\"meta\":{\"items\":[1,2,3]},\"data\":{\"items\":[",
            ELEMENT + ",\n",
            ELEMENT,
            "]}}");

    static final LargeText JSON_LINES =
            new LargeText("jsonl", Map.of("InputType", "JSONL"), "", ELEMENT + "\n", ELEMENT, "");

    /// Puts an object of about this size.
    ///
    /// @return how many items it has
    long put(ObjectStore objects, String key, long bytes) throws Exception {
        byte[] block = item.repeat(PART_BYTES / item.length()).getBytes(StandardCharsets.UTF_8);
        long blocks = Math.max(1, bytes / block.length);
        String upload = objects.beginUpload(Datasets.BUCKET, key, "text/plain");
        List<String> etags = new ArrayList<>();
        var part = new ByteArrayOutputStream(block.length + beginning.length());
        part.writeBytes(beginning.getBytes(StandardCharsets.UTF_8));
        for (int number = 1; number <= blocks; number++) {
            part.writeBytes(block);
            if (number == blocks) {
                part.writeBytes((last + end).getBytes(StandardCharsets.UTF_8));
            }
            etags.add(objects.uploadPart(Datasets.BUCKET, key, upload, number, part.toByteArray()));
            part.reset();
        }
        objects.completeUpload(Datasets.BUCKET, key, upload, etags);
        return blocks * (block.length / item.length()) + 1;
    }
}
