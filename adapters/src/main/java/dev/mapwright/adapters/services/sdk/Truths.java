package dev.mapwright.adapters.services.sdk;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/// What a boolean parameter may be given as, besides `true` and `false`: AWS reads it with the
/// leniency of its JSON library.
final class Truths {
    private static final Map<String, Optional<Boolean>> TEXTS = Map.of(
            "true", Optional.of(true),
            "True", Optional.of(true),
            "TRUE", Optional.of(true),
            "false", Optional.of(false),
            "False", Optional.of(false),
            "FALSE", Optional.of(false),
            "null", Optional.empty(),
            "", Optional.empty());

    private Truths() {}

    static boolean isOne(Object json) {
        return switch (json) {
            case Boolean _, Integer _, Long _, BigInteger _ -> true;
            case String text -> TEXTS.containsKey(text.trim());
            case null, default -> false;
        };
    }

    /// Of a value that is one; empty for a text that stands for null.
    static Optional<Boolean> of(Object json) {
        return switch (json) {
            case Boolean truth -> Optional.of(truth);
            case String text -> TEXTS.get(text.trim());
            case Number number -> Optional.of(!number.toString().equals("0"));
            case Object odd ->
                throw new IllegalStateException("expected a truth value, found " + odd);
        };
    }
}
