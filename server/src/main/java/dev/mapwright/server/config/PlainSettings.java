package dev.mapwright.server.config;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The value of every [Setting] and where it came from, which every refusal names.
record PlainSettings(Map<Setting, Value> values) {

    /// @param origin a file, `command line` or `default`
    private record Value(String text, String origin) {}

    static PlainSettings defaults() {
        var values = new EnumMap<Setting, Value>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, new Value(setting.byDefault(), "default"));
        }
        return new PlainSettings(values);
    }

    /// These, but for what `others` set.
    PlainSettings with(Map<Setting, String> others, String origin) {
        var values = new EnumMap<Setting, Value>(this.values);
        others.forEach((setting, text) -> values.put(setting, new Value(text, origin)));
        return new PlainSettings(values);
    }

    String text(Setting setting) {
        return values.get(setting).text();
    }

    int number(Setting setting, int min, int max) throws InvalidConfiguration {
        try {
            int number = Integer.parseInt(text(setting));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Refused below, like a number out of range.
        }
        throw invalid(setting);
    }

    String matching(Setting setting, String pattern) throws InvalidConfiguration {
        if (!text(setting).matches(pattern)) {
            throw invalid(setting);
        }
        return text(setting);
    }

    /// The one of `choices` that is named.
    <T> T choice(Setting setting, Map<String, T> choices) throws InvalidConfiguration {
        T chosen = choices.get(text(setting));
        if (chosen == null) {
            throw invalid(setting);
        }
        return chosen;
    }

    /// A time like `90d`; absent: for ever.
    Optional<Duration> time(Setting setting) throws InvalidConfiguration {
        if (text(setting).equals("forever")) {
            return Optional.empty();
        }
        String text = matching(setting, "[1-9]\\d{0,5}[dhms]");
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return Optional.of(
                switch (text.charAt(text.length() - 1)) {
                    case 'd' -> Duration.ofDays(number);
                    case 'h' -> Duration.ofHours(number);
                    case 'm' -> Duration.ofMinutes(number);
                    default -> Duration.ofSeconds(number);
                });
    }

    /// One line each, for the log.
    Stream<String> sources() {
        return values.entrySet().stream().map(one -> "%s = %s (%s)"
                .formatted(
                        one.getKey().key(),
                        one.getValue().text(),
                        one.getValue().origin()));
    }

    private InvalidConfiguration invalid(Setting setting) {
        Value value = values.get(setting);
        return InvalidConfiguration.of(setting.key(), value.text(), value.origin(), setting.form());
    }
}
