package dev.mapwright.scenarios;

import dev.mapwright.asl.json.Json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /// The records of all files of one status, one after the other as they are read; before that,
    /// checks that each file is as long as the manifest says.
    ///
    /// @param status `SUCCEEDED`, `FAILED`, `PENDING`
    Stream<Map<?, ?>> records(String status, Report report) {
        List<Map<?, ?>> files = files(status);
        report.equal(
                "bytes of the %s files".formatted(status),
                files.stream()
                        .map(file -> ((Number) file.get("Size")).longValue())
                        .toList(),
                files.stream()
                        .map(file -> stage.size(bucket, (String) file.get("Key")))
                        .toList());
        return files.stream().flatMap(file -> stage.elements(bucket, (String) file.get("Key")));
    }

    /// The outputs of the children that succeeded.
    Stream<Object> outputs(Report report) {
        return records("SUCCEEDED", report)
                .map(each -> Json.ofText((String) each.get("Output")).value());
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
