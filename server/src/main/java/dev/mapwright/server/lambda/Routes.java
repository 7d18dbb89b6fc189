package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.Functions;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.server.http.Request;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which operation a request asks for, by method and path. What Lambda has and this server doesn't
/// is a route too, which refuses by the operation's name.
final class Routes {
    private static final String FUNCTIONS = "/2015-03-31/functions/";
    private static final String OPEN_PART = "{}";
    private static final String FUNCTION = FUNCTIONS + OPEN_PART;

    private final List<Route> routes = new ArrayList<>();

    @FunctionalInterface
    interface Operation {
        Answer answer(Call call) throws FunctionRefused, Refused, IOException, InterruptedException;
    }

    private record Route(String method, List<String> parts, Operation operation) {
        /// What stands where the route is open; empty if it is another one.
        Optional<List<String>> names(String asked, List<String> path) {
            if (!method.equals(asked) || parts.size() != path.size()) {
                return Optional.empty();
            }
            var names = new ArrayList<String>();
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).equals(OPEN_PART)) {
                    names.add(Call.decoded(path.get(i)));
                } else if (!parts.get(i).equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(List.copyOf(names));
        }
    }

    Routes(Functions functions, ObjectStore objects) {
        var documents = new Documents(functions.administration());
        var all = new FunctionOperations(
                functions.administration(), documents, new CodeSource(objects));
        var versions = new VersionOperations(functions.administration(), documents);
        var aliases = new AliasOperations(functions.administration());
        var policies = new PolicyOperations(functions.administration());
        var limits = new LimitOperations(functions.administration());
        var tags = new TagOperations(functions.administration());
        var invoke = new InvokeOperation(functions);

        add("POST", FUNCTIONS, all::create);
        add("GET", FUNCTIONS, all::list);
        add("GET", FUNCTION, all::get);
        add("DELETE", FUNCTION, all::delete);
        add("GET", FUNCTION + "/configuration", all::configuration);
        add("PUT", FUNCTION + "/configuration", all::updateConfiguration);
        add("PUT", FUNCTION + "/code", all::updateCode);
        add("GET", "/2020-06-30/functions/{}/code-signing-config", all::codeSigning);
        add("POST", FUNCTION + "/invocations", invoke::invoke);
        add("POST", FUNCTION + "/versions", versions::publish);
        add("GET", FUNCTION + "/versions", versions::list);
        add("POST", FUNCTION + "/aliases", aliases::create);
        add("GET", FUNCTION + "/aliases", aliases::list);
        add("GET", FUNCTION + "/aliases/{}", aliases::get);
        add("PUT", FUNCTION + "/aliases/{}", aliases::update);
        add("DELETE", FUNCTION + "/aliases/{}", aliases::delete);
        add("POST", FUNCTION + "/policy", policies::add);
        add("GET", FUNCTION + "/policy", policies::get);
        add("DELETE", FUNCTION + "/policy/{}", policies::remove);
        add("PUT", "/2017-10-31/functions/{}/concurrency", limits::put);
        add("DELETE", "/2017-10-31/functions/{}/concurrency", limits::delete);
        add("GET", "/2019-09-30/functions/{}/concurrency", limits::get);
        add("GET", "/2017-03-31/tags/{}", tags::list);
        add("POST", "/2017-03-31/tags/{}", tags::tag);
        add("DELETE", "/2017-03-31/tags/{}", tags::untag);
        Unsupported.ROUTES.forEach(each -> add(each.method(), each.path(), _ -> {
            throw new FunctionRefused(
                    Code.UNKNOWN_OPERATION,
                    "%s is not supported by Mapwright.".formatted(each.operation()));
        }));
    }

    Answer answer(Request request)
            throws FunctionRefused, Refused, IOException, InterruptedException {
        List<String> path = parts(request.rawPath());
        for (Route route : routes) {
            Optional<List<String>> names = route.names(request.method(), path);
            if (names.isPresent()) {
                return route.operation().answer(Call.of(request, names.get()));
            }
        }
        throw new FunctionRefused(
                Code.UNKNOWN_OPERATION,
                "Lambda has no operation %s %s here."
                        .formatted(request.method(), request.rawPath()));
    }

    private void add(String method, String path, Operation operation) {
        routes.add(new Route(method, parts(path), operation));
    }

    /// Clients disagree on the slash at the end.
    private static List<String> parts(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return List.of(trimmed.substring(Math.min(1, trimmed.length())).split("/", -1));
    }
}
