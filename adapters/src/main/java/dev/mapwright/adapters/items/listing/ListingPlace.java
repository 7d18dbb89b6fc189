package dev.mapwright.adapters.items.listing;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.maprun.ReadFailed;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An object of a listing, behind which the listing goes on.
///
/// @param token of the page it is on; absent: the first page
record ListingPlace(Optional<String> token, String key, String etag) {
    /// @param item index of the next item
    record Numbered(long item, Optional<ListingPlace> place) {
        String text() {
            var members = new LinkedHashMap<String, Object>();
            members.put("item", item);
            place.ifPresent(known -> {
                members.put("key", known.key());
                members.put("etag", known.etag());
                known.token().ifPresent(token -> members.put("token", token));
            });
            return Json.of(members).text();
        }

        static Numbered parse(String text) throws ReadFailed {
            try {
                if (Json.parse(text).value() instanceof Map<?, ?> members
                        && members.get("item") instanceof Number item) {
                    return new Numbered(item.longValue(), place(members));
                }
            } catch (JsonSyntaxException e) {
                // Said below, with the text itself.
            }
            throw new ReadFailed("Not a position in a listing: " + text);
        }

        private static Optional<ListingPlace> place(Map<?, ?> members) {
            return members.get("key") instanceof String key
                            && members.get("etag") instanceof String etag
                    ? Optional.of(new ListingPlace(
                            Optional.ofNullable(members.get("token")).map(String::valueOf),
                            key,
                            etag))
                    : Optional.empty();
        }
    }
}
