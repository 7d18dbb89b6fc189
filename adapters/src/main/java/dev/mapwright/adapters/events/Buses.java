package dev.mapwright.adapters.events;

import dev.mapwright.adapters.request.RequestMembers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Operations on event buses.
final class Buses {
    private static final String NAME = "[.\\-_A-Za-z0-9]{1,256}";
    private static final String DESCRIPTION = "Description";
    private static final Set<String> UPDATED = Set.of("Name", DESCRIPTION);
    private static final Set<String> CREATED = Set.of("Name", DESCRIPTION, "Tags");

    private final Catalog catalog;
    private final EventOwner owner;
    private final Tagging tagging;

    Buses(Catalog catalog, EventOwner owner, Tagging tagging) {
        this.catalog = catalog;
        this.owner = owner;
        this.tagging = tagging;
    }

    Map<String, Object> create(RequestMembers request) throws InterruptedException {
        String name = request.text("Name");
        if (!name.matches(NAME) || request.has("EventSourceName")) {
            throw EventErrors.invalid(
                    "Parameter Name '%s' has to match %s, and partner event sources are not supported"
                            .formatted(name, NAME));
        }
        request.accepting(CREATED);
        String description = request.findText(DESCRIPTION).orElse("");
        catalog.createBus(name, description, tagging.created(owner.busArn(name), request));
        return Map.of("EventBusArn", owner.busArn(name), DESCRIPTION, description);
    }

    Map<String, Object> update(RequestMembers request) throws InterruptedException {
        String name = request.accepting(UPDATED).text("Name");
        String description = request.findText(DESCRIPTION).orElse("");
        if (name.equals(EventOwner.DEFAULT_BUS)) {
            throw EventErrors.invalid("Event bus default has no description here");
        }
        catalog.describeBus(name, description);
        return Map.of("Arn", owner.busArn(name), "Name", name, DESCRIPTION, description);
    }

    Map<String, Object> delete(RequestMembers request) throws InterruptedException {
        String name = owner.busName(request.text("Name"));
        if (name.equals(EventOwner.DEFAULT_BUS)) {
            throw EventErrors.invalid("Cannot delete event bus default");
        }
        catalog.deleteBus(name, tagging.deleted(owner.busArn(name)));
        return Map.of();
    }

    Map<String, Object> describe(RequestMembers request) {
        String name = owner.busName(request.findText("Name").orElse(EventOwner.DEFAULT_BUS));
        catalog.requireBus(name);
        return shown(name);
    }

    Map<String, Object> list(RequestMembers request) {
        String prefix = request.findText("NamePrefix").orElse("");
        List<Map<String, Object>> buses = Stream.concat(
                        Stream.of(EventOwner.DEFAULT_BUS), catalog.buses().stream())
                .filter(name -> name.startsWith(prefix))
                .map(this::shown)
                .toList();
        return Map.of("EventBuses", buses);
    }

    private Map<String, Object> shown(String name) {
        return Map.of(
                "Name", name, "Arn", owner.busArn(name), DESCRIPTION, catalog.description(name));
    }
}
