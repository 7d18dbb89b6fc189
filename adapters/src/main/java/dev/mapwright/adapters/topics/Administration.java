package dev.mapwright.adapters.topics;

import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Operations on topics, and lists.
final class Administration {
    private static final int PAGE = 100;
    private static final int TAGS_MAX = 50;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}(\\.fifo)?");

    private static final Set<String> FIXED = Set.of("FifoTopic");

    /// Those without an effect here are kept and shown.
    private static final Set<String> CHANGEABLE = Set.of(
            "ContentBasedDeduplication",
            "DeliveryPolicy",
            "DisplayName",
            "FifoThroughputScope",
            "KmsMasterKeyId",
            "Policy",
            "SignatureVersion",
            "TracingConfig");

    private final Catalog catalog;
    private final TopicOwner owner;
    private final Subscribing subscribing;

    Administration(Catalog catalog, TopicOwner owner, Subscribing subscribing) {
        this.catalog = catalog;
        this.owner = owner;
        this.subscribing = subscribing;
    }

    /// The same again is no error; the same name with other attributes is.
    Map<String, Object> create(RequestMembers request) throws InterruptedException {
        String name = request.text("Name");
        Map<String, String> attributes = request.texts("Attributes");
        attributes.keySet().forEach(Administration::requireKnown);
        var made = new Topic(name, attributes, tagsOf(request));
        if (!NAME.matcher(name).matches() || name.endsWith(Topic.FIFO_SUFFIX) != made.isFifo()) {
            throw SnsErrors.invalid(
                    "Topic Name: letters, digits, - and _; a FIFO topic, and no other, ends with .fifo"
                            + " and has the attribute FifoTopic with the value true");
        }
        Topic topic = catalog.findOrCreate(made);
        attributes.forEach((attribute, value) -> {
            if (!value.equals(topic.attributes().get(attribute))) {
                throw SnsErrors.invalid(
                        "Attributes Reason: Topic already exists with different attributes");
            }
        });
        return Map.of("TopicArn", owner.arn(name));
    }

    private static void requireKnown(String attribute) {
        if (!CHANGEABLE.contains(attribute) && !FIXED.contains(attribute)) {
            throw SnsErrors.invalid(
                    "Attributes Reason: there is no attribute '%s'".formatted(attribute));
        }
    }

    /// One that is not there is no error.
    Map<String, Object> delete(String name) throws InterruptedException {
        catalog.drop(name);
        return Map.of();
    }

    Map<String, Object> attributes(Topic topic) {
        List<Subscription> all = catalog.subscriptionsOf(topic.name());
        long pending = all.stream().filter(each -> each.token().isPresent()).count();
        var shown = new TreeMap<String, Object>(topic.attributes());
        shown.put("TopicArn", owner.arn(topic.name()));
        shown.put("Owner", owner.account());
        shown.putIfAbsent("DisplayName", "");
        shown.put("SubscriptionsConfirmed", Long.toString(all.size() - pending));
        shown.put("SubscriptionsPending", Long.toString(pending));
        shown.put("SubscriptionsDeleted", "0");
        return Map.of("Attributes", shown);
    }

    Map<String, Object> setAttribute(Topic topic, RequestMembers request)
            throws InterruptedException {
        String attribute = request.text("AttributeName");
        if (!CHANGEABLE.contains(attribute)) {
            throw SnsErrors.invalid("AttributeName: '%s' cannot be set".formatted(attribute));
        }
        String value = request.findText("AttributeValue").orElse("");
        catalog.change(topic.name(), current -> current.withAttribute(attribute, value));
        return Map.of();
    }

    Map<String, Object> list(RequestMembers request) {
        return page(
                catalog.topics(after(request)),
                Topic::name,
                "Topics",
                topic -> Map.of("TopicArn", owner.arn(topic.name())));
    }

    Map<String, Object> listSubscriptions(RequestMembers request) {
        return page(
                catalog.subscriptions(after(request)),
                Catalog::key,
                "Subscriptions",
                subscribing::listed);
    }

    Map<String, Object> listSubscriptions(Topic topic, RequestMembers request) {
        String after = after(request).orElse("");
        return page(
                catalog.subscriptionsOf(topic.name()).stream()
                        .filter(each -> Catalog.key(each).compareTo(after) > 0),
                Catalog::key,
                "Subscriptions",
                subscribing::listed);
    }

    private static <T> Map<String, Object> page(
            Stream<T> all,
            Function<T, String> key,
            String member,
            Function<T, Map<String, Object>> shown) {
        List<T> some = all.limit(PAGE + 1L).toList();
        var page = new LinkedHashMap<String, Object>();
        page.put(member, some.stream().limit(PAGE).map(shown).toList());
        if (some.size() > PAGE) {
            byte[] last = key.apply(some.get(PAGE - 1)).getBytes(StandardCharsets.UTF_8);
            page.put("NextToken", Base64.getUrlEncoder().encodeToString(last));
        }
        return page;
    }

    private static Optional<String> after(RequestMembers request) {
        return request.findText("NextToken").map(token -> {
            try {
                return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException notOurs) {
                throw SnsErrors.invalid("NextToken Reason: '%s' is none".formatted(token));
            }
        });
    }

    Map<String, Object> tag(Topic topic, RequestMembers request) throws InterruptedException {
        Map<String, String> added = tagsOf(request);
        catalog.change(topic.name(), current -> {
            var tags = new TreeMap<>(current.tags());
            tags.putAll(added);
            if (tags.size() > TAGS_MAX) {
                throw new RefusedRequest(
                        "TagLimitExceeded",
                        "Could not complete request: tag quota of %d per resource exceeded"
                                .formatted(TAGS_MAX));
            }
            return current.withTags(tags);
        });
        return Map.of();
    }

    Map<String, Object> untag(Topic topic, RequestMembers request) throws InterruptedException {
        List<String> removed = request.textList("TagKeys");
        catalog.change(topic.name(), current -> {
            var tags = new TreeMap<>(current.tags());
            tags.keySet().removeAll(removed);
            return current.withTags(tags);
        });
        return Map.of();
    }

    Map<String, Object> tags(Topic topic) {
        List<Map<String, String>> tags = new ArrayList<>();
        new TreeMap<>(topic.tags())
                .forEach((key, value) -> tags.add(Map.of("Key", key, "Value", value)));
        return Map.of("Tags", tags);
    }

    private static Map<String, String> tagsOf(RequestMembers request) {
        var tags = new LinkedHashMap<String, String>();
        for (RequestMembers tag : request.objects("Tags")) {
            tags.put(tag.text("Key"), tag.findText("Value").orElse(""));
        }
        return tags;
    }
}
