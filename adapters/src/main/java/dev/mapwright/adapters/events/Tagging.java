package dev.mapwright.adapters.events;

import dev.mapwright.adapters.events.Catalog.Tagged;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;
import dev.mapwright.engine.execution.Refused;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tags of event buses and rules.
final class Tagging {
    private final Catalog catalog;
    private final EventOwner owner;

    Tagging(Catalog catalog, EventOwner owner) {
        this.catalog = catalog;
        this.owner = owner;
    }

    Map<String, Object> tag(RequestMembers request) throws InterruptedException {
        String arn = resource(request);
        try {
            catalog.tags().add(arn, read(request));
        } catch (Refused refused) {
            throw of(refused);
        }
        return Map.of();
    }

    Map<String, Object> untag(RequestMembers request) throws InterruptedException {
        String arn = resource(request);
        try {
            catalog.tags().remove(arn, request.textList("TagKeys"));
        } catch (Refused refused) {
            throw of(refused);
        }
        return Map.of();
    }

    Map<String, Object> list(RequestMembers request) {
        List<Map<String, String>> tags = new ArrayList<>();
        catalog.tags()
                .of(resource(request))
                .forEach((key, value) -> tags.add(Map.of("Key", key, "Value", value)));
        return Map.of("Tags", tags);
    }

    /// What a request that creates `arn` says of its tags.
    Tagged created(String arn, RequestMembers request) {
        Map<String, String> tags = read(request);
        return batch -> {
            try {
                catalog.tags().put(batch, arn, tags);
            } catch (Refused refused) {
                throw of(refused);
            }
        };
    }

    Tagged deleted(String arn) {
        return batch -> catalog.tags().drop(batch, arn);
    }

    private static Map<String, String> read(RequestMembers request) {
        var tags = new LinkedHashMap<String, String>();
        for (RequestMembers tag : request.objects("Tags")) {
            tags.put(tag.text("Key"), tag.findText("Value").orElse(""));
        }
        return tags;
    }

    /// The ARN of a bus or a rule that is there.
    private String resource(RequestMembers request) {
        String arn = request.text("ResourceARN");
        String rules = owner.ruleArn(EventOwner.DEFAULT_BUS, "");
        if (arn.startsWith(rules)) {
            String path = arn.substring(rules.length());
            int slash = path.indexOf('/');
            String bus = slash < 0 ? EventOwner.DEFAULT_BUS : path.substring(0, slash);
            catalog.rule(bus, path.substring(slash + 1));
        } else {
            catalog.requireBus(owner.busName(arn));
        }
        return arn;
    }

    private static RefusedRequest of(Refused refused) {
        return new RefusedRequest(refused.code(), refused.getMessage());
    }
}
