package dev.mapwright.adapters.services.apigateway;

import dev.mapwright.adapters.services.form.ParameterNames;
import dev.mapwright.adapters.services.http.ForbiddenHeaders;
import dev.mapwright.adapters.services.http.NamedTexts;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// What the arguments of `apigateway:invoke` ask for.
/// https://docs.aws.amazon.com/step-functions/latest/dg/connect-api-gateway.html
///
/// @param headers by name, whatever its capitals
record ApiCall(
        String method,
        URI uri,
        SortedMap<String, List<String>> headers,
        Optional<Json> body,
        Authorization authorization) {
    static final ParameterNames NAMES = new ParameterNames(
            List.of("ApiEndpoint", "Method"),
            Set.of(
                    "Headers",
                    "Stage",
                    "Path",
                    "QueryParameters",
                    "RequestBody",
                    "AllowNullValues",
                    "AuthType"));

    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    /// Others are sent without a body, whatever the arguments say.
    private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private static final ForbiddenHeaders FORBIDDEN = new ForbiddenHeaders(
            Set.of(
                    "authorization",
                    "connection",
                    "content-md5",
                    "expect",
                    "host",
                    "max-forwards",
                    "proxy-authenticate",
                    "server",
                    "te",
                    "transfer-encoding",
                    "trailer",
                    "upgrade",
                    "via",
                    "www-authenticate"),
            List.of("x-forwarded", "x-amz", "x-amzn"));
    private static final Set<String> OWN_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    enum Authorization {
        NONE,
        SIGNATURE
    }

    static ApiCall of(TaskRequest request) throws TaskFailed {
        if (!(request.arguments().value() instanceof Map<?, ?> members)) {
            throw request.unusable("The value of the Parameters must be an OBJECT");
        }
        List<String> faults = NAMES.faults(members);
        if (!faults.isEmpty()) {
            throw request.unusable(faults.getFirst());
        }
        var arguments = new Arguments(request, members);
        SortedMap<String, List<String>> headers = NamedTexts.of(arguments.object("Headers"));
        Optional<String> forbidden = FORBIDDEN.fault(headers.keySet());
        if (forbidden.isPresent()) {
            throw request.unusable(forbidden.get());
        }
        String method = arguments.requiredText("Method");
        if (!METHODS.contains(method)) {
            throw request.unusable(
                    "The Method must be one of GET, POST, PUT, DELETE, PATCH, HEAD, OPTIONS, but was '%s'"
                            .formatted(method));
        }
        Optional<Json> body = arguments.body().filter(_ -> METHODS_WITH_BODY.contains(method));
        if (body.isPresent()) {
            headers.putIfAbsent("Content-Type", List.of("application/json"));
        }
        return new ApiCall(method, arguments.uri(), headers, body, arguments.authorization());
    }

    /// The arguments one by one.
    private record Arguments(TaskRequest request, Map<?, ?> members) {
        String requiredText(String name) throws TaskFailed {
            return text(name).orElseThrow(() -> wrongType(name, "a STRING"));
        }

        Optional<String> text(String name) throws TaskFailed {
            return switch (members.get(name)) {
                case null -> Optional.empty();
                case String text -> Optional.of(text);
                case Object _ -> throw wrongType(name, "a STRING");
            };
        }

        Map<?, ?> object(String name) throws TaskFailed {
            return switch (members.get(name)) {
                case null -> Map.of();
                case Map<?, ?> object -> object;
                case Object _ -> throw wrongType(name, "an OBJECT");
            };
        }

        /// AWS leaves out members that are null, however deep, unless it is told to send them.
        Optional<Json> body() throws TaskFailed {
            boolean allowsNull =
                    switch (members.get("AllowNullValues")) {
                        case null -> false;
                        case Boolean truth -> truth;
                        case Object _ -> throw wrongType("AllowNullValues", "a BOOLEAN");
                    };
            return Optional.ofNullable(members.get("RequestBody"))
                    .map(given -> Json.of(allowsNull ? given : withoutNulls(given)));
        }

        Authorization authorization() throws TaskFailed {
            String type = text("AuthType").orElse("NO_AUTH");
            return switch (type) {
                case "NO_AUTH", "RESOURCE_POLICY" -> Authorization.NONE;
                case "IAM_ROLE" -> Authorization.SIGNATURE;
                default ->
                    throw request.unusable(
                            "The AuthType must be NO_AUTH, IAM_ROLE or RESOURCE_POLICY, but was '%s'"
                                    .formatted(type));
            };
        }

        /// A host of this machine is called without TLS.
        URI uri() throws TaskFailed {
            String endpoint = requiredText("ApiEndpoint");
            String host = endpoint.replaceFirst(":\\d+$", "");
            var uri = new StringBuilder(OWN_MACHINE.contains(host) ? "http://" : "https://");
            uri.append(endpoint);
            for (String part : List.of("Stage", "Path")) {
                String step = text(part).orElse("");
                uri.append(step.isEmpty() || step.startsWith("/") ? "" : "/").append(step);
            }
            var pairs = new ArrayList<String>();
            NamedTexts.of(object("QueryParameters"))
                    .forEach((name, values) -> values.forEach(
                            value -> pairs.add(encoded(name) + "=" + encoded(value))));
            try {
                return URI.create(
                        pairs.isEmpty() ? uri.toString() : uri + "?" + String.join("&", pairs));
            } catch (IllegalArgumentException noUri) {
                throw request.unusable(noUri.getMessage());
            }
        }

        private TaskFailed wrongType(String name, String type) {
            return request.unusable(
                    "The value for the field '%s' must be %s".formatted(name, type));
        }
    }

    private static Object withoutNulls(Object json) {
        return switch (json) {
            case Map<?, ?> members -> {
                var others = new LinkedHashMap<Object, Object>();
                members.forEach((name, value) -> {
                    if (value != null) {
                        others.put(name, withoutNulls(value));
                    }
                });
                yield others;
            }
            case List<?> elements -> {
                var others = new ArrayList<Object>();
                elements.forEach(each -> others.add(each == null ? null : withoutNulls(each)));
                yield others;
            }
            case Object scalar -> scalar;
        };
    }

    /// A signature takes a plus sign for one, and not for a space.
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
