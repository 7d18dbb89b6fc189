package dev.mapwright.asl.parse;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.parse.Language.Iterable;

import java.util.List;
import java.util.Map;

/// What a Map state may iterate over.
final class Items {
    private Items() {}

    static boolean isIterable(Json items, Iterable iterable) {
        return switch (iterable) {
            case ARRAYS -> items.value() instanceof List;
            case ARRAYS_AND_OBJECTS ->
                items.value() instanceof List || items.value() instanceof Map;
        };
    }
}
