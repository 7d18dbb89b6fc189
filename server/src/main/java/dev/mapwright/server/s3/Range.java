package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.OpenObject.Slice;
import dev.mapwright.adapters.objects.local.S3Failed;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The header `Range`: one range of bytes. Anything else is passed over, and the whole object is
/// the answer, as RFC 9110 allows and S3 does.
final class Range {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private Range() {}

    /// @throws S3Failed `InvalidRange` where the object ends before the range begins
    static Optional<Slice> of(String header, long bytes) throws S3Failed {
        Matcher matcher = ONE.matcher(header.strip());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (matcher.group(1).isEmpty()) {
            long count = Math.min(Long.parseLong(matcher.group(2)), bytes);
            return satisfiable(header, bytes, bytes - count, bytes - 1);
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
        if (last < first) {
            return Optional.empty();
        }
        return satisfiable(header, bytes, first, Math.min(last, bytes - 1));
    }

    private static Optional<Slice> satisfiable(String header, long bytes, long first, long last)
            throws S3Failed {
        if (first >= bytes) {
            throw new S3Failed(
                    ErrorCode.INVALID_RANGE,
                    "The requested range is not satisfiable: '%s' of %d bytes."
                            .formatted(header, bytes));
        }
        return Optional.of(new Slice(first, last - first + 1));
    }
}
