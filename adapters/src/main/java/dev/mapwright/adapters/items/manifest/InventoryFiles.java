package dev.mapwright.adapters.items.manifest;

import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.adapters.items.series.ObjectSeries;
import dev.mapwright.asl.json.Json;

import java.util.Map;
import java.util.Optional;

/// The data files of an inventory. A place among them is the number of files before it.
final class InventoryFiles implements ObjectSeries {
    private final ObjectReading reading;
    private final InventoryManifest manifest;
    private int next;

    /// @param reading the manifest's, at the place where the series begins
    InventoryFiles(ObjectReading reading, InventoryManifest manifest) {
        this.reading = reading;
        this.manifest = manifest;
        this.next = Math.clamp(reading.start().item(), 0, manifest.keys().size());
    }

    @Override
    public Optional<Member> next() {
        if (next == manifest.keys().size()) {
            return Optional.empty();
        }
        var address =
                new ObjectAddress(manifest.bucket(), manifest.keys().get(next++), Optional.empty());
        return Optional.of(Member.named(address));
    }

    @Override
    public String place() {
        return reading.position(next, 0, 0);
    }

    @Override
    public Json config() {
        return Json.of(Map.of(
                "InputType", "CSV",
                "CSVHeaderLocation", "GIVEN",
                "CSVHeaders", manifest.columns()));
    }

    @Override
    public void close() {}
}
