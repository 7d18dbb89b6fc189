package dev.mapwright.server.cloudwatch;

import dev.mapwright.adapters.metrics.Metric;
import dev.mapwright.adapters.metrics.Unit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Names and dimensions of metrics, in requests and answers.
final class MetricInput {
    static final int NAME_CHARS_MAX = 255;
    static final int VALUE_CHARS_MAX = 1_024;
    static final int DIMENSIONS_MAX = 30;

    private MetricInput() {}

    static String namespace(Input input) throws Failed {
        String namespace = input.requiredText("Namespace", NAME_CHARS_MAX);
        if (namespace.startsWith(":")) {
            throw Failed.invalid("Namespace", namespace, "It must not begin with a colon.");
        }
        return namespace;
    }

    /// With the members `Namespace`, `MetricName` and `Dimensions`.
    static Metric metric(Input input) throws Failed {
        return new Metric(
                namespace(input),
                input.requiredText("MetricName", NAME_CHARS_MAX),
                dimensions(input));
    }

    static SortedMap<String, String> dimensions(Input input) throws Failed {
        var dimensions = new TreeMap<String, String>();
        for (Input dimension : input.objects("Dimensions", DIMENSIONS_MAX)) {
            dimension.accepting("Name", "Value");
            String name = dimension.requiredText("Name", NAME_CHARS_MAX);
            if (dimensions.put(name, dimension.requiredText("Value", VALUE_CHARS_MAX)) != null) {
                throw Failed.invalid(
                        dimension.nameOf("Name"),
                        name,
                        "There is a dimension of this name before.");
            }
        }
        return dimensions;
    }

    static Optional<Unit> unit(Input input) throws Failed {
        Optional<String> text = input.text("Unit", NAME_CHARS_MAX);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Unit.of(text.get())
                .orElseThrow(() -> Failed.invalid(
                        input.nameOf("Unit"), text.get(), "There is no such unit.")));
    }

    static Map<String, Object> shown(Metric metric) {
        var members = new LinkedHashMap<String, Object>();
        members.put("Namespace", metric.namespace());
        members.put("MetricName", metric.name());
        members.put("Dimensions", shownDimensions(metric));
        return members;
    }

    static List<Object> shownDimensions(Metric metric) {
        var dimensions = new ArrayList<Object>();
        metric.dimensions().forEach((name, value) -> {
            var dimension = new LinkedHashMap<String, Object>();
            dimension.put("Name", name);
            dimension.put("Value", value);
            dimensions.add(dimension);
        });
        return dimensions;
    }
}
