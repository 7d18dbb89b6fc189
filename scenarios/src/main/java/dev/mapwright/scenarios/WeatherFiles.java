package dev.mapwright.scenarios;

import dev.mapwright.server.demo.SplitMix64;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/// Weather of invented stations in the form of the Global Surface Summary of the Day: one CSV file
/// a station and year, every field in quotation marks, numbers padded on the left.
///
/// @param rows days in each file, spread over the year
record WeatherFiles(long seed, int files, int rows) {
    private static final int FIRST_YEAR = 1929;
    private static final int YEARS_MAX = 94;
    private static final int FILES_A_YEAR_MIN = 500;
    private static final long FIRST_STATION = 1_001_099_999L;
    private static final long STATION_STEP = 1_009;
    private static final int HOTTEST_DAY = 200;
    private static final List<String> COLUMNS = List.of(
            "STATION",
            "DATE",
            "LATITUDE",
            "LONGITUDE",
            "ELEVATION",
            "NAME",
            "TEMP",
            "TEMP_ATTRIBUTES",
            "DEWP",
            "DEWP_ATTRIBUTES",
            "SLP",
            "SLP_ATTRIBUTES",
            "STP",
            "STP_ATTRIBUTES",
            "VISIB",
            "VISIB_ATTRIBUTES",
            "WDSP",
            "WDSP_ATTRIBUTES",
            "MXSPD",
            "GUST",
            "MAX",
            "MAX_ATTRIBUTES",
            "MIN",
            "MIN_ATTRIBUTES",
            "PRCP",
            "PRCP_ATTRIBUTES",
            "SNDP",
            "FRSHTT");

    /// @param tenths of degrees Fahrenheit
    record Day(String station, LocalDate date, int tenths) {
        String month() {
            return date.toString().substring(0, "2022-07".length());
        }
    }

    /// @param file from 0
    String key(int file) {
        return year(file) + "/" + station(file) + ".csv";
    }

    /// A batch of the listing has to do with a year or two, so that the months that the mapper
    /// returns stay within the 256 KiB of a result.
    private int year(int file) {
        int years = Math.clamp(files / FILES_A_YEAR_MIN, 1, YEARS_MAX);
        return FIRST_YEAR + file % years;
    }

    private static String station(int file) {
        return "%011d".formatted(FIRST_STATION + file * STATION_STEP);
    }

    List<Day> days(int file) {
        var random = SplitMix64.ofRow(seed, file + 1L);
        var first = LocalDate.of(year(file), 1, 1);
        int latitude = random.below(140) - 70;
        var days = new Day[rows];
        for (int row = 0; row < rows; row++) {
            LocalDate date = first.plusDays((long) row * first.lengthOfYear() / rows);
            days[row] = new Day(
                    station(file), date, season(latitude, date.getDayOfYear()) + random.below(150));
        }
        return List.of(days);
    }

    /// Warmest in July north of the equator and in January south of it; flat at the equator.
    private static int season(int latitude, int day) {
        double wave = StrictMath.cos((day - HOTTEST_DAY) * 2 * StrictMath.PI / 366);
        return (int) StrictMath.round(800 - 8 * StrictMath.abs(latitude) + 4 * latitude * wave);
    }

    String text(int file) {
        var text = new StringBuilder();
        line(text, COLUMNS);
        for (Day day : days(file)) {
            line(text, fields(day));
        }
        return text.toString();
    }

    private static List<String> fields(Day day) {
        return List.of(
                day.station(),
                day.date().toString(),
                "70.9333",
                "-8.6667",
                "9.0",
                "STATION " + day.station() + ", NO",
                padded(day.tenths()),
                "24",
                padded(day.tenths() - 50),
                "24",
                "1013.2",
                "24",
                "012.0",
                "24",
                "  9.9",
                " 6",
                "  8.5",
                "24",
                " 13.6",
                "999.9",
                padded(day.tenths() + 40),
                "*",
                padded(day.tenths() - 40),
                " ",
                " 0.00",
                "I",
                "999.9",
                "010000");
    }

    private static String padded(int tenths) {
        return String.format(Locale.ROOT, "%6.1f", tenths / 10.0);
    }

    private static void line(StringBuilder text, List<String> fields) {
        text.append('"').append(String.join("\",\"", fields)).append("\"\n");
    }
}
