package dev.mapwright.adapters.services.http;

import dev.mapwright.adapters.services.form.ParameterNames;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What an HTTP Task's arguments ask for.
///
/// @param headers by name, whatever its capitals
/// @param content what the body is made of
/// @param encoding of the content as a form; absent: it is sent as JSON
record HttpParameters(
        URI endpoint,
        String method,
        String connectionArn,
        Map<String, List<String>> headers,
        Map<String, List<String>> query,
        Optional<Json> content,
        Optional<FormEncoding> encoding) {
    static final ParameterNames NAMES = new ParameterNames(
            List.of("ApiEndpoint", "Method"),
            Set.of(
                    "InvocationConfig",
                    "Authentication",
                    "Headers",
                    "QueryParameters",
                    "RequestBody",
                    "Transform"));
    private static final String OPTIONS = "RequestEncodingOptions";
    private static final ParameterNames TRANSFORM =
            new ParameterNames(List.of(), Set.of("RequestBodyEncoding", OPTIONS));
    private static final ParameterNames TRANSFORM_OPTIONS =
            new ParameterNames(List.of(), Set.of("ArrayFormat"));
    private static final Set<String> METHODS =
            Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");

    /// https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html
    private static final ForbiddenHeaders FORBIDDEN = new ForbiddenHeaders(
            Set.of(
                    "a-im",
                    "accept-charset",
                    "accept-datetime",
                    "accept-encoding",
                    "cache-control",
                    "connection",
                    "content-encoding",
                    "content-length",
                    "content-md5",
                    "date",
                    "expect",
                    "forwarded",
                    "from",
                    "host",
                    "http2-settings",
                    "if-match",
                    "if-modified-since",
                    "if-none-match",
                    "if-range",
                    "if-unmodified-since",
                    "max-forwards",
                    "origin",
                    "pragma",
                    "proxy-authorization",
                    "referer",
                    "server",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "via",
                    "warning"),
            List.of("x-forwarded", "x-amz-", "x-amzn-"));

    static HttpParameters of(TaskRequest request) throws TaskFailed {
        if (!(request.arguments().value() instanceof Map<?, ?> arguments)) {
            throw request.unusable("The value of the Parameters must be an OBJECT");
        }
        List<String> faults = NAMES.faults(arguments);
        if (!faults.isEmpty()) {
            throw request.unusable(faults.getFirst());
        }
        Map<String, List<String>> headers = lists(request, arguments, "Headers");
        checkHeaders(request, headers);
        return new HttpParameters(
                endpoint(request, text(request, arguments, "ApiEndpoint")),
                method(request, text(request, arguments, "Method")),
                connection(request, arguments),
                headers,
                lists(request, arguments, "QueryParameters"),
                content(arguments),
                encoding(request, arguments.get("Transform")));
    }

    private static URI endpoint(TaskRequest request, String text) throws TaskFailed {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException notAUrl) {
            // Refused below.
        }
        throw request.unusable("The ApiEndpoint must be a URL, but was '%s'".formatted(text));
    }

    private static String method(TaskRequest request, String method) throws TaskFailed {
        if (!METHODS.contains(method)) {
            throw request.unusable(
                    "The Method must be one of GET, POST, PUT, DELETE, PATCH, OPTIONS, HEAD, but was '%s'"
                            .formatted(method));
        }
        return method;
    }

    private static String connection(TaskRequest request, Map<?, ?> arguments) throws TaskFailed {
        for (String holder : List.of("InvocationConfig", "Authentication")) {
            if (arguments.get(holder) instanceof Map<?, ?> members
                    && members.get("ConnectionArn") instanceof String arn) {
                return arn;
            }
        }
        throw request.unusable("The field 'ConnectionArn' is required but was missing");
    }

    private static Map<String, List<String>> lists(
            TaskRequest request, Map<?, ?> arguments, String field) throws TaskFailed {
        return switch (arguments.get(field)) {
            case null -> NamedTexts.of(Map.of());
            case Map<?, ?> members -> NamedTexts.of(members);
            case Object _ ->
                throw request.unusable(
                        "The value for the field '%s' must be an OBJECT".formatted(field));
        };
    }

    private static void checkHeaders(TaskRequest request, Map<String, List<String>> headers)
            throws TaskFailed {
        Optional<String> forbidden = FORBIDDEN.fault(headers.keySet());
        if (forbidden.isPresent()) {
            throw request.unusable(forbidden.get());
        }
    }

    private static Optional<Json> content(Map<?, ?> arguments) {
        return arguments.containsKey("RequestBody")
                ? Optional.of(Json.of(arguments.get("RequestBody")))
                : Optional.empty();
    }

    private static Optional<FormEncoding> encoding(TaskRequest request, Object transform)
            throws TaskFailed {
        Map<?, ?> members = object(request, "Transform", transform, TRANSFORM);
        Map<?, ?> options = object(request, OPTIONS, members.get(OPTIONS), TRANSFORM_OPTIONS);
        Object encoding = members.get("RequestBodyEncoding");
        if (encoding == null || encoding.equals("NONE")) {
            return Optional.empty();
        }
        if (!encoding.equals("URL_ENCODED")) {
            throw request.unusable(
                    "The RequestBodyEncoding must be NONE or URL_ENCODED, but was '%s'"
                            .formatted(encoding));
        }
        Object format = options.get("ArrayFormat");
        if (format == null) {
            return Optional.of(FormEncoding.INDICES);
        }
        for (FormEncoding known : FormEncoding.values()) {
            if (known.name().equals(format)) {
                return Optional.of(known);
            }
        }
        throw request.unusable(
                "The ArrayFormat must be INDICES, REPEAT, COMMAS or BRACKETS, but was '%s'"
                        .formatted(format));
    }

    private static Map<?, ?> object(
            TaskRequest request, String field, Object given, ParameterNames names)
            throws TaskFailed {
        if (given == null) {
            return Map.of();
        }
        if (!(given instanceof Map<?, ?> members)) {
            throw request.unusable(
                    "The value for the field '%s' must be an OBJECT".formatted(field));
        }
        List<String> faults = names.faults(members);
        if (!faults.isEmpty()) {
            throw request.unusable(faults.getFirst());
        }
        return members;
    }

    private static String text(TaskRequest request, Map<?, ?> arguments, String field)
            throws TaskFailed {
        if (arguments.get(field) instanceof String text) {
            return text;
        }
        throw request.unusable("The value for the field '%s' must be a STRING".formatted(field));
    }

    /// With what the connection sends along, which is put into a body before that is encoded.
    /// https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html
    HttpParameters with(Connection connection, TaskRequest request) throws TaskFailed {
        var allHeaders = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        allHeaders.putAll(headers);
        connection.headers().forEach((name, value) -> allHeaders.put(name, List.of(value)));
        var wholeQuery = new LinkedHashMap<>(query);
        wholeQuery.putAll(connection.query());
        return new HttpParameters(
                endpoint,
                method,
                connectionArn,
                allHeaders,
                wholeQuery,
                connection.body().isEmpty() ? content : Optional.of(merged(connection, request)),
                encoding);
    }

    private Json merged(Connection connection, TaskRequest request) throws TaskFailed {
        Object own = content.orElse(Json.EMPTY_OBJECT).value();
        if (!(own instanceof Map<?, ?> members)) {
            throw request.unusable(
                    "The RequestBody must be an OBJECT, for the connection has parameters to put into it");
        }
        var merged = new LinkedHashMap<String, Object>();
        members.forEach((name, value) -> merged.put((String) name, value));
        merged.putAll(new TreeMap<>(connection.body()));
        return Json.of(merged);
    }

    /// The body as it is sent.
    Optional<String> body(TaskRequest request) throws TaskFailed {
        if (content.isEmpty() || encoding.isEmpty()) {
            return content.map(Json::text);
        }
        if (!(content.get().value() instanceof Map<?, ?> members)) {
            throw request.unusable("The RequestBody must be an OBJECT to be URL_ENCODED");
        }
        return Optional.of(encoding.get().encode(members));
    }

    /// The endpoint with all query parameters, its own first.
    URI uri() {
        var pairs = new ArrayList<String>();
        Optional.ofNullable(endpoint.getRawQuery()).ifPresent(pairs::add);
        query.forEach((name, values) -> values.forEach(value ->
                pairs.add(FormEncoding.encoded(name) + "=" + FormEncoding.encoded(value))));
        String text = endpoint.toString().replaceFirst("[?#].*", "");
        return URI.create(pairs.isEmpty() ? text : text + "?" + String.join("&", pairs));
    }
}
