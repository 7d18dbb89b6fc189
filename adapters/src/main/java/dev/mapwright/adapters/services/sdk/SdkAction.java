package dev.mapwright.adapters.services.sdk;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.utils.builder.Buildable;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One action of a service: the client's method for it, looked up once.
final class SdkAction {
    /// The SDK's metadata does not have the name of a body that is streamed. S3 has only this one.
    private static final String BODY = "Body";

    private final Method method;
    private final Method builder;
    private final Body body;

    private enum Body {
        NONE,
        SENT,
        RECEIVED
    }

    /// What came back, before and after it became JSON.
    ///
    /// @param members sorted, a streamed body last
    record Answer(SdkResponse response, Map<String, Object> members) {}

    private SdkAction(Method method, Body body) {
        this.method = method;
        this.body = body;
        try {
            this.builder = method.getParameterTypes()[0].getMethod("builder");
        } catch (NoSuchMethodException odd) {
            throw new IllegalStateException("expected a builder for " + method, odd);
        }
    }

    /// Empty where the client has no such action, or one that only its asynchronous sibling has.
    static Optional<SdkAction> find(SdkModule module, String name) {
        return Stream.of(module.client().getMethods())
                .filter(method -> method.getName().equals(name))
                .flatMap(method -> body(method).map(body -> new SdkAction(method, body)).stream())
                .findFirst();
    }

    private static Optional<Body> body(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length == 0 || !SdkRequest.class.isAssignableFrom(parameters[0])) {
            return Optional.empty();
        }
        boolean plain = SdkResponse.class.isAssignableFrom(method.getReturnType());
        if (parameters.length == 1 && plain) {
            return Optional.of(Body.NONE);
        }
        if (parameters.length == 1 && method.getReturnType() == ResponseInputStream.class) {
            return Optional.of(Body.RECEIVED);
        }
        return parameters.length == 2 && plain && parameters[1] == RequestBody.class
                ? Optional.of(Body.SENT)
                : Optional.empty();
    }

    /// An empty request, to look at its form or to fill.
    SdkPojo request() {
        try {
            return (SdkPojo) builder.invoke(null);
        } catch (ReflectiveOperationException odd) {
            throw new IllegalStateException("expected to build a request with " + builder, odd);
        }
    }

    /// The parameter that is sent as a stream, and that the request does not have.
    Optional<String> streamed() {
        return body == Body.SENT ? Optional.of(BODY) : Optional.empty();
    }

    /// An empty response, to look at its form.
    SdkPojo response() {
        try {
            return (SdkPojo) responseType().getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException odd) {
            throw new IllegalStateException("expected a builder of " + method, odd);
        }
    }

    private Class<?> responseType() {
        return switch (body) {
            case NONE, SENT -> method.getReturnType();
            case RECEIVED ->
                (Class<?>) ((ParameterizedType) method.getGenericReturnType())
                        .getActualTypeArguments()[0];
        };
    }

    /// @throws SdkException the service's error, or why it could not be reached
    Answer call(Object client, Map<?, ?> arguments, RequestShape in, ResponseShape out)
            throws Unusable, IOException {
        return switch (body) {
            case NONE -> {
                var response = (SdkResponse) invoke(client, request(arguments, in));
                yield new Answer(response, out.members(response));
            }
            case SENT -> {
                var members = new LinkedHashMap<Object, Object>(arguments);
                boolean given = members.containsKey(BODY);
                Object content = members.remove(BODY);
                var response = (SdkResponse) invoke(
                        client,
                        request(members, in),
                        given ? serialized(content) : RequestBody.empty());
                yield new Answer(response, out.members(response));
            }
            case RECEIVED -> received(client, request(arguments, in), out);
        };
    }

    /// The body is stored as JSON, a string with its quotes: so AWS does it.
    private static RequestBody serialized(Object content) {
        return RequestBody.fromBytes(Json.of(content).text().getBytes(StandardCharsets.UTF_8));
    }

    /// Reads no more of a body than is needed to find that it is too large for a result.
    private Answer received(Object client, Object request, ResponseShape out) throws IOException {
        try (var stream = (ResponseInputStream<?>) invoke(client, request)) {
            byte[] content = stream.readNBytes(Quotas.PAYLOAD_BYTES_MAX + 1);
            if (content.length > Quotas.PAYLOAD_BYTES_MAX) {
                stream.abort();
            }
            var response = (SdkResponse) stream.response();
            var members = new LinkedHashMap<String, Object>(out.members(response));
            members.put(BODY, new String(content, StandardCharsets.UTF_8));
            return new Answer(response, members);
        }
    }

    private Object request(Map<?, ?> arguments, RequestShape in) throws Unusable {
        SdkPojo request = request();
        in.fill(request, arguments);
        return ((Buildable) request).build();
    }

    private Object invoke(Object client, Object... parameters) {
        try {
            return method.invoke(client, parameters);
        } catch (InvocationTargetException thrown) {
            switch (thrown.getCause()) {
                case RuntimeException answered -> throw answered;
                case Error broken -> throw broken;
                case Throwable odd -> throw new IllegalStateException("from " + method, odd);
            }
        } catch (IllegalAccessException odd) {
            throw new IllegalStateException("expected to be allowed to call " + method, odd);
        }
    }
}
