package dev.mapwright.engine.execution;

import dev.mapwright.asl.json.Json;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// A name that stands for one or two versions of a state machine, by weight.
public record Alias(
        String machineArn,
        String name,
        Optional<String> description,
        List<Route> routes,
        Instant createdAt,
        Instant updatedAt) {
    /// @param weight percent of the executions that begin with this version
    public record Route(String versionArn, int weight) {}

    public Alias {
        routes = List.copyOf(routes);
    }

    public String arn() {
        return arn(machineArn, name);
    }

    static String arn(String machineArn, String name) {
        return machineArn + ":" + name;
    }

    boolean leadsTo(String versionArn) {
        return routes.stream().anyMatch(route -> route.versionArn().equals(versionArn));
    }

    /// The version for one more execution.
    String choose(RandomGenerator random) {
        int left = random.nextInt(Routing.WEIGHT_SUM);
        for (Route route : routes) {
            left -= route.weight();
            if (left < 0) {
                return route.versionArn();
            }
        }
        throw new IllegalStateException(
                "expected weights that sum to %d, found %s".formatted(Routing.WEIGHT_SUM, routes));
    }

    Json json() {
        var members = new LinkedHashMap<String, Object>();
        members.put("machineArn", machineArn);
        members.put("name", name);
        description.ifPresent(text -> members.put("description", text));
        members.put(
                "routes",
                routes.stream()
                        .<Object>map(route ->
                                Map.of("versionArn", route.versionArn(), "weight", route.weight()))
                        .toList());
        members.put("createdAt", createdAt.toString());
        members.put("updatedAt", updatedAt.toString());
        return Json.of(members);
    }

    static Alias of(Json json) {
        var members = (Map<?, ?>) json.value();
        return new Alias(
                (String) members.get("machineArn"),
                (String) members.get("name"),
                Optional.ofNullable((String) members.get("description")),
                ((List<?>) members.get("routes"))
                        .stream().map(route -> route((Map<?, ?>) route)).toList(),
                Instant.parse((String) members.get("createdAt")),
                Instant.parse((String) members.get("updatedAt")));
    }

    private static Route route(Map<?, ?> members) {
        return new Route(
                (String) members.get("versionArn"), ((Number) members.get("weight")).intValue());
    }
}
