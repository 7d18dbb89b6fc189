package dev.mapwright.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// When each call of a function began and ended, as its processes have written it down
/// (`calls.py`): a file for each process, a line of two nanosecond counts for each call.
record Calls(Path folder) {
    /// One call, in whatever unit its clock counts.
    record Span(long begun, long ended) {}

    private record Edge(long moment, int change) {}

    /// How many calls were under way at once, at most.
    int overlap(String function) throws IOException {
        var calls = new ArrayList<Span>();
        try (var files = Files.newDirectoryStream(folder, function + "@*")) {
            for (Path file : files) {
                for (String line : Files.readAllLines(file)) {
                    String[] ends = line.split(" ");
                    calls.add(new Span(Long.parseLong(ends[0]), Long.parseLong(ends[1])));
                }
            }
        }
        return overlap(calls);
    }

    /// Where one call ends and another begins in the same moment, they don't overlap.
    static int overlap(List<Span> calls) {
        var edges = new ArrayList<Edge>();
        for (Span call : calls) {
            edges.add(new Edge(call.begun(), 1));
            edges.add(new Edge(call.ended(), -1));
        }
        edges.sort(Comparator.comparingLong(Edge::moment).thenComparingInt(Edge::change));
        int open = 0;
        int highest = 0;
        for (Edge edge : edges) {
            open += edge.change();
            highest = Math.max(highest, open);
        }
        return highest;
    }
}
