package dev.mapwright.adapters.services.sdk;

import software.amazon.awssdk.core.SdkPojo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The forms of one service's structures that were asked for, at most as many as it has.
final class Forms {
    private final Shapes shapes;
    private final Limits limits;
    private final Map<Class<?>, Form> known = new ConcurrentHashMap<>();

    Forms(Shapes shapes, Limits limits) {
        this.shapes = shapes;
        this.limits = limits;
    }

    Form of(SdkPojo pojo) {
        return known.computeIfAbsent(
                pojo.getClass(), _ -> Form.of(shapes.of(pojo), Form.structure(pojo), limits));
    }
}
