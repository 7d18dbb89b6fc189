package dev.mapwright.adapters.events;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The days that a cron expression allows: by the day of the month or by that of the week, one of
/// which is `?`.
sealed interface CronDays {
    Pattern WEEKDAY_NEAR = Pattern.compile("(\\d{1,2})W");
    Pattern LAST_OF_WEEKDAY = Pattern.compile("([A-Za-z0-9]+)L");
    Pattern NTH_OF_WEEKDAY = Pattern.compile("([A-Za-z0-9]+)#([1-5])");
    CronField OF_MONTH = new CronField(1, 31, List.of());
    CronField OF_WEEK =
            new CronField(1, 7, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"));

    boolean allow(LocalDate date);

    /// @throws IllegalArgumentException if they are no such fields
    static CronDays of(String ofMonth, String ofWeek) {
        if (ofMonth.equals("?") == ofWeek.equals("?")) {
            throw new IllegalArgumentException(
                    "one of the day of the month and the day of the week has to be ?");
        }
        return ofWeek.equals("?") ? ofMonth(ofMonth) : ofWeek(ofWeek);
    }

    private static CronDays ofMonth(String text) {
        Matcher near = WEEKDAY_NEAR.matcher(text);
        if (near.matches()) {
            return new WeekdayNear(OF_MONTH.value(near.group(1)));
        }
        return text.equals("L") ? new LastOfMonth() : new OfMonth(OF_MONTH.values(text));
    }

    private static CronDays ofWeek(String text) {
        Matcher last = LAST_OF_WEEKDAY.matcher(text);
        Matcher nth = NTH_OF_WEEKDAY.matcher(text);
        if (nth.matches()) {
            return new NthOfWeekday(OF_WEEK.value(nth.group(1)), Integer.parseInt(nth.group(2)));
        }
        if (text.equals("L")) {
            return new OfWeek(OF_WEEK.values("SAT"));
        }
        return last.matches()
                ? new LastOfWeekday(OF_WEEK.value(last.group(1)))
                : new OfWeek(OF_WEEK.values(text));
    }

    record OfMonth(BitSet days) implements CronDays {
        @Override
        public boolean allow(LocalDate date) {
            return days.get(date.getDayOfMonth());
        }
    }

    /// `L`
    record LastOfMonth() implements CronDays {
        @Override
        public boolean allow(LocalDate date) {
            return date.getDayOfMonth() == date.lengthOfMonth();
        }
    }

    /// `15W`: the weekday next to a day, within its month.
    record WeekdayNear(int day) implements CronDays {
        @Override
        public boolean allow(LocalDate date) {
            YearMonth month = YearMonth.from(date);
            LocalDate wanted = month.atDay(Math.min(day, month.lengthOfMonth()));
            LocalDate nearest =
                    switch (wanted.getDayOfWeek()) {
                        case SATURDAY ->
                            wanted.getDayOfMonth() == 1 ? wanted.plusDays(2) : wanted.minusDays(1);
                        case SUNDAY ->
                            wanted.getDayOfMonth() == month.lengthOfMonth()
                                    ? wanted.minusDays(2)
                                    : wanted.plusDays(1);
                        case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> wanted;
                    };
            return date.equals(nearest);
        }
    }

    record OfWeek(BitSet days) implements CronDays {
        @Override
        public boolean allow(LocalDate date) {
            return days.get(number(date.getDayOfWeek()));
        }
    }

    /// `FRIL`
    record LastOfWeekday(int day) implements CronDays {
        @Override
        public boolean allow(LocalDate date) {
            return number(date.getDayOfWeek()) == day
                    && date.getDayOfMonth() + DayOfWeek.values().length > date.lengthOfMonth();
        }
    }

    /// `MON#1`
    record NthOfWeekday(int day, int nth) implements CronDays {
        @Override
        public boolean allow(LocalDate date) {
            return number(date.getDayOfWeek()) == day
                    && (date.getDayOfMonth() - 1) / DayOfWeek.values().length + 1 == nth;
        }
    }

    /// 1 is Sunday.
    private static int number(DayOfWeek day) {
        return day.getValue() % DayOfWeek.values().length + 1;
    }
}
