package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Functions;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How dates are written by a picture. The library takes the year, the month and the week of an ISO
/// week from the day itself; they are those of the week's Thursday.
/// https://www.w3.org/TR/xpath-functions-31/#date-picture-string
final class DatePicture {
    /// A doubled bracket, or a component with what comes before the next of either.
    private static final Pattern PART = Pattern.compile("\\[\\[|\\[\\s*(?<component>\\S)[^]]*]");

    /// The year, the month and the week of the month that an ISO week belongs to.
    private static final String WEEK_COMPONENTS = "Xxw";

    private static final int THURSDAY = 4;

    private DatePicture() {}

    /// @param picture null for ISO 8601
    /// @param zone `+0530`; null for UTC
    static String format(long millis, String picture, String zone) {
        if (picture == null) {
            return Functions.dateTimeFromMillis(millis, null, zone);
        }
        var text = new StringBuilder();
        int from = 0;
        Matcher part = PART.matcher(picture);
        while (part.find()) {
            String component = part.group("component");
            if (component != null && WEEK_COMPONENTS.contains(component)) {
                text.append(written(millis, picture.substring(from, part.start()), zone))
                        .append(written(thursday(millis, zone), part.group(), zone));
                from = part.end();
            }
        }
        return text.append(written(millis, picture.substring(from), zone)).toString();
    }

    private static String written(long millis, String picture, String zone) {
        return picture.isEmpty() ? "" : Functions.dateTimeFromMillis(millis, picture, zone);
    }

    /// The same time of day on the Thursday of the week.
    private static long thursday(long millis, String zone) {
        Duration offset = zone == null
                ? Duration.ZERO
                : Duration.ofMinutes(
                        Integer.parseInt(zone) / 100 * 60L + Integer.parseInt(zone) % 100);
        LocalDate day =
                LocalDate.ofInstant(Instant.ofEpochMilli(millis).plus(offset), ZoneOffset.UTC);
        return millis
                + Duration.ofDays(THURSDAY - day.get(ChronoField.DAY_OF_WEEK)).toMillis();
    }
}
