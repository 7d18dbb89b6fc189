package dev.mapwright.adapters.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The values of partition columns as parts of a key: `day=2025-01-01/device=a%2Fb/`.
final class PartitionPath {
    /// What Hive writes for null.
    static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    /// What Hive escapes besides control characters.
    private static final String ESCAPED = "\"#%'*/:=?\\\u007f{[]^";

    private PartitionPath() {}

    static String of(List<String> columns, List<String> values) {
        return IntStream.range(0, columns.size())
                .mapToObj(index ->
                        escaped(columns.get(index)) + "=" + escaped(values.get(index)) + "/")
                .collect(Collectors.joining());
    }

    /// The values in a path, if it begins with all columns in order.
    static Optional<List<String>> values(List<String> columns, String path) {
        String[] parts = path.split("/", columns.size() + 1);
        if (parts.length <= columns.size()) {
            return Optional.empty();
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!parts[i].toLowerCase(Locale.ROOT).startsWith(columns.get(i) + "=")) {
                return Optional.empty();
            }
        }
        return Optional.of(IntStream.range(0, columns.size())
                .mapToObj(index ->
                        percentDecoded(parts[index].substring(parts[index].indexOf('=') + 1)))
                .toList());
    }

    /// As Hive does it.
    static String escaped(String value) {
        var text = new StringBuilder();
        for (char c : value.toCharArray()) {
            if (c < ' ' || ESCAPED.indexOf(c) >= 0) {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /// Everything that is neither letter nor digit.
    static String percentEncoded(String value) {
        var text = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || b == '-'
                    || b == '_';
            if (isPlain) {
                text.append((char) b);
            } else {
                text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return text.toString();
    }

    static String percentDecoded(String text) {
        var bytes = new ByteArrayOutputStream();
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            boolean isEscape = encoded[i] == '%'
                    && i + 2 < encoded.length
                    && HexFormat.isHexDigit(encoded[i + 1])
                    && HexFormat.isHexDigit(encoded[i + 2]);
            if (isEscape) {
                bytes.write(HexFormat.fromHexDigit(encoded[i + 1]) * 16
                        + HexFormat.fromHexDigit(encoded[i + 2]));
                i += 2;
            } else {
                bytes.write(encoded[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
