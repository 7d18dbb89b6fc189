package dev.mapwright.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// COMPATIBILITY.md says of every operation what the code does.
class CompatibilityTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([A-Z][A-Za-z]+) \\| (Yes|Partly|Refused) \\|");

    @Test
    void listsWhatIsAnswered() throws IOException {
        assertEquals(new TreeSet<>(Operations.supported()), rows(Set.of("Yes", "Partly")));
    }

    @Test
    void listsNoOperationAsRefused() throws IOException {
        assertEquals(Set.of(), rows(Set.of("Refused")));
    }

    private static Set<String> rows(Set<String> statuses) throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        return ROW.matcher(section(Files.readString(root.resolve("COMPATIBILITY.md"))))
                .results()
                .filter(row -> statuses.contains(row.group(2)))
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String section(String document) {
        int start = document.indexOf("## Step Functions API");
        return document.substring(start, document.indexOf("\n## ", start + 1));
    }
}
