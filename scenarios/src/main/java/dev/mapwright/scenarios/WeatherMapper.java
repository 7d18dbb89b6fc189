package dev.mapwright.scenarios;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The mapper of `weather.py` in Java, to be run in the engine's process: where the files are
/// small, what reads them must cost little. It gets the objects over HTTP like any other client.
public final class WeatherMapper {
    private static final String BUCKET = "noaa";
    private static final int MONTH_CHARS = "2022-07".length();

    private final URI endpoint = URI.create(System.getProperty(EngineProcess.ENDPOINT));

    /// The hottest row of a month so far.
    private record High(double temperature, List<String> row) {}

    /// @param event with `Items`, entries of a listing
    /// @return by month, the row with the highest temperature, the first one if there are several
    public Map<String, Object> handleRequest(Map<String, Object> event) throws IOException {
        var columns = List.<String>of();
        var highs = new LinkedHashMap<String, High>();
        for (Object item : (List<?>) event.get("Items")) {
            columns = read((String) ((Map<?, ?>) item).get("Key"), highs);
        }
        var answer = new LinkedHashMap<String, Object>();
        for (var high : highs.entrySet()) {
            answer.put(high.getKey(), members(columns, high.getValue().row()));
        }
        return answer;
    }

    /// @return the columns' names, which all files share
    private List<String> read(String key, Map<String, High> highs) throws IOException {
        var connection = endpoint.resolve("/" + BUCKET + "/" + key).toURL().openConnection();
        try (var lines = new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> columns = fields(lines.readLine());
            int date = columns.indexOf("DATE");
            int temperature = columns.indexOf("TEMP");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> row = fields(line);
                var high = new High(Double.parseDouble(row.get(temperature)), row);
                highs.merge(
                        row.get(date).substring(0, MONTH_CHARS),
                        high,
                        (one, other) -> other.temperature() > one.temperature() ? other : one);
            }
            return columns;
        }
    }

    /// Every field of these files stands in quotation marks, and none holds any.
    private static List<String> fields(String line) {
        return List.of(line.substring(1, line.length() - 1).split("\",\"", -1));
    }

    private static Map<String, Object> members(List<String> columns, List<String> row) {
        var members = new LinkedHashMap<String, Object>();
        for (int column = 0; column < columns.size(); column++) {
            members.put(columns.get(column), row.get(column));
        }
        return members;
    }
}
