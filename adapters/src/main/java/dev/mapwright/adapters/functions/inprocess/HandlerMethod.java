package dev.mapwright.adapters.functions.inprocess;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The method that handles events, called as Lambda does: with streams, or with values that are
/// made of JSON and made into JSON again.
/// https://docs.aws.amazon.com/lambda/latest/dg/java-handler.html
final class HandlerMethod {
    private static final String DEFAULT_METHOD = "handleRequest";
    private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

    private final Constructor<?> constructor;
    private final Method method;
    private final Form form;

    private sealed interface Form {
        record Streams(boolean context) implements Form {}

        /// @param reader of the event, which is the first parameter
        record Values(PojoSerializer<Object> reader, PojoSerializer<Object> writer, boolean context)
                implements Form {}
    }

    private HandlerMethod(Constructor<?> constructor, Method method, Form form) {
        this.constructor = constructor;
        this.method = method;
        this.form = form;
    }

    /// @param handler a class, or a class and a method: `com.example.Orders::enrich`
    static HandlerMethod of(String handler, ClassLoader loader)
            throws ReflectiveOperationException {
        String[] parts = handler.split("::", -1);
        String className = parts[0];
        String methodName = parts.length == 2 ? parts[1] : DEFAULT_METHOD;
        Class<?> type;
        try {
            type = Class.forName(className, true, loader);
        } catch (ClassNotFoundException absent) {
            throw new ClassNotFoundException("Class not found: " + className, absent);
        }
        Method method = Stream.of(type.getMethods())
                .filter(each -> each.getName().equals(methodName) && !each.isBridge())
                .max(Comparator.comparingInt(Method::getParameterCount))
                .orElseThrow(
                        () -> new NoSuchMethodException("No public method named %s on the class %s"
                                .formatted(methodName, className)));
        method.setAccessible(true);
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return new HandlerMethod(constructor, method, form(method));
    }

    private static Form form(Method method) throws NoSuchMethodException {
        List<Class<?>> types = List.of(method.getParameterTypes());
        boolean context = !types.isEmpty() && types.getLast() == Context.class;
        int values = types.size() - (context ? 1 : 0);
        if (values == 2
                && types.getFirst() == InputStream.class
                && types.get(1) == OutputStream.class) {
            return new Form.Streams(context);
        }
        if (values != 1) {
            throw new NoSuchMethodException(
                    "%s takes neither an event nor an input and an output stream, with or without a Context"
                            .formatted(method));
        }
        return new Form.Values(
                serializer(method.getGenericParameterTypes()[0]),
                serializer(method.getGenericReturnType()),
                context);
    }

    private static PojoSerializer<Object> serializer(Type type) {
        boolean open = type instanceof TypeVariable<?> || type == void.class;
        return JacksonFactory.getInstance().getSerializer(open ? Object.class : type);
    }

    Object newInstance() throws ReflectiveOperationException {
        return constructor.newInstance();
    }

    /// @throws InvocationTargetException what the function threw is its cause
    byte[] call(Object instance, byte[] event, Context context)
            throws InvocationTargetException, IllegalAccessException {
        var out = new ByteArrayOutputStream();
        switch (form) {
            case Form.Streams(boolean wantsContext) -> {
                var in = new ByteArrayInputStream(event);
                if (wantsContext) {
                    method.invoke(instance, in, out, context);
                } else {
                    method.invoke(instance, in, out);
                }
            }
            case Form.Values(var reader, var writer, boolean wantsContext) -> {
                Object value = reader.fromJson(new ByteArrayInputStream(event));
                Object result = wantsContext
                        ? method.invoke(instance, value, context)
                        : method.invoke(instance, value);
                if (result == null) {
                    return NULL;
                }
                writer.toJson(result, out);
            }
        }
        return out.toByteArray();
    }
}
