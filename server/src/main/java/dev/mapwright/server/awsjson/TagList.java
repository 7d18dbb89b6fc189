package dev.mapwright.server.awsjson;

import dev.mapwright.engine.execution.Refused;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/// Tags as most services have them in requests and answers: a list of `Key` and `Value`.
public final class TagList {
    private static final String TAGS = "Tags";
    private static final String KEYS = "TagKeys";
    private static final int KEY_CHARS_MAX = 128;
    private static final int VALUE_CHARS_MAX = 256;

    private TagList() {}

    /// The member `Tags` of what creates a resource; by key, in the order given.
    public static Map<String, String> read(Parameters in) throws Refused {
        Optional<List<Parameters>> given = in.objects(TAGS);
        var tags = new LinkedHashMap<String, String>();
        for (Parameters tag : given.orElse(List.of())) {
            tags.put(
                    tag.required("Key", KEY_CHARS_MAX),
                    tag.text("Value", 0, VALUE_CHARS_MAX).orElse(""));
        }
        return tags;
    }

    /// The member `Tags` of what adds tags.
    public static Map<String, String> required(Parameters in) throws Refused {
        in.requirePresence(TAGS);
        return read(in);
    }

    /// The member `TagKeys` of what removes tags.
    public static List<String> requiredKeys(Parameters in) throws Refused {
        in.requirePresence(KEYS);
        return in.texts(KEYS, 1, KEY_CHARS_MAX).orElse(List.of());
    }

    /// A list of tags, in the order of the map, as the member `name`.
    public static Members shown(String name, Map<String, String> tags) {
        List<Entry<String, String>> entries = List.copyOf(tags.entrySet());
        return new Members().withList(name, entries, tag -> new Members()
                .with("Key", tag.getKey())
                .with("Value", tag.getValue()));
    }
}
