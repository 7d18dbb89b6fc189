package dev.mapwright.server.client;

import dev.mapwright.asl.json.Json;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An object of a service's answer, read member by member. A member that has to be there and is not
/// is a defect of the server.
public record Answer(Map<?, ?> members) {
    public static Answer of(Json json) {
        if (!(json.value() instanceof Map<?, ?> members)) {
            throw new IllegalStateException("expected a JSON object, found " + json.text());
        }
        return new Answer(members);
    }

    public String text(String name) {
        return find(name, String.class).orElseThrow(() -> missing(name));
    }

    public Optional<String> findText(String name) {
        return find(name, String.class);
    }

    public long number(String name) {
        return find(name, Number.class).orElseThrow(() -> missing(name)).longValue();
    }

    public Optional<Double> findReal(String name) {
        return find(name, Number.class).map(Number::doubleValue);
    }

    public Answer object(String name) {
        return findObject(name).orElseThrow(() -> missing(name));
    }

    public Optional<Answer> findObject(String name) {
        return find(name, Map.class).map(Answer::new);
    }

    public List<Answer> objects(String name) {
        List<?> list = find(name, List.class).orElseThrow(() -> missing(name));
        return list.stream().map(one -> Answer.of(Json.of(one))).toList();
    }

    private <T> Optional<T> find(String name, Class<T> type) {
        return Optional.ofNullable(members.get(name)).filter(type::isInstance).map(type::cast);
    }

    private IllegalStateException missing(String name) {
        return new IllegalStateException(
                "expected a member '%s', found only %s".formatted(name, members.keySet()));
    }
}
