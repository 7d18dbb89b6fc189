package dev.mapwright.adapters.metrics.states;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.engine.journal.HistoryEvent.Flavor;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// docs/reference/metrics.md lists what is reported, and nothing else.
class MetricsDocumentTest {
    /// `| names | unit | dimensions | notes |`
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (`\\w+`(?:, `\\w+`)*) \\| (\\w+) \\| [^|]+ \\| [^|]*\\|$");

    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    @Test
    void theTableOfMetricsListsWhatIsReported() throws IOException {
        assertEquals(reported(), documented());
    }

    private static Map<String, String> reported() {
        var reported = new TreeMap<String, String>();
        ExecutionMetric.NAMES.forEach(name -> put(reported, name));
        for (Flavor flavor : Flavor.values()) {
            TaskMetric.names(flavor).forEach(name -> put(reported, name));
        }
        for (Gauge gauge : Gauge.values()) {
            put(reported, gauge.metric());
        }
        // Only workers of activities send heartbeats that can fail to come.
        reported.remove("LambdaFunctionsHeartbeatTimedOut");
        reported.remove("ServiceIntegrationsHeartbeatTimedOut");
        return reported;
    }

    private static void put(Map<String, String> reported, MetricName name) {
        reported.put(name.text(), name.unit().text());
    }

    private static Map<String, String> documented() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        String document = Files.readString(root.resolve("docs/reference/metrics.md"));
        int start = document.indexOf("## Namespace `AWS/States`");
        Matcher row = ROW.matcher(document.substring(start, document.indexOf("\n## ", start)));
        var documented = new TreeMap<String, String>();
        while (row.find()) {
            NAME.matcher(row.group(1))
                    .results()
                    .forEach(name -> documented.put(name.group(1), row.group(2)));
        }
        return documented;
    }
}
