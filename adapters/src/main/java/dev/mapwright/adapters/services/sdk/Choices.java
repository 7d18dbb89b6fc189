package dev.mapwright.adapters.services.sdk;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The values that a text may have. The SDK keeps them as an enum, which the getter of a member
/// returns: alone, in a list, or as the values of a map.
final class Choices {
    private static final String UNKNOWN = "UNKNOWN_TO_SDK_VERSION";

    private Choices() {}

    /// Empty where any text will do.
    static Optional<Set<String>> of(Class<?> structure, String member) {
        String getter = member.toLowerCase(Locale.ROOT);
        return Stream.of(structure.getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .filter(method -> method.getName().toLowerCase(Locale.ROOT).equals(getter))
                .map(Method::getGenericReturnType)
                .map(Choices::innermost)
                .filter(type -> type instanceof Class<?> named && named.isEnum())
                .findFirst()
                .map(type -> values((Class<?>) type));
    }

    private static Type innermost(Type type) {
        return type instanceof ParameterizedType of
                ? innermost(of.getActualTypeArguments()[of.getActualTypeArguments().length - 1])
                : type;
    }

    private static Set<String> values(Class<?> choices) {
        return Stream.of(choices.getEnumConstants())
                .filter(constant -> !((Enum<?>) constant).name().equals(UNKNOWN))
                .map(Object::toString)
                .collect(Collectors.toUnmodifiableSet());
    }
}
