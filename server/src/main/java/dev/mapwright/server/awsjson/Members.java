package dev.mapwright.server.awsjson;

import dev.mapwright.asl.json.Json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The members of a response object under construction. What is absent is left out, never null.
public final class Members {
    private static final int MILLISECOND_DIGITS = 3;

    private final Map<String, Object> members = new LinkedHashMap<>();

    public Members with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    public Members with(String name, Members value) {
        members.put(name, value.members);
        return this;
    }

    public Members with(String name, Optional<?> value) {
        value.ifPresent(present -> members.put(name, present));
        return this;
    }

    public Members withAll(Members others) {
        members.putAll(others.members);
        return this;
    }

    /// Seconds since 1970 with a millisecond fraction.
    public Members withTime(String name, Instant time) {
        members.put(
                name, new BigDecimal(BigInteger.valueOf(time.toEpochMilli()), MILLISECOND_DIGITS));
        return this;
    }

    public Members withTime(String name, Optional<Instant> time) {
        time.ifPresent(present -> withTime(name, present));
        return this;
    }

    public <T> Members withList(String name, List<T> values, Function<T, Members> shown) {
        members.put(
                name, values.stream().map(value -> shown.apply(value).members).toList());
        return this;
    }

    public Json json() {
        return Json.of(members);
    }

    public Map<String, Object> tree() {
        return members;
    }
}
