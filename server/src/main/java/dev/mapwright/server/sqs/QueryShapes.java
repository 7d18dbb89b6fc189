package dev.mapwright.server.sqs;

import dev.mapwright.server.query.Form;
import dev.mapwright.server.query.XmlAnswer.Element;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What SQS's Query protocol calls otherwise than its JSON, and how it writes lists and maps: each
/// element by itself, with nothing around them.
record QueryShapes(String action) {
    private static final Map<String, String> REQUEST_NAMES = Map.ofEntries(
            Map.entry("Attribute", "Attributes"),
            Map.entry("AttributeName", "AttributeNames"),
            Map.entry("MessageAttribute", "MessageAttributes"),
            Map.entry("MessageAttributeName", "MessageAttributeNames"),
            Map.entry("MessageSystemAttribute", "MessageSystemAttributes"),
            Map.entry("MessageSystemAttributeName", "MessageSystemAttributeNames"),
            Map.entry("TagKey", "TagKeys"));

    private static final Map<String, String> ANSWER_NAMES = Map.of(
            "QueueUrls", "QueueUrl",
            "queueUrls", "QueueUrl",
            "Messages", "Message",
            "Attributes", "Attribute",
            "MessageAttributes", "MessageAttribute",
            "Tags", "Tag",
            "Failed", "BatchResultErrorEntry");

    private static final List<String> PATH_ONLY =
            List.of("CreateQueue", "GetQueueUrl", "ListQueues");

    /// @param rawPath names the queue, where clients post to its URL
    static Map<String, Object> request(Form form, String rawPath) {
        var members = new LinkedHashMap<String, Object>();
        form.members()
                .forEach((name, value) ->
                        members.put(requestName(name, form.action()), value(value)));
        Object tags = members.get("Tag");
        if (tags != null) {
            members.remove("Tag");
            members.put(form.action().equals("CreateQueue") ? "tags" : "Tags", tags(tags));
        }
        boolean namesQueue = rawPath.matches("/\\d{12}/[^/]+/?");
        if (namesQueue && !PATH_ONLY.contains(form.action())) {
            members.putIfAbsent("QueueUrl", "http://localhost" + rawPath);
        }
        return members;
    }

    private static String requestName(String name, String action) {
        return name.equals(action + "RequestEntry")
                ? "Entries"
                : REQUEST_NAMES.getOrDefault(name, name);
    }

    /// Entries of batches have members with such names too.
    private static Object value(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(QueryShapes::value).toList();
            case Map<?, ?> object -> {
                var renamed = new LinkedHashMap<String, Object>();
                object.forEach((name, each) -> renamed.put(
                        REQUEST_NAMES.getOrDefault((String) name, (String) name), each));
                yield renamed;
            }
            case Object scalar -> scalar;
        };
    }

    private static Object tags(Object given) {
        var tags = new LinkedHashMap<String, Object>();
        if (given instanceof List<?> list) {
            list.forEach(each -> {
                if (each instanceof Map<?, ?> tag && tag.get("Key") instanceof String key) {
                    tags.put(key, Optional.<Object>ofNullable(tag.get("Value")).orElse(""));
                }
            });
        }
        return tags;
    }

    void write(Element parent, String name, Object value) {
        String element = name.equals("Successful")
                ? action + "ResultEntry"
                : ANSWER_NAMES.getOrDefault(name, name);
        switch (value) {
            case List<?> list -> list.forEach(each -> one(parent, element, each));
            case Map<?, ?> map
            when ANSWER_NAMES.containsKey(name) ->
                map.forEach((key, each) -> parent.around(element, () -> {
                    parent.member(name.equals("Tags") ? "Key" : "Name", key);
                    one(parent, "Value", each);
                }));
            case Object other -> one(parent, element, other);
        }
    }

    private static void one(Element parent, String element, Object value) {
        if (value instanceof Map<?, ?> object) {
            parent.object(element, object);
        } else {
            parent.text(element, value.toString());
        }
    }
}
