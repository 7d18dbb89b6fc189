package dev.mapwright.server.cloudwatch;

import dev.mapwright.adapters.metrics.Datapoint;
import dev.mapwright.adapters.metrics.TimeSeries;
import dev.mapwright.server.cloudwatch.StatisticsOperations.Asked;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One page of what GetMetricData answers: it begins with some datapoint of some query and ends
/// when there are as many datapoints as wanted.
///
/// @param query the first query that is not answered yet
/// @param point the first of its datapoints that is not
record DataPage(int query, int point, int pointsMax, Order order) {
    enum Order {
        NEWEST_FIRST,
        OLDEST_FIRST
    }

    static DataPage after(Optional<String> position, int pointsMax, Order order) throws Failed {
        if (position.isEmpty()) {
            return new DataPage(0, 0, pointsMax, order);
        }
        if (!position.get().matches("\\d{1,3}:\\d{1,9}")) {
            throw PageToken.invalid();
        }
        String[] parts = position.get().split(":");
        return new DataPage(
                Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), pointsMax, order);
    }

    Map<String, Object> fill(List<Asked> queries, TimeSeries series) {
        var results = new ArrayList<Object>();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("MetricDataResults", results);
        int room = pointsMax;
        int from = point;
        for (int index = query; index < queries.size(); index++) {
            if (room == 0) {
                answer.put("NextToken", PageToken.seal(index + ":0"));
                break;
            }
            Asked asked = queries.get(index);
            List<Datapoint> points = inOrder(series.readTogether(asked.query()));
            int begin = Math.min(from, points.size());
            int end = Math.min(points.size(), begin + room);
            boolean whole = end == points.size();
            results.add(result(asked, points.subList(begin, end), whole));
            if (!whole) {
                answer.put("NextToken", PageToken.seal(index + ":" + end));
                break;
            }
            room -= end - begin;
            from = 0;
        }
        answer.put("Messages", List.of());
        return answer;
    }

    private List<Datapoint> inOrder(List<Datapoint> oldestFirst) {
        return switch (order) {
            case OLDEST_FIRST -> oldestFirst;
            case NEWEST_FIRST -> oldestFirst.reversed();
        };
    }

    private static Map<String, Object> result(Asked asked, List<Datapoint> points, boolean whole) {
        var result = new LinkedHashMap<String, Object>();
        result.put("Id", asked.id());
        result.put("Label", asked.label());
        result.put("Timestamps", points.stream().map(Datapoint::at).toList());
        result.put(
                "Values",
                points.stream()
                        .map(point -> asked.statistic().of(point.samples()))
                        .toList());
        result.put("StatusCode", whole ? "Complete" : "PartialData");
        return result;
    }
}
