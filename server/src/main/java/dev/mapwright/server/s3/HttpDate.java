package dev.mapwright.server.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;

/// Dates as HTTP headers have them, and as S3's XML has them.
final class HttpDate {
    private static final DateTimeFormatter HEADER = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /// Always with milliseconds, as S3 writes it.
    private static final DateTimeFormatter XML =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private HttpDate() {}

    static String header(Instant instant) {
        return HEADER.format(instant);
    }

    static String xml(Instant instant) {
        return XML.format(instant);
    }

    /// Takes also the ISO form that some clients send.
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException notInHeaderForm) {
            try {
                return Optional.of(Instant.parse(text));
            } catch (DateTimeException neither) {
                return Optional.empty();
            }
        }
    }
}
