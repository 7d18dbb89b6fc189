package dev.mapwright.asl.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.definition.TaskResource;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// COMPATIBILITY.md lists every optimized integration that the parser takes, with its patterns, and
/// no other.
class CompatibilityResourcesTest {
    /// `| `athena:startQueryExecution` | `.sync` | Yes | |`
    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| `([a-z-]+):([^|]+)` \\| ([^|]*)\\| (?:Yes|Partly|Refused) \\|");

    private static final Pattern NAME = Pattern.compile("[A-Za-z]+");
    private static final Pattern SUFFIX = Pattern.compile("`(\\.[^`]+)`");

    @Test
    void theDocumentAndTheParserAgreeOnEveryResourceAndItsPatterns() throws IOException {
        assertEquals(parsed(), documented());
    }

    private static TreeMap<String, TreeSet<String>> parsed() {
        var resources = new TreeMap<String, TreeSet<String>>();
        Resources.OPTIMIZED.forEach((resource, patterns) -> {
            var suffixes = new TreeSet<String>();
            patterns.forEach(pattern -> suffixes.add(pattern.suffix()));
            suffixes.remove(TaskResource.Pattern.REQUEST_RESPONSE.suffix());
            resources.put(resource, suffixes);
        });
        return resources;
    }

    private static TreeMap<String, TreeSet<String>> documented() throws IOException {
        var resources = new TreeMap<String, TreeSet<String>>();
        for (MatchResult row : ROW.matcher(section()).results().toList()) {
            var suffixes = new TreeSet<String>();
            SUFFIX.matcher(row.group(3)).results().forEach(each -> suffixes.add(each.group(1)));
            NAME.matcher(row.group(2))
                    .results()
                    .forEach(
                            action -> resources.put(row.group(1) + ":" + action.group(), suffixes));
        }
        return resources;
    }

    private static String section() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        String document = Files.readString(root.resolve("COMPATIBILITY.md"));
        int start = document.indexOf("## Tasks");
        return document.substring(start, document.indexOf("\n## ", start + 1));
    }
}
