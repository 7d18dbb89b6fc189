package dev.mapwright.scenarios;

import dev.mapwright.server.demo.SplitMix64;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// A day of readings of invented sensors, one CSV file a sensor, one row an hour.
record SensorReadings(long seed, int devices) {
    static final int HOURS = 24;
    static final LocalDate DATE = LocalDate.of(2025, 11, 6);

    private static final String HEADER =
            "deviceid,timestamp,temperature,humidity,batterylevel,latitude,longitude\n";
    private static final double LATITUDE = 37.7749;
    private static final double LONGITUDE = -122.4194;

    /// Temperature, humidity and battery in hundredths.
    record Reading(
            String device,
            String time,
            int temperature,
            int humidity,
            int battery,
            double latitude,
            double longitude) {
        /// By the rules of the function, recomputed here.
        int anomalies() {
            int temperatures = temperature > 3_500 || temperature < -1_000 ? 1 : 0;
            int humidities = humidity > 9_500 || humidity < 500 ? 1 : 0;
            int batteries = battery < 2_000 ? 1 : 0;
            return temperatures + humidities + batteries;
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%s,%s,%.2f,%.2f,%.2f,%s,%s%n",
                    device,
                    time,
                    temperature / 100.0,
                    humidity / 100.0,
                    battery / 100.0,
                    latitude,
                    longitude);
        }
    }

    /// @param device from 1
    String key(int device) {
        return "daily-data/%s/%s.csv".formatted(DATE, id(device));
    }

    private static String id(int device) {
        return "sensor-%03d".formatted(device);
    }

    String text(int device) {
        var text = new StringBuilder(HEADER);
        readings(device).forEach(reading -> text.append(reading.line()));
        return text.toString();
    }

    /// One device in five starts with a battery so low that it runs out of the healthy range.
    List<Reading> readings(int device) {
        var random = SplitMix64.ofRow(seed, device);
        int warm = 2_000 + random.below(1_001);
        int damp = 4_000 + random.below(3_001);
        int charge = device % 5 == 0 ? 4_000 : 6_000 + random.below(4_001);
        double latitude = LATITUDE + (random.below(10_001) - 5_000) / 100_000.0;
        double longitude = LONGITUDE + (random.below(10_001) - 5_000) / 100_000.0;
        return IntStream.range(0, HOURS)
                .mapToObj(hour -> new Reading(
                        id(device),
                        "%sT%02d:00:00Z".formatted(DATE, hour),
                        temperature(random, warm),
                        humidity(random, damp),
                        charge - 150 * hour,
                        latitude,
                        longitude))
                .toList();
    }

    private static int temperature(SplitMix64 random, int usual) {
        int reading = usual + random.below(401) - 200;
        return switch (random.below(40)) {
            case 0 -> 4_000 + random.below(1_001);
            case 1 -> -1_500 + random.below(501);
            default -> reading;
        };
    }

    private static int humidity(SplitMix64 random, int usual) {
        int reading = usual + random.below(1_001) - 500;
        return switch (random.below(66)) {
            case 0 -> 9_800 + random.below(201);
            case 1 -> 200 + random.below(301);
            default -> reading;
        };
    }
}
