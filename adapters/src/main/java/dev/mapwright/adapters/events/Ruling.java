package dev.mapwright.adapters.events;

import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Operations on rules and their targets.
final class Ruling {
    /// EventBridge's quota is 5, and can be raised.
    private static final int TARGETS_MAX = 100;

    private static final int LISTED_MAX = 100;
    private static final String NAME = "[.\\-_A-Za-z0-9]{1,64}";

    private final Catalog catalog;
    private final EventOwner owner;
    private final Tagging tagging;
    private final InstantSource clock;

    Ruling(Catalog catalog, EventOwner owner, Tagging tagging, InstantSource clock) {
        this.catalog = catalog;
        this.owner = owner;
        this.tagging = tagging;
        this.clock = clock;
    }

    Map<String, Object> put(RequestMembers request) throws InterruptedException {
        String name = request.text("Name");
        if (!name.matches(NAME)) {
            throw EventErrors.invalid("Parameter Name '%s' has to match %s".formatted(name, NAME));
        }
        Optional<String> pattern = request.findText("EventPattern").filter(text -> !text.isEmpty());
        Optional<String> schedule =
                request.findText("ScheduleExpression").filter(text -> !text.isEmpty());
        if (pattern.isEmpty() && schedule.isEmpty()) {
            throw EventErrors.invalid(
                    "Parameter(s) EventPattern or ScheduleExpression must be specified");
        }
        String bus = bus(request);
        if (schedule.isPresent() && !bus.equals(EventOwner.DEFAULT_BUS)) {
            throw EventErrors.invalid(
                    "ScheduleExpression is supported only on the default event bus");
        }
        Rule.State state = state(request);
        Rule rule = catalog.put(
                bus,
                name,
                tagging.created(owner.ruleArn(bus, name), request),
                current -> Optional.of(Rule.of(
                        bus,
                        name,
                        state,
                        current.map(Rule::created).orElseGet(clock::instant),
                        request.findText("Description"),
                        pattern,
                        schedule,
                        current.map(Rule::targets).orElse(List.of()))));
        return Map.of("RuleArn", owner.ruleArn(bus, rule.name()));
    }

    private static Rule.State state(RequestMembers request) {
        return switch (request.findText("State").orElse("ENABLED")) {
            case "ENABLED" -> Rule.State.ENABLED;
            case "DISABLED" -> Rule.State.DISABLED;
            case String other ->
                throw EventErrors.invalid(
                        "Parameter State is 'ENABLED' or 'DISABLED' here, not '%s'"
                                .formatted(other));
        };
    }

    Map<String, Object> describe(RequestMembers request) {
        return shown(catalog.rule(bus(request), request.text("Name")));
    }

    Map<String, Object> list(RequestMembers request) {
        String prefix = request.findText("NamePrefix").orElse("");
        List<Rule> rules = page(request, rule -> rule.name().startsWith(prefix));
        return answer("Rules", rules.stream().map(this::shown).toList(), rules, request);
    }

    Map<String, Object> listNames(RequestMembers request) {
        String arn = request.text("TargetArn");
        List<Rule> rules = page(request, rule -> rule.targets().stream()
                .anyMatch(each -> each.arn().equals(arn)));
        return answer("RuleNames", rules.stream().map(Rule::name).toList(), rules, request);
    }

    /// One more than asked for, where there is one more.
    private List<Rule> page(RequestMembers request, Predicate<Rule> wanted) {
        String bus = bus(request);
        catalog.requireBus(bus);
        String after = request.findText("NextToken").orElse("");
        return catalog.rules(bus).stream()
                .filter(wanted)
                .filter(rule -> rule.name().compareTo(after) > 0)
                .limit(limit(request) + 1L)
                .toList();
    }

    private static int limit(RequestMembers request) {
        return request.number("Limit", 1, LISTED_MAX).orElse(LISTED_MAX);
    }

    private static Map<String, Object> answer(
            String member, List<?> shown, List<Rule> rules, RequestMembers request) {
        int limit = limit(request);
        var answer = new LinkedHashMap<String, Object>();
        answer.put(member, shown.stream().limit(limit).toList());
        if (rules.size() > limit) {
            answer.put("NextToken", rules.get(limit - 1).name());
        }
        return answer;
    }

