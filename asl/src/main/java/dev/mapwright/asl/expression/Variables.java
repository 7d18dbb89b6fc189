package dev.mapwright.asl.expression;

import dev.mapwright.asl.json.Json;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Variables of one frame over those of the frames around it; assigning makes a new Variables.
public record Variables(Optional<Variables> outer, Map<String, Json> own) {
    public static final Variables NONE = new Variables(Optional.empty(), Map.of());

    public Variables {
        own = Map.copyOf(own);
    }

    public Optional<Json> find(String name) {
        Json value = own.get(name);
        if (value != null) {
            return Optional.of(value);
        }
        return outer.flatMap(around -> around.find(name));
    }

    public Variables assign(Map<String, Json> assigned) {
        if (assigned.isEmpty()) {
            return this;
        }
        var after = new HashMap<>(own);
        after.putAll(assigned);
        return new Variables(outer, after);
    }

    /// The scope of a Parallel branch or an inline Map iteration: reads these, owns nothing yet.
    public Variables inner() {
        return new Variables(Optional.of(this), Map.of());
    }

    /// All that can be read, inner names first.
    public Map<String, Json> visible() {
        var all = new LinkedHashMap<String, Json>();
        outer.ifPresent(around -> all.putAll(around.visible()));
        all.putAll(own);
        return all;
    }
}
