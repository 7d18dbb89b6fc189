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
    private record Edge(long nanos, int change) {}

    /// How many calls were under way at once, at most.
    int overlap(String function) throws IOException {
        var edges = new ArrayList<Edge>();
        try (var files = Files.newDirectoryStream(folder, function + "@*")) {
            for (Path file : files) {
                for (String line : Files.readAllLines(file)) {
                    String[] ends = line.split(" ");
                    edges.add(new Edge(Long.parseLong(ends[0]), 1));
                    edges.add(new Edge(Long.parseLong(ends[1]), -1));
                }
            }
        }
        return highest(edges);
    }

    /// Where one call ends and another begins in the same moment, they don't overlap.
    private static int highest(List<Edge> edges) {
        edges.sort(Comparator.comparingLong(Edge::nanos).thenComparingInt(Edge::change));
        int open = 0;
        int highest = 0;
        for (Edge edge : edges) {
            open += edge.change();
            highest = Math.max(highest, open);
        }
        return highest;
    }
}
