package dev.mapwright.adapters.items.object;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.maprun.ObjectStore.Stored;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where a source goes on, and in which version of the object.
///
/// @param item index of the next item
/// @param offset bytes from the beginning of the object, decompressed
/// @param mark a number of the format's own (a line, the kind of a container); 0 where there is
///     none
public record ObjectPosition(long item, long offset, long mark, Version version) {
    /// The start of a version that is known already, as from a listing.
    public static String beginning(Version version) {
        return new Writer(version).text(0, 0, 0);
    }

    static ObjectPosition beginningOf(Stored object) {
        return new ObjectPosition(0, 0, 0, new Version(object.etag(), object.versionId()));
    }

    /// @param etag with its quotation marks
    public record Version(String etag, Optional<String> versionId) {}

    /// Positions of one version as text. There is one for each item, so that what stays the same
    /// over the object is written once.
    static final class Writer {
        private final String end;

        Writer(Version version) {
            var members = new LinkedHashMap<String, Object>();
            members.put("etag", version.etag());
            version.versionId().ifPresent(id -> members.put("versionId", id));
            this.end = ',' + Json.of(members).text().substring(1);
        }

        String text(long item, long offset, long mark) {
            return "{\"item\":" + item + ",\"byte\":" + offset + ",\"mark\":" + mark + end;
        }
    }

    static ObjectPosition parse(String text) throws ReadFailed {
        try {
            if (Json.parse(text).value() instanceof Map<?, ?> members
                    && members.get("item") instanceof Number item
                    && members.get("byte") instanceof Number offset
                    && members.get("mark") instanceof Number mark
                    && members.get("etag") instanceof String etag) {
                var versionId = Optional.ofNullable(members.get("versionId")).map(String::valueOf);
                return new ObjectPosition(
                        item.longValue(),
                        offset.longValue(),
                        mark.longValue(),
                        new Version(etag, versionId));
            }
        } catch (JsonSyntaxException e) {
            // Said below, with the text itself.
        }
        throw new ReadFailed("Not a position in an object: " + text);
    }
}
