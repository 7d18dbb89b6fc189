package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.S3Failed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding of paths and queries, with UTF-8 that must be valid.
final class PercentCoding {
    private static final String UNRESERVED = "-_.~/*";

    private PercentCoding() {}

    /// Decodes a path, in which a plus sign is a plus sign.
    static String decodePath(String text) throws S3Failed {
        return decode(text, '+');
    }

    /// Decodes a query, in which a plus sign is a space.
    static String decodeQuery(String text) throws S3Failed {
        return decode(text, ' ');
    }

    private static String decode(String text, char plus) throws S3Failed {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '%') {
                bytes.write(octet(text, index));
                index += 2;
            } else if (character == '+') {
                bytes.write(plus);
            } else if (character < 0x80) {
                bytes.write(character);
            } else {
                int codePoint = text.codePointAt(index);
                bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
                index += Character.charCount(codePoint) - 1;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException invalid) {
            throw new S3Failed(
                    ErrorCode.INVALID_URI,
                    "Couldn't parse the specified URI: '%s' is not UTF-8.".formatted(text));
        }
    }

    private static int octet(String text, int index) throws S3Failed {
        if (index + 2 < text.length()) {
            int high = Character.digit(text.charAt(index + 1), 16);
            int low = Character.digit(text.charAt(index + 2), 16);
            if (high >= 0 && low >= 0) {
                return high << 4 | low;
            }
        }
        throw new S3Failed(
                ErrorCode.INVALID_URI,
                "Couldn't parse the specified URI: a percent sign in '%s' has no two hexadecimal digits behind it."
                        .formatted(text));
    }

    /// As listings are written for `encoding-type=url`.
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            if (character < 0x80
                    && (Character.isLetterOrDigit(character)
                            || UNRESERVED.indexOf(character) >= 0)) {
                encoded.append(character);
            } else {
                encoded.append("%%%02X".formatted((int) character));
            }
        }
        return encoded.toString();
    }
}
