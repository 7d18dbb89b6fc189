package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.tables.local.expression.Condition;
import dev.mapwright.adapters.tables.local.expression.KeyCondition;
import dev.mapwright.adapters.tables.local.expression.Kind;
import dev.mapwright.adapters.tables.local.expression.Placeholders;
import dev.mapwright.adapters.tables.local.expression.Projection;
import dev.mapwright.adapters.tables.local.expression.Update;
import dev.mapwright.adapters.tables.local.item.AttributeJson;
import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The expressions of one request, read with its placeholders.
final class Expressions {
    private static final Pattern NAME = Pattern.compile("#[A-Za-z0-9_]+");
    private static final Pattern VALUE = Pattern.compile(":[A-Za-z0-9_]+");

    private final Parameters request;
    private final boolean isEmpty;
    private final Placeholders placeholders;

    Expressions(Parameters request, Kind... kinds) {
        this.request = request;
        this.isEmpty = Stream.of(kinds).noneMatch(kind -> request.has(kind.parameter()));
        this.placeholders = new Placeholders(names(), values());
    }

    Optional<Condition> condition() {
        return request.text(Kind.CONDITION.parameter())
                .map(text -> Condition.parse(Kind.CONDITION, text, placeholders));
    }

    Optional<Condition> filter() {
        return request.text(Kind.FILTER.parameter())
                .map(text -> Condition.parse(Kind.FILTER, text, placeholders));
    }

    Optional<Projection> projection() {
        return request.text(Kind.PROJECTION.parameter())
                .map(text -> Projection.parse(text, placeholders));
    }

    Update update() {
        return request.text(Kind.UPDATE.parameter())
                .map(text -> Update.parse(text, placeholders))
                .orElse(Update.NOTHING);
    }

    KeyCondition keyCondition(KeySchema key) {
        String text = request.text(Kind.KEY_CONDITION.parameter())
                .orElseThrow(
                        () -> TableException.validation(
                                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request."));
        return KeyCondition.parse(
                text,
                placeholders,
                key.partition().name(),
                key.sort().map(KeySchema.KeyAttribute::name));
    }

    /// To be called after all expressions were read.
    void checkAllUsed() {
        placeholders.checkAllUsed();
    }

    private Map<String, String> names() {
        Optional<Map<?, ?>> given = request.map(Placeholders.NAMES);
        if (given.isEmpty()) {
            return Map.of();
        }
        checkUsable(Placeholders.NAMES, given.get());
        var names = new HashMap<String, String>();
        given.get().forEach((key, value) -> {
            checkKey(Placeholders.NAMES, NAME, (String) key);
            if (!(value instanceof String name)) {
                throw TableException.serialization(
                        "A value of %s must be a string".formatted(Placeholders.NAMES));
            }
            names.put((String) key, name);
        });
        return names;
    }

    private Map<String, AttributeValue> values() {
        Optional<Map<?, ?>> given = request.map(Placeholders.VALUES);
        if (given.isEmpty()) {
            return Map.of();
        }
        checkUsable(Placeholders.VALUES, given.get());
        var values = new HashMap<String, AttributeValue>();
        given.get().forEach((key, value) -> {
            checkKey(Placeholders.VALUES, VALUE, (String) key);
            values.put((String) key, readValue((String) key, value));
        });
        return values;
    }

    private static AttributeValue readValue(String key, Object value) {
        try {
            return AttributeJson.read(value);
        } catch (TableException e) {
            throw e.code().equals("ValidationException")
                    ? TableException.validation("%s contains invalid value: %s for key %s"
                            .formatted(Placeholders.VALUES, e.getMessage(), key))
                    : e;
        }
    }

    private void checkUsable(String parameter, Map<?, ?> given) {
        if (isEmpty) {
            throw TableException.validation(
                    parameter + " can only be specified when using expressions");
        }
        if (given.isEmpty()) {
            throw TableException.validation(parameter + " must not be empty");
        }
    }

    private static void checkKey(String parameter, Pattern pattern, String key) {
        if (!pattern.matcher(key).matches()) {
            throw TableException.validation(
                    "%s contains invalid key: Syntax error; key: \"%s\"".formatted(parameter, key));
        }
    }
}
