package dev.mapwright.adapters.services.sdk;

import dev.mapwright.adapters.services.sdk.Limits.Limit;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// All that is known of a structure: its members, and what each of them may be.
///
/// @param token the member that a call is recognized by, which gets a value where none is given
record Form(List<Member> members, Optional<SdkField<?>> token) {
    /// @param choices the texts that are allowed, where not any is
    record Member(Shape.Member shape, Limit limit, Optional<Set<String>> choices) {}

    static Form of(Shape shape, Class<?> structure, Limits limits) {
        List<Member> members = shape.members().stream()
                .map(member -> {
                    String name = member.field().memberName();
                    return new Member(
                            member, limits.of(structure, name), Choices.of(structure, name));
                })
                .toList();
        return new Form(members, shape.token());
    }

    /// Whether a request without it cannot be made.
    boolean needs(Member member) {
        return member.limit().isRequired()
                && token.filter(member.shape().field()::equals).isEmpty();
    }

    /// The SDK's class for the structure that something is or is to become.
    static Class<?> structure(SdkPojo pojo) {
        Class<?> outer = pojo.getClass().getEnclosingClass();
        return outer == null ? pojo.getClass() : outer;
    }
}
