package dev.mapwright.adapters.services.sdk;

import dev.mapwright.adapters.services.sdk.Limits.Limit;
import dev.mapwright.engine.task.ActionForm.Completeness;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Holds JSON against the form of the SDK's responses. Finds the first fault, in AWS's words; a
/// member that is null is one that is absent, and one that is unknown is nobody's fault.
///
/// @param free members of the result that Step Functions fills in its own way
record ResultForm(Forms forms, Dialect dialect, Completeness completeness, Set<String> free) {
    Optional<String> fault(SdkPojo structure, Map<?, ?> members) {
        Form form = forms.of(structure);
        for (Form.Member member : form.members()) {
            String name = dialect.name(member.shape());
            boolean isMissing = members.get(name) == null
                    && member.limit().isRequired()
                    && completeness == Completeness.REQUIRED_MEMBERS;
            if (isMissing) {
                return Optional.of("Required field '%s' is missing".formatted(name));
            }
        }
        for (Form.Member member : form.members()) {
            String name = dialect.name(member.shape());
            Object json = members.get(name);
            if (json != null && !free.contains(name)) {
                Optional<String> fault = fault(name, member, member.shape().field(), json)
                        .or(() -> outOfBounds(name, member.limit(), json));
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> fault(
            String name, Form.Member member, SdkField<?> field, Object json) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING ->
                json instanceof String text
                        ? unexpected(name, member, text)
                        : mustBe(name, "a string");
            case INSTANT, SDK_BYTES ->
                json instanceof String ? Optional.empty() : mustBe(name, "a string");
            case BOOLEAN -> json instanceof Boolean ? Optional.empty() : mustBe(name, "a boolean");
            case BYTE, SHORT, INTEGER, LONG, FLOAT, DOUBLE, BIG_DECIMAL ->
                json instanceof Number ? Optional.empty() : mustBe(name, "a number");
            case SDK_POJO ->
                json instanceof Map<?, ?> members
                        ? fault(field.constructor().get(), members)
                        : mustBe(name, "an object");
            case LIST ->
                json instanceof List<?> elements
                        ? fault(
                                name,
                                member,
                                field.getRequiredTrait(ListTrait.class).memberFieldInfo(),
                                elements)
                        : mustBe(name, "an array");
            case MAP ->
                json instanceof Map<?, ?> members
                        ? fault(
                                name,
                                member,
                                field.getRequiredTrait(MapTrait.class).valueFieldInfo(),
                                members.values())
                        : mustBe(name, "an object");
            case DOCUMENT, NULL -> Optional.empty();
        };
    }

    private Optional<String> fault(
            String name, Form.Member member, SdkField<?> content, Iterable<?> elements) {
        for (Object element : elements) {
            Optional<String> fault =
                    element == null ? Optional.empty() : fault(name, member, content, element);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unexpected(String name, Form.Member member, String text) {
        return member.choices().filter(choices -> !choices.contains(text)).isPresent()
                ? Optional.of("Field '%s' is not an expected value".formatted(name))
                : Optional.empty();
    }

    private static Optional<String> mustBe(String name, String type) {
        return Optional.of("Field '%s' must be %s".formatted(name, type));
    }

    private static Optional<String> outOfBounds(String name, Limit limit, Object json) {
        return switch (json) {
            case Number number -> {
                var value = new BigDecimal(number.toString());
                yield outside(
                        limit,
                        value,
                        "Field '%s' is less than the minimum value".formatted(name),
                        "Field '%s' exceeds the maximum value".formatted(name));
            }
            case String text -> outsideLength(name, limit, text.length());
            case List<?> elements -> outsideLength(name, limit, elements.size());
            case Map<?, ?> members -> outsideLength(name, limit, members.size());
            case Object _ -> Optional.empty();
        };
    }

    private static Optional<String> outsideLength(String name, Limit limit, int length) {
        return outside(
                limit,
                BigDecimal.valueOf(length),
                "Field '%s' is smaller than the minimum length".formatted(name),
                "Field '%s' exceeds the maximum length".formatted(name));
    }

    private static Optional<String> outside(
            Limit limit, BigDecimal value, String tooSmall, String tooLarge) {
        if (limit.min().filter(min -> value.compareTo(min) < 0).isPresent()) {
            return Optional.of(tooSmall);
        }
        return limit.max().filter(max -> value.compareTo(max) > 0).isPresent()
                ? Optional.of(tooLarge)
                : Optional.empty();
    }
}
