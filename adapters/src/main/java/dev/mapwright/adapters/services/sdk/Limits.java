package dev.mapwright.adapters.services.sdk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the API's model of a service says of members and the SDK does not keep: which are required,
/// and between which bounds they are. The files are made by `src/main/python/limits.py`; of a
/// service without one nothing is known.
final class Limits {
    private static final Pattern MEMBER = Pattern.compile(
            "(?<name>\\w+)(?<required>\\*)?(:(?<min>-?[\\d.]*?)\\.\\.(?<max>-?[\\d.]*))?");

    private final Map<String, Map<String, Limit>> structures;

    private Limits(Map<String, Map<String, Limit>> structures) {
        this.structures = structures;
    }

    /// @param min of a number; of a text, an array or an object its length
    record Limit(boolean isRequired, Optional<BigDecimal> min, Optional<BigDecimal> max) {
        static final Limit NONE = new Limit(false, Optional.empty(), Optional.empty());
    }

    static Limits of(String service) {
        try (InputStream file = Limits.class.getResourceAsStream("limits/" + service + ".txt")) {
            return file == null ? new Limits(Map.of()) : read(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the limits of " + service, unreadable);
        }
    }

    private static Limits read(InputStream file) throws IOException {
        var structures = new HashMap<String, Map<String, Limit>>();
        var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ");
            var members = new HashMap<String, Limit>();
            for (int i = 1; i < words.length; i++) {
                Matcher member = MEMBER.matcher(words[i]);
                if (!member.matches()) {
                    throw new IllegalStateException("expected a member's limits: " + words[i]);
                }
                members.put(
                        member.group("name"),
                        new Limit(
                                member.group("required") != null,
                                bound(member.group("min")),
                                bound(member.group("max"))));
            }
            structures.put(key(words[0]), members);
        }
        return new Limits(structures);
    }

    private static Optional<BigDecimal> bound(String text) {
        return text == null || text.isEmpty()
                ? Optional.empty()
                : Optional.of(new BigDecimal(text));
    }

    /// @param structure the class of the SDK that has the member
    /// @param member as the API names it
    Limit of(Class<?> structure, String member) {
        return structures
                .getOrDefault(key(structure.getSimpleName()), Map.of())
                .getOrDefault(member, Limit.NONE);
    }

    /// The SDK and the models do not agree on capitals: `DBInstance`, `DbInstance`.
    private static String key(String structure) {
        return structure.toLowerCase(Locale.ROOT);
    }
}
