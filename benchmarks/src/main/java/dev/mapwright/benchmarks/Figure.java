package dev.mapwright.benchmarks;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonObject;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One number that a benchmark found, and the bar it has to reach if there is one.
record Figure(String name, double value, String unit, Optional<Bar> bar) {
    /// Figures from here on are shown without decimals.
    private static final double WHOLE_FROM = 100;

    enum Side {
        AT_LEAST,
        AT_MOST
    }

    record Bar(Side side, double value) {
        boolean isReachedBy(double found) {
            return switch (side) {
                case AT_LEAST -> found >= value;
                case AT_MOST -> found <= value;
            };
        }
    }

    static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, Optional.empty());
    }

    Figure atLeast(double bar) {
        return new Figure(name, value, unit, Optional.of(new Bar(Side.AT_LEAST, bar)));
    }

    Figure atMost(double bar) {
        return new Figure(name, value, unit, Optional.of(new Bar(Side.AT_MOST, bar)));
    }

    String line() {
        return "  %-38s %12s %s%s"
                .formatted(name, number(value), unit, bar.map(this::verdict).orElse(""));
    }

    private String verdict(Bar known) {
        return "  (bar: %s %s, %s)"
                .formatted(
                        switch (known.side()) {
                            case AT_LEAST -> "at least";
                            case AT_MOST -> "at most";
                        },
                        number(known.value()),
                        known.isReachedBy(value) ? "reached" : "MISSED");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= WHOLE_FROM ? "%,.0f" : "%.2f", value);
    }

    JsonObject json() {
        var members =
                new JsonObject.Builder().put("name", name).put("value", value).put("unit", unit);
        bar.ifPresent(known -> members.put(
                "bar", JsonObject.of(Map.of("side", known.side().name(), "value", known.value()))));
        return members.build();
    }

    static Figure of(Json json) {
        var members = (Map<?, ?>) json.value();
        var plain = of(
                (String) members.get("name"),
                ((Number) members.get("value")).doubleValue(),
                (String) members.get("unit"));
        if (!(members.get("bar") instanceof Map<?, ?> bar)) {
            return plain;
        }
        double value = ((Number) bar.get("value")).doubleValue();
        return switch (Side.valueOf((String) bar.get("side"))) {
            case AT_LEAST -> plain.atLeast(value);
            case AT_MOST -> plain.atMost(value);
        };
    }
}
