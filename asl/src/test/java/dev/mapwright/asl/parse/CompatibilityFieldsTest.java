package dev.mapwright.asl.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// COMPATIBILITY.md lists every field that the parser takes, and no other.
class CompatibilityFieldsTest {
    /// `| Pass state | Yes | `Type`, `Comment` |`
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([^|]+) \\| (Yes|Partly|Refused) \\| ([^|]+) \\|$");

    private static final Pattern NAME = Pattern.compile("`([A-Za-z]+)`");

    @Test
    void theDocumentAndTheParserAgreeOnEveryField() throws IOException {
        assertEquals(parsed(), documented());
    }

    private static Map<String, String> parsed() {
        var fields = new TreeMap<String, String>();
        for (String title : StateType.titles()) {
            put(fields, title + " state", StateType.of(title).orElseThrow().fields());
        }
        put(fields, "state machine", MachineParser.TOP_FIELDS);
        put(fields, "branch", MachineParser.BRANCH_FIELDS);
        put(fields, "ItemProcessor", MachineParser.PROCESSOR_FIELDS);
        put(fields, "ProcessorConfig", MapParser.CONFIG_FIELDS);
        put(fields, "ItemBatcher", MapParser.BATCHER_FIELDS);
        put(fields, "ItemReader", ReaderParser.FIELDS);
        put(fields, "ReaderConfig", ReaderParser.CONFIG_FIELDS);
        put(fields, "ResultWriter", WriterParser.FIELDS);
        put(fields, "WriterConfig", WriterParser.CONFIG_FIELDS);
        put(fields, "Retry", RecoveryParser.RETRIER_FIELDS);
        put(fields, "Catch", RecoveryParser.CATCHER_FIELDS);
        return fields;
    }

    private static void put(Map<String, String> all, String place, Collection<String> fields) {
        all.put(place, String.join(" ", new TreeSet<>(fields)));
    }

    private static Map<String, String> documented() throws IOException {
        var fields = new TreeMap<String, String>();
        for (MatchResult row : ROW.matcher(section()).results().toList()) {
            put(
                    fields,
                    row.group(1),
                    NAME.matcher(row.group(3))
                            .results()
                            .map(name -> name.group(1))
                            .collect(Collectors.toList()));
        }
        return fields;
    }

    private static String section() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        String document = Files.readString(root.resolve("COMPATIBILITY.md"));
        int start = document.indexOf("## Fields");
        return document.substring(start, document.indexOf("\n## ", start + 1));
    }
}
