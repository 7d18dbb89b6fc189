package dev.mapwright.adapters.request;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// The members of a request, or of an object inside one, read by name. A member that is JSON's null
/// counts as absent. Numbers and truth values may come as text, which is what the Query protocol
/// has.
public final class RequestMembers {
    private final Map<?, ?> members;
    private final Errors errors;

    /// A service's words for requests that don't have the right form.
    public interface Errors {
        RefusedRequest missing(String name);

        /// @param problem as the end of a sentence: `must be a string`
        RefusedRequest invalid(String name, Object value, String problem);
    }

    public RequestMembers(Map<?, ?> members, Errors errors) {
        this.members = members;
        this.errors = errors;
    }

    /// Refuses, by name, a member that the service here does not have.
    public RequestMembers accepting(Set<String> names) {
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (member.getValue() != null && !names.contains(member.getKey())) {
                throw errors.invalid(
                        (String) member.getKey(),
                        member.getValue(),
                        "is not supported by Mapwright");
            }
        }
        return this;
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    public String text(String name) {
        return findText(name).orElseThrow(() -> errors.missing(name));
    }

    public Optional<String> findText(String name) {
        return switch (members.get(name)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object other -> throw errors.invalid(name, other, "must be a string");
        };
    }

    public OptionalInt number(String name, int min, int max) {
        return switch (members.get(name)) {
            case null -> OptionalInt.empty();
            case Integer number when number >= min && number <= max -> OptionalInt.of(number);
            case String text when text.matches("-?\\d{1,9}") -> inRange(name, text, min, max);
            case Object other -> throw outOfRange(name, other, min, max);
        };
    }

    private OptionalInt inRange(String name, String text, int min, int max) {
        int number = Integer.parseInt(text);
        if (number < min || number > max) {
            throw outOfRange(name, text, min, max);
        }
        return OptionalInt.of(number);
    }

    private RefusedRequest outOfRange(String name, Object value, int min, int max) {
        return errors.invalid(name, value, "must be >= %d and <= %d".formatted(min, max));
    }

    public boolean truth(String name) {
        return switch (members.get(name)) {
            case null -> false;
            case Boolean truth -> truth;
            case String text
            when text.equals("true") || text.equals("false") -> text.equals("true");
            case Object other -> throw errors.invalid(name, other, "must be true or false");
        };
    }

    /// Empty where there is no such member.
    public Map<String, Object> object(String name) {
        return switch (members.get(name)) {
            case null -> Map.of();
            case Map<?, ?> object -> {
                var copy = new LinkedHashMap<String, Object>();
                object.forEach((key, value) -> copy.put((String) key, value));
                yield copy;
            }
            case Object other -> throw errors.invalid(name, other, "must be a map");
        };
    }

    /// A map from texts to texts; empty where there is no such member.
    public Map<String, String> texts(String name) {
        var texts = new LinkedHashMap<String, String>();
        object(name).forEach((key, value) -> {
            if (!(value instanceof String text)) {
                throw errors.invalid(name + "." + key, value, "must be a string");
            }
            texts.put(key, text);
        });
        return texts;
    }

    /// Empty where there is no such member.
    public List<String> textList(String name) {
        List<String> texts = new ArrayList<>();
        for (Object each : list(name)) {
            if (!(each instanceof String text)) {
                throw errors.invalid(name, each, "must be a list of strings");
            }
            texts.add(text);
        }
        return texts;
    }

    /// The objects of a list; empty where there is no such member.
    public List<RequestMembers> objects(String name) {
        List<RequestMembers> objects = new ArrayList<>();
        for (Object each : list(name)) {
            if (!(each instanceof Map<?, ?> object)) {
                throw errors.invalid(name, each, "must be a list of objects");
            }
            objects.add(new RequestMembers(object, errors));
        }
        return objects;
    }

    private List<?> list(String name) {
        return switch (members.get(name)) {
            case null -> List.of();
            case List<?> list -> list;
            case Object other -> throw errors.invalid(name, other, "must be a list");
        };
    }
}
