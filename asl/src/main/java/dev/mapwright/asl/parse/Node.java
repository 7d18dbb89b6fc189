package dev.mapwright.asl.parse;

import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.json.Json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One object of the definition while it is read: its members, and where it stands. What is wrong
/// goes to the findings; the reader then gets a harmless value, so that one pass finds all
/// mistakes.
final class Node {
    private final Map<String, Object> members;
    private final String location;
    private final String path;
    private final Findings findings;

    private Node(Map<String, Object> members, String location, String path, Findings findings) {
        this.members = members;
        this.location = location;
        this.path = path;
        this.findings = findings;
    }

    static Node root(Map<String, Object> members, Findings findings) {
        return new Node(members, "", "", findings);
    }

    /// This object as the one that paths of fields start from: a state.
    Node asState() {
        return new Node(members, location, "", findings);
    }

    /// Where the object stands in the document: `/States/Map/ItemReader`, the whole document is
    /// `/`.
    String location() {
        return location.isEmpty() ? "/" : location;
    }

    String location(String field) {
        return location + "/" + field;
    }

    /// A field's place within its state: `ItemReader/Arguments`.
    String path(String field) {
        return path.isEmpty() ? field : path + "/" + field;
    }

    Map<String, Object> members() {
        return members;
    }

    boolean has(String field) {
        return members.containsKey(field);
    }

    /// The member as plain Java; null both for JSON's null and for a member that is not there.
    Object raw(String field) {
        return members.get(field);
    }

    Json json(String field) {
        return Json.of(members.get(field));
    }

    Optional<String> text(String field) {
        return typed(field, String.class, "String");
    }

    /// A text that must be there; the empty text where it is not.
    String requiredText(String field) {
        require(List.of(field));
        return text(field).orElse("");
    }

    Optional<String> oneOf(String field, List<String> values) {
        Optional<String> value = text(field);
        if (value.isPresent() && !values.contains(value.get())) {
            errorAt(field, "Value should be one of the following: " + values);
            return Optional.empty();
        }
        return value;
    }

    Optional<Boolean> flag(String field) {
        return typed(field, Boolean.class, "Boolean");
    }

    Optional<Node> object(String field) {
        return typed(field, Map.class, "Object").map(value -> child(value, field));
    }

    /// An array of objects with at least one element; the empty list where it is missing or wrong.
    List<Node> objects(String field) {
        List<?> elements = elements(field);
        var nodes = new ArrayList<Node>(elements.size());
        for (int index = 0; index < elements.size(); index++) {
            String place = "%s[%d]".formatted(field, index);
            if (elements.get(index) instanceof Map<?, ?> element) {
                nodes.add(child(element, place));
            } else {
                errorAt(place, "Expected value of type Object");
            }
        }
        return nodes;
    }

    /// An array of texts with at least one element.
    List<String> texts(String field) {
        List<?> elements = elements(field);
        if (!elements.stream().allMatch(String.class::isInstance)) {
            errorAt(field, "Expected value of type Array of String");
            return List.of();
        }
        return elements.stream().map(String.class::cast).toList();
    }

    /// Refuses the members that the object may not have at all, and those that another language
    /// owns.
    void allow(Collection<String> fields, Language language) {
        for (String field : members.keySet()) {
            if (!fields.contains(field)) {
                error("Field '%s' is not supported".formatted(field));
            } else if (!language.knows(field)) {
                error(
                        "The QueryLanguage is set to '%s', but field '%s' is only supported for the '%s' QueryLanguage"
                                .formatted(language.title(), field, language.otherTitle()));
            }
        }
    }

    void require(List<String> fields) {
        List<String> missing = fields.stream().filter(field -> !has(field)).toList();
        if (!missing.isEmpty()) {
            error("These fields are required: " + missing);
        }
    }

    void allowOneOf(String... fields) {
        if (Stream.of(fields).filter(this::has).count() > 1) {
            error("There should only be one of the following fields: " + List.of(fields));
        }
    }

    void requireOneOf(String... fields) {
        allowOneOf(fields);
        if (Stream.of(fields).noneMatch(this::has)) {
            error("This object should have only one of the following fields: " + List.of(fields));
        }
    }

    void refuse(Set<String> fields) {
        members.keySet().stream()
                .filter(fields::contains)
                .forEach(field -> error("Field '%s' is not supported".formatted(field)));
    }

    void error(String message) {
        findings.error(Findings.SCHEMA, message, location());
    }

    void errorAt(String field, String message) {
        errorAt(field, Findings.SCHEMA, message);
    }

    void errorAt(String field, String code, String message) {
        findings.error(code, message, location(field));
    }

    /// Reports an expression of a field at the place below it that the compiler named: `/sum`,
    /// `[0]`.
    void errorAt(String field, String code, ExpressionSyntaxException problem) {
        errorAt(field + problem.field(), code, problem.getMessage());
    }

    private List<?> elements(String field) {
        Optional<List<?>> elements = typed(field, List.class, "Array").map(list -> (List<?>) list);
        if (elements.isPresent() && elements.get().isEmpty()) {
            errorAt(field, "Value cannot be empty");
        }
        return elements.orElse(List.of());
    }

    private <T> Optional<T> typed(String field, Class<T> type, String title) {
        if (!has(field)) {
            return Optional.empty();
        }
        Object value = raw(field);
        if (!type.isInstance(value)) {
            errorAt(field, "Expected value of type " + title);
            return Optional.empty();
        }
        return Optional.of(type.cast(value));
    }

    @SuppressWarnings("unchecked")
    private Node child(Map<?, ?> value, String place) {
        return new Node((Map<String, Object>) value, location(place), path(place), findings);
    }
}
