package dev.mapwright.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// COMPATIBILITY.md lists every quota with its value. `HISTORY_EVENTS_MAX` is called
/// `history events` there.
class CompatibilityQuotasTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([a-z ]+) \\| ([0-9,]+) \\| (Yes|Partly) \\|");

    @Test
    void theDocumentAndTheCodeAgreeOnEveryQuota() throws Exception {
        assertEquals(coded(), documented());
    }

    private static Map<String, String> coded() throws IllegalAccessException {
        var quotas = new TreeMap<String, String>();
        for (Field field : Quotas.class.getFields()) {
            String name = field.getName();
            if (name.endsWith("_MAX")) {
                quotas.put(
                        name.substring(0, name.length() - "_MAX".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', ' '),
                        "%,d".formatted(((Number) field.get(Quotas.AWS)).longValue()));
            }
        }
        return quotas;
    }

    private static Map<String, String> documented() throws IOException {
        var quotas = new TreeMap<String, String>();
        ROW.matcher(section()).results().forEach(row -> quotas.put(row.group(1), row.group(2)));
        return quotas;
    }

    private static String section() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        String document = Files.readString(root.resolve("COMPATIBILITY.md"));
        int start = document.indexOf("## Quotas");
        return document.substring(start, document.indexOf("\n## ", start + 1));
    }
}
