package dev.mapwright.adapters.events;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// When a rule fires by itself.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
sealed interface Schedule {
    Pattern RATE = Pattern.compile("rate\\((\\d{1,6}) (minute|minutes|hour|hours|day|days)\\)");
    Pattern CRON = Pattern.compile("cron\\(([^()]+)\\)");
    int YEAR_MIN = 1970;
    int YEAR_MAX = 2199;
    int FIELDS = 6;

    /// The first time behind `after`; empty if there is none any more.
    Optional<Instant> next(Instant created, Instant after);

    /// @throws IllegalArgumentException if it is no schedule, with the reason
    static Schedule parse(String text) {
        Matcher rate = RATE.matcher(text);
        if (rate.matches()) {
            return rate(Long.parseLong(rate.group(1)), rate.group(2));
        }
        Matcher cron = CRON.matcher(text);
        if (cron.matches()) {
            return cron(cron.group(1).strip().split("\\s+"));
        }
        throw new IllegalArgumentException(
                "it is neither rate(5 minutes) nor cron(0 12 * * ? *) in form");
    }

    private static Schedule rate(long count, String unit) {
        boolean one = count == 1;
        if (count == 0 || one == unit.endsWith("s")) {
            throw new IllegalArgumentException(
                    "a rate is of 1 minute, hour or day, or of several minutes, hours or days");
        }
        ChronoUnit each =
                switch (unit) {
                    case "minute", "minutes" -> ChronoUnit.MINUTES;
                    case "hour", "hours" -> ChronoUnit.HOURS;
                    default -> ChronoUnit.DAYS;
                };
        return new Rate(each.getDuration().multipliedBy(count));
    }

    private static Schedule cron(String[] fields) {
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(
                    "cron has %d fields: minutes, hours, day of month, month, day of week, year"
                            .formatted(FIELDS));
        }
        var months = List.of(
                "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
        return new Cron(
                new CronField(0, 59, List.of()).values(fields[0]),
                new CronField(0, 23, List.of()).values(fields[1]),
                CronDays.of(fields[2], fields[4]),
                new CronField(1, 12, months).values(fields[3]),
                new CronField(YEAR_MIN, YEAR_MAX, List.of()).values(fields[5]));
    }

    /// Counted from when the rule was made, and so without memory.
    record Rate(Duration period) implements Schedule {
        @Override
        public Optional<Instant> next(Instant created, Instant after) {
            long periods =
                    Math.max(0, Duration.between(created, after).toMillis()) / period.toMillis();
            return Optional.of(created.plus(period.multipliedBy(periods + 1)));
        }
    }

    /// In UTC.
    record Cron(BitSet minutes, BitSet hours, CronDays days, BitSet months, BitSet years)
            implements Schedule {
        @Override
        public Optional<Instant> next(Instant created, Instant after) {
            ZonedDateTime start =
                    after.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
            Optional<LocalTime> today =
                    allows(start.toLocalDate()) ? timeFrom(start.toLocalTime()) : Optional.empty();
            if (today.isPresent()) {
                return Optional.of(at(start.toLocalDate(), today.get()));
            }
            LocalDate date = start.toLocalDate().plusDays(1);
            while (date.getYear() <= YEAR_MAX && !allows(date)) {
                date = later(date);
            }
            return date.getYear() > YEAR_MAX
                    ? Optional.empty()
                    : Optional.of(at(date, timeFrom(LocalTime.MIDNIGHT).orElseThrow()));
        }

        private boolean allows(LocalDate date) {
            return years.get(date.getYear())
                    && months.get(date.getMonthValue())
                    && days.allow(date);
        }

        /// The next date that is worth looking at.
        private LocalDate later(LocalDate date) {
            if (!years.get(date.getYear())) {
                return date.withDayOfYear(1).plusYears(1);
            }
            return months.get(date.getMonthValue())
                    ? date.plusDays(1)
                    : date.withDayOfMonth(1).plusMonths(1);
        }

        private Optional<LocalTime> timeFrom(LocalTime from) {
            if (hours.get(from.getHour())) {
                int minute = minutes.nextSetBit(from.getMinute());
                if (minute >= 0) {
                    return Optional.of(LocalTime.of(from.getHour(), minute));
                }
            }
            int hour = hours.nextSetBit(from.getHour() + 1);
            return hour < 0
                    ? Optional.empty()
                    : Optional.of(LocalTime.of(hour, minutes.nextSetBit(0)));
        }

        private static Instant at(LocalDate date, LocalTime time) {
            return date.atTime(time).toInstant(ZoneOffset.UTC);
        }
    }
}
