package dev.mapwright.asl.expression.intrinsic;

import dev.mapwright.asl.json.Json;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/// `States.Base64…` and `States.Hash`.
final class EncodingFunctions {
    /// https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
    private static final int TEXT_CHARS_MAX = 10_000;

    private static final Set<String> ALGORITHMS =
            Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

    private EncodingFunctions() {}

    static Object encode(Arguments arguments) throws InvalidArgument {
        return Base64.getEncoder()
                .encodeToString(
                        bounded(arguments, arguments.text(0)).getBytes(StandardCharsets.UTF_8));
    }

    static Object decode(Arguments arguments) throws InvalidArgument {
        try {
            byte[] decoded = Base64.getDecoder().decode(bounded(arguments, arguments.text(0)));
            return new String(decoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw arguments.refusal(0, "a string in Base64");
        }
    }

    static Object hash(Arguments arguments) throws InvalidArgument {
        String data = arguments.any(0) instanceof String text
                ? text
                : Json.of(arguments.any(0)).text();
        String algorithm = arguments.text(1);
        if (!ALGORITHMS.contains(algorithm)) {
            throw arguments.refusal(1, "one of MD5, SHA-1, SHA-256, SHA-384, SHA-512");
        }
        byte[] bytes = bounded(arguments, data).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Expected every Java to know " + algorithm, e);
        }
    }

    private static String bounded(Arguments arguments, String text) throws InvalidArgument {
        if (text.length() > TEXT_CHARS_MAX) {
            throw arguments.refusal(0, "at most %d characters long".formatted(TEXT_CHARS_MAX));
        }
        return text;
    }
}
