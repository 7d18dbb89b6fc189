package dev.mapwright.scenarios;

import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a ResultWriter exported: the manifest, and the files that it names.
record ResultFiles(Stage stage, String bucket, String key, Map<?, ?> manifest) {
    /// @param details the Map state's result, with `ResultWriterDetails`
    static ResultFiles of(Stage stage, Map<?, ?> details) {
        var place = (Map<?, ?>) details.get("ResultWriterDetails");
        return at(stage, (String) place.get("Bucket"), (String) place.get("Key"));
    }

    static ResultFiles at(Stage stage, String bucket, String key) {
        return new ResultFiles(stage, bucket, key, object(stage.get(bucket, key)));
    }

    /// The records of all files of one status, checking that each file is as long as it should be.
    ///
    /// @param status `SUCCEEDED`, `FAILED`, `PENDING`
    List<Map<?, ?>> records(String status, Report report) {
        var records = new ArrayList<Map<?, ?>>();
        long claimed = 0;
        long found = 0;
        for (Map<?, ?> file : files(status)) {
            String text = stage.get(bucket, (String) file.get("Key"));
            claimed += ((Number) file.get("Size")).longValue();
            found += text.getBytes(StandardCharsets.UTF_8).length;
            for (Object each : (List<?>) Json.ofText(text).value()) {
                records.add((Map<?, ?>) each);
            }
        }
        report.equal("bytes of the %s files".formatted(status), claimed, found);
        return records;
    }

    /// The outputs of the children that succeeded.
    List<Object> outputs(Report report) {
        return records("SUCCEEDED", report).stream()
                .map(each -> Json.ofText((String) each.get("Output")).value())
                .toList();
    }

    List<Map<?, ?>> files(String status) {
        var files = (Map<?, ?>) manifest.get("ResultFiles");
        var found = new ArrayList<Map<?, ?>>();
        ((List<?>) files.get(status)).forEach(each -> found.add((Map<?, ?>) each));
        return found;
    }

    private static Map<?, ?> object(String text) {
        return (Map<?, ?>) Json.ofText(text).value();
    }
}