    private Map<String, Object> shown(Rule rule) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("Name", rule.name());
        shown.put("Arn", owner.ruleArn(rule.bus(), rule.name()));
        rule.patternText().ifPresent(text -> shown.put("EventPattern", text));
        rule.scheduleText().ifPresent(text -> shown.put("ScheduleExpression", text));
        shown.put("State", rule.state().name());
        rule.description().ifPresent(text -> shown.put("Description", text));
        shown.put("EventBusName", rule.bus());
        return shown;
    }

    Map<String, Object> enable(RequestMembers request) throws InterruptedException {
        return change(request, Rule.State.ENABLED);
    }

    Map<String, Object> disable(RequestMembers request) throws InterruptedException {
        return change(request, Rule.State.DISABLED);
    }

    private Map<String, Object> change(RequestMembers request, Rule.State state)
            throws InterruptedException {
        catalog.change(bus(request), request.text("Name"), rule -> rule.withState(state));
        return Map.of();
    }

    Map<String, Object> delete(RequestMembers request) throws InterruptedException {
        String bus = bus(request);
        String name = request.text("Name");
        catalog.deleteRule(bus, name, tagging.deleted(owner.ruleArn(bus, name)));
        return Map.of();
    }

    /// A target of the same id is replaced.
    Map<String, Object> putTargets(RequestMembers request, List<?> trees)
            throws InterruptedException {
        List<RequestMembers> given = request.objects("Targets");
        List<Target> added = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            var members = new LinkedHashMap<String, Object>();
            ((Map<?, ?>) trees.get(i)).forEach((name, value) -> members.put((String) name, value));
            Target target = Target.of(given.get(i), members);
            requireInput(target);
            added.add(target);
        }
        catalog.change(bus(request), request.text("Rule"), rule -> {
            var all = new LinkedHashMap<String, Target>();
            rule.targets().forEach(target -> all.put(target.id(), target));
            added.forEach(target -> all.put(target.id(), target));
            if (all.size() > TARGETS_MAX) {
                throw EventErrors.limit(
                        "A rule can have at most %d targets".formatted(TARGETS_MAX));
            }
            return rule.withTargets(List.copyOf(all.values()));
        });
        return Map.of("FailedEntryCount", 0, "FailedEntries", List.of());
    }

    private static void requireInput(Target target) {
        Map<String, Object> members = target.members();
        if (members.get("Input") instanceof String constant) {
            try {
                Json.parse(constant);
            } catch (JsonSyntaxException notJson) {
                throw EventErrors.invalid("JSON syntax error in input for target %s: %s"
                        .formatted(target.id(), notJson.getMessage()));
            }
        }
        List<Object> paths = new ArrayList<>();
        Optional.ofNullable(members.get("InputPath")).ifPresent(paths::add);
        if (members.get("InputTransformer") instanceof Map<?, ?> transformer) {
            if (!(transformer.get("InputTemplate") instanceof String)) {
                throw EventErrors.invalid("InputTransformer of target %s must have an InputTemplate"
                        .formatted(target.id()));
            }
            if (transformer.get("InputPathsMap") instanceof Map<?, ?> map) {
                paths.addAll(map.values());
            }
        }
        for (Object path : paths) {
            if (!(path instanceof String text) || !TargetInput.isPath(text)) {
                throw EventErrors.invalid(
                        "Invalid path '%s' of target %s: Mapwright follows paths like $.detail.items[0].name"
                                .formatted(path, target.id()));
            }
        }
    }

    Map<String, Object> removeTargets(RequestMembers request) throws InterruptedException {
        List<String> ids = request.textList("Ids");
        catalog.change(
                bus(request),
                request.text("Rule"),
                rule -> rule.withTargets(rule.targets().stream()
                        .filter(target -> !ids.contains(target.id()))
                        .toList()));
        return Map.of("FailedEntryCount", 0, "FailedEntries", List.of());
    }

    Map<String, Object> listTargets(RequestMembers request) {
        Rule rule = catalog.rule(bus(request), request.text("Rule"));
        return Map.of("Targets", rule.targets().stream().map(Target::members).toList());
    }

    Map<String, Object> test(RequestMembers request) {
        try {
            Object event = Json.parse(request.text("Event")).value();
            return Map.of("Result", Rule.pattern(request.text("EventPattern")).matches(event));
        } catch (JsonSyntaxException notJson) {
            throw new RefusedRequest(
                    "ValidationException", "Parameter Event is not JSON: " + notJson.getMessage());
        }
    }

    private String bus(RequestMembers request) {
        return owner.busName(request.findText("EventBusName").orElse(EventOwner.DEFAULT_BUS));
    }
}
