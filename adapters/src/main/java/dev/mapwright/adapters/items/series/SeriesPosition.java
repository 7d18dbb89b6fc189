package dev.mapwright.adapters.items.series;

import dev.mapwright.adapters.items.object.ObjectAddress;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where a source of many objects goes on.
///
/// @param item index of the next item, over all objects
/// @param place where the series goes on, behind the object
/// @param object the one being read; absent before the first one
record SeriesPosition(long item, String place, Optional<InObject> object) {
    /// @param position the format's own
    record InObject(ObjectAddress address, String position) {}

    String text() {
        var members = new LinkedHashMap<String, Object>();
        members.put("item", item);
        members.put("place", place);
        object.ifPresent(inside -> {
            members.put("bucket", inside.address().bucket());
            members.put("key", inside.address().key());
            members.put("position", inside.position());
        });
        return Json.of(members).text();
    }

    static SeriesPosition parse(String text) throws ReadFailed {
        try {
            if (Json.parse(text).value() instanceof Map<?, ?> members
                    && members.get("item") instanceof Number item
                    && members.get("place") instanceof String place) {
                return new SeriesPosition(item.longValue(), place, inObject(members));
            }
        } catch (JsonSyntaxException e) {
            // Said below, with the text itself.
        }
        throw new ReadFailed("Not a position in a series of objects: " + text);
    }

    private static Optional<InObject> inObject(Map<?, ?> members) {
        return members.get("bucket") instanceof String bucket
                        && members.get("key") instanceof String key
                        && members.get("position") instanceof String position
                ? Optional.of(
                        new InObject(new ObjectAddress(bucket, key, Optional.empty()), position))
                : Optional.empty();
    }
}
