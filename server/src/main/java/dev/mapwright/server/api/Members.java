package dev.mapwright.server.api;

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
final class Members {
    private static final int MILLISECOND_DIGITS = 3;

    private final Map<String, Object> members = new LinkedHashMap<>();

    Members with(String name, Object value) {
        members.put(name, value);
        return this;
    }

    Members with(String name, Members value) {
        members.put(name, value.members);
        return this;
    }

    Members with(String name, Optional<?> value) {
        value.ifPresent(present -> members.put(name, present));
        return this;
    }

    Members withAll(Members others) {
        members.putAll(others.members);
        return this;
    }

    /// Seconds since 1970 with a millisecond fraction.
    Members withTime(String name, Instant time) {
        members.put(
                name, new BigDecimal(BigInteger.valueOf(time.toEpochMilli()), MILLISECOND_DIGITS));
        return this;
    }

    Members withTime(String name, Optional<Instant> time) {
        time.ifPresent(present -> withTime(name, present));
        return this;
    }

    <T> Members withList(String name, List<T> values, Function<T, Members> shown) {
        members.put(
                name, values.stream().map(value -> shown.apply(value).members).toList());
        return this;
    }

    Json json() {
        return Json.of(members);
    }

    Map<String, Object> tree() {
        return members;
    }
}
