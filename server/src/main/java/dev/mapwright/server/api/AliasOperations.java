package dev.mapwright.server.api;

import dev.mapwright.engine.execution.Alias;
import dev.mapwright.engine.execution.Alias.Route;
import dev.mapwright.engine.execution.Aliases;
import dev.mapwright.engine.execution.Aliases.AliasUpdate;
import dev.mapwright.engine.execution.Aliases.NewAlias;
import dev.mapwright.engine.execution.Definitions;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.store.Page;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Operations on aliases of state machines.
final class AliasOperations {
    private static final int NAME_CHARS_MAX = 80;
    private static final int DESCRIPTION_CHARS_MAX = 256;
    private static final int ROUTES_MIN = 1;
    private static final int ROUTES_MAX = 2;
    private static final int WEIGHT_MAX = 100;
    private static final Pattern NAME =
            Pattern.compile("^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$");
    private static final String ROUTING = "routingConfiguration";

    private final Aliases aliases;
    private final Definitions definitions;

    AliasOperations(Aliases aliases, Definitions definitions) {
        this.aliases = aliases;
        this.definitions = definitions;
    }

    Members create(Parameters in) throws Refused, InterruptedException {
        String name = in.required("name", NAME_CHARS_MAX, NAME);
        Optional<String> description = in.text("description", 0, DESCRIPTION_CHARS_MAX);
        List<Route> routes = routes(in).orElse(List.of());
        in.requirePresence(ROUTING);
        in.check();
        check(routes);
        Alias alias = aliases.create(new NewAlias(name, description, routes));
        return listed(alias);
    }

    Members update(Parameters in) throws Refused, InterruptedException {
        String aliasArn = in.requiredArn("stateMachineAliasArn");
        Optional<String> description = in.text("description", 0, DESCRIPTION_CHARS_MAX);
        Optional<List<Route>> routes = routes(in);
        in.check();
        Arn.ofQualifiedMachine(aliasArn);
        if (description.isEmpty() && routes.isEmpty()) {
            throw new Refused(
                    "ValidationException",
                    "Either the description or the routing configuration must be specified",
                    Optional.of("MISSING_REQUIRED_PARAMETER"));
        }
        check(routes.orElse(List.of()));
        Alias alias = aliases.update(aliasArn, new AliasUpdate(description, routes));
        return new Members().withTime("updateDate", alias.updatedAt());
    }

    private static Optional<List<Route>> routes(Parameters in) throws Refused {
        Optional<List<Parameters>> given =
                in.objects(ROUTING, "RoutingConfigurationListItem", ROUTES_MIN, ROUTES_MAX);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        var routes = new ArrayList<Route>();
        for (Parameters route : given.get()) {
            routes.add(new Route(route.requiredArn("stateMachineVersionArn"), (int)
                    route.requiredNumber("weight", 0, WEIGHT_MAX)));
        }
        return Optional.of(routes);
    }

    private static void check(List<Route> routes) throws Refused {
        for (Route route : routes) {
            Arn.ofUnlabelledMachine(route.versionArn());
        }
    }

    Members describe(Parameters in) throws Refused {
        String aliasArn = in.requiredArn("stateMachineAliasArn");
        in.check();
        Arn.ofQualifiedMachine(aliasArn);
        Alias alias = aliases.find(aliasArn)
                .orElseThrow(() -> new Refused(
                        "ResourceNotFound", "Request references a resource that does not exist."));
        return new Members()
                .with("stateMachineAliasArn", alias.arn())
                .with("name", alias.name())
                .with("description", alias.description())
                .withList(ROUTING, alias.routes(), route -> new Members()
                        .with("stateMachineVersionArn", route.versionArn())
                        .with("weight", route.weight()))
                .withTime("creationDate", alias.createdAt())
                .withTime("updateDate", alias.updatedAt());
    }

    Members list(Parameters in) throws Refused {
        String text = in.requiredArn("stateMachineArn");
        Paging paging = Paging.read(in);
        in.check();
        Arn arn = Arn.ofUnlabelledMachine(text);
        if (definitions.find(arn.unqualified()).isEmpty()) {
            throw MachineOperations.missing(text);
        }
        String listing = "aliases " + text;
        Page<Alias> page = aliases.list(text, paging.limit(), paging.position(listing));
        return new Members()
                .withList("stateMachineAliases", page.items(), AliasOperations::listed)
                .with("nextToken", PageToken.seal(listing, page.nextToken()));
    }

    private static Members listed(Alias alias) {
        return new Members()
                .with("stateMachineAliasArn", alias.arn())
                .withTime("creationDate", alias.createdAt());
    }

    Members delete(Parameters in) throws Refused, InterruptedException {
        String aliasArn = in.requiredArn("stateMachineAliasArn");
        in.check();
        aliases.delete(Arn.ofQualifiedMachine(aliasArn).text());
        return new Members();
    }
}
