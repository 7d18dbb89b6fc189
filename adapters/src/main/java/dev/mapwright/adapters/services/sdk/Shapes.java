package dev.mapwright.adapters.services.sdk;

import software.amazon.awssdk.core.SdkPojo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The shapes met so far. As many at most as the SDK's modules have classes.
final class Shapes {
    private final Map<Class<?>, Shape> known = new ConcurrentHashMap<>();

    Shape of(SdkPojo pojo) {
        return known.computeIfAbsent(pojo.getClass(), _ -> Shape.of(pojo));
    }
}
