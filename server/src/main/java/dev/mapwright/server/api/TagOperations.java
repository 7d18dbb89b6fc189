package dev.mapwright.server.api;

import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.execution.Tags;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/// Operations on tags.
final class TagOperations {
    private static final int KEY_CHARS_MAX = 128;
    private static final int VALUE_CHARS_MAX = 256;

    private final Tags tags;

    TagOperations(Tags tags) {
        this.tags = tags;
    }

    /// The member `tags`, as TagResource and whatever creates a resource take it: by key, in the
    /// order given.
    static Optional<Map<String, String>> read(Parameters in) throws Refused {
        Optional<List<Parameters>> given = in.objects("tags");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        var tags = new LinkedHashMap<String, String>();
        for (Parameters tag : given.get()) {
            tags.put(
                    tag.required("key", KEY_CHARS_MAX),
                    tag.text("value", 0, VALUE_CHARS_MAX).orElse(""));
        }
        return Optional.of(tags);
    }

    Members tag(Parameters in) throws Refused, InterruptedException {
        String arn = in.requiredArn("resourceArn");
        Map<String, String> wanted = read(in).orElse(Map.of());
        in.requirePresence("tags");
        in.check();
        tags.put(Arn.ofResource(arn).text(), wanted);
        return new Members();
    }

    Members untag(Parameters in) throws Refused, InterruptedException {
        String arn = in.requiredArn("resourceArn");
        List<String> keys = in.texts("tagKeys", 1, KEY_CHARS_MAX).orElse(List.of());
        in.requirePresence("tagKeys");
        in.check();
        tags.remove(Arn.ofResource(arn).text(), keys);
        return new Members();
    }

    Members list(Parameters in) throws Refused {
        String arn = in.requiredArn("resourceArn");
        in.check();
        List<Entry<String, String>> found =
                List.copyOf(tags.list(Arn.ofResource(arn).text()).entrySet());
        return new Members().withList("tags", found, tag -> new Members()
                .with("key", tag.getKey())
                .with("value", tag.getValue()));
    }
}
