package dev.mapwright.adapters.services.envelope;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// The `Date` of an answer's envelope. Its text is made once a second: making it takes longer than
/// the rest of the envelope.
public final class HttpDates {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private volatile Second last = new Second(Long.MIN_VALUE, "");

    private record Second(long epochSecond, String text) {}

    public HttpDates(InstantSource clock) {
        this.clock = clock;
    }

    public String now() {
        var now = clock.instant();
        Second known = last;
        if (known.epochSecond() != now.getEpochSecond()) {
            known = new Second(now.getEpochSecond(), FORM.format(now));
            last = known;
        }
        return known.text();
    }
}
