package dev.mapwright.adapters.services.sdk;

import dev.mapwright.engine.task.Outline;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Holds the fixed parts of parameters against the form of the SDK's requests, in AWS's words.
/// Required members are asked for at the top only, and texts may be given as any JSON that has one:
/// so AWS does it. A client token need not be given: each call has one of its own.
///
/// @param free parameters of any form
/// @param reserved parameters that are refused though the API has them
record ParameterForm(Forms forms, Set<String> free, Set<String> reserved) {
    List<String> faults(SdkPojo request, Map<?, ?> members) {
        Form form = forms.of(request);
        List<String> faults = new ArrayList<>();
        for (Form.Member member : form.members()) {
            boolean isThere = names(member).anyMatch(members::containsKey);
            if (form.needs(member) && !isThere) {
                faults.add("The field '%s' is required but was missing"
                        .formatted(member.shape().apiName()));
            }
        }
        members.forEach((key, value) -> {
            String name = (String) key;
            if (reserved.contains(name)) {
                faults.add(unsupported(name));
            } else if (!free.contains(name)) {
                member(form, name, value, faults);
            }
        });
        return faults;
    }

    private void structure(SdkPojo structure, Map<?, ?> members, List<String> faults) {
        Form form = forms.of(structure);
        members.forEach((name, value) -> member(form, (String) name, value, faults));
    }

    private void member(Form form, String name, Object json, List<String> faults) {
        form.members().stream()
                .filter(member -> names(member).anyMatch(name::equals))
                .findFirst()
                .ifPresentOrElse(
                        member -> value(name, member.shape().field(), json, faults),
                        () -> faults.add(unsupported(name) + meant(form, name)));
    }

    private static Stream<String> names(Form.Member member) {
        return member.shape().names();
    }

    private void value(String name, SdkField<?> field, Object json, List<String> faults) {
        if (json == null || json == Outline.Part.COMPUTED) {
            return;
        }
        switch (field.marshallingType().getKnownType()) {
            case STRING -> expect(name, "a STRING", hasText(json), faults);
            case BOOLEAN -> expect(name, "a BOOLEAN", Truths.isOne(json), faults);
            case BYTE, SHORT, INTEGER, LONG -> expect(name, "an INTEGER", isInteger(json), faults);
            case FLOAT, DOUBLE, BIG_DECIMAL ->
                expect(name, "a NUMBER", json instanceof Number, faults);
            case SDK_POJO -> {
                if (json instanceof Map<?, ?> members) {
                    structure(field.constructor().get(), members, faults);
                } else {
                    faults.add(wrongType(name, "an OBJECT"));
                }
            }
            case LIST -> {
                if (json instanceof List<?> elements) {
                    SdkField<?> element =
                            field.getRequiredTrait(ListTrait.class).memberFieldInfo();
                    elements.forEach(each -> value(name, element, each, faults));
                } else {
                    faults.add(wrongType(name, "an ARRAY"));
                }
            }
            case MAP -> {
                if (json instanceof Map<?, ?> members) {
                    SdkField<?> content = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
                    members.forEach((key, each) -> value((String) key, content, each, faults));
                } else {
                    faults.add(wrongType(name, "an OBJECT"));
                }
            }
            case INSTANT, SDK_BYTES, DOCUMENT, NULL -> {}
        }
    }

    private static boolean hasText(Object json) {
        return json instanceof String || json instanceof Map<?, ?> || json instanceof List<?>;
    }

    private static boolean isInteger(Object json) {
        return json instanceof Integer || json instanceof Long || json instanceof BigInteger;
    }

    private static void expect(String name, String type, boolean isSo, List<String> faults) {
        if (!isSo) {
            faults.add(wrongType(name, type));
        }
    }

    private static String wrongType(String name, String type) {
        return Unusable.type(name, type).getMessage();
    }

    private static String unsupported(String name) {
        return Unusable.unsupported(name).getMessage();
    }

    /// The member whose name is spelt nearly so.
    private static String meant(Form form, String name) {
        return Spelling.nearest(name, form.members().stream().map(member -> member.shape()
                        .apiName()))
                .map(". Did you mean '%s'?"::formatted)
                .orElse("");
    }
}
