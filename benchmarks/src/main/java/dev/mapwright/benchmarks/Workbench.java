package dev.mapwright.benchmarks;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.server.Main;
import dev.mapwright.server.cli.Engines.CannotStart;
import dev.mapwright.server.cli.Engines.Running;
import dev.mapwright.server.config.Configuration;
import dev.mapwright.server.config.InvalidConfiguration;
import dev.mapwright.server.config.Setting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where a benchmark works: a folder on a real disk, and the engine as the product starts it.
///
/// @param folder for everything that is written; deleted afterwards
/// @param home the project's folder, where the launcher lies
record Workbench(Path folder, Path home) {
    /// The whole product in this process, behind a port of its own.
    Running start(Path data, Configuration.Durability durability)
            throws CannotStart, InvalidConfiguration {
        return start(data, durability, Map.of());
    }

    /// @param more settings besides folder, port and durability
    Running start(Path data, Configuration.Durability durability, Map<Setting, String> more)
            throws CannotStart, InvalidConfiguration {
        var settings = new EnumMap<Setting, String>(Setting.class);
        settings.put(Setting.PORT, "0");
        settings.put(Setting.DATA, data.toString());
        settings.put(Setting.DURABILITY, durability.name().toLowerCase(Locale.ROOT));
        settings.putAll(more);
        return Main.start(Configuration.read(Optional.empty(), settings));
    }

    /// The store's word for a setting of the product.
    static KeyValueStore.Durability ofStore(Configuration.Durability setting) {
        return switch (setting) {
            case FSYNC -> KeyValueStore.Durability.FSYNC;
            case OS -> KeyValueStore.Durability.OS;
        };
    }

    void say(String format, Object... values) {
        System.err.println("    " + String.format(Locale.ROOT, format, values));
    }

    /// Deletes a folder with all in it.
    static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(Workbench::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
