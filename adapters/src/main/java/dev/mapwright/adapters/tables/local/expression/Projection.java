package dev.mapwright.adapters.tables.local.expression;

import dev.mapwright.adapters.tables.local.expression.Path.Step;
import dev.mapwright.adapters.tables.local.item.AttributeValue;
import dev.mapwright.adapters.tables.local.item.AttributeValue.L;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Some paths of an item, as a tree: what a projection keeps, what an update touches. Overlapping
/// paths are refused.
public final class Projection {
    private final Node root = new Node();
    private final List<Path> paths = new ArrayList<>();

    /// @throws TableException if the expression is invalid
    public static Projection parse(String text, Placeholders placeholders) {
        var cursor = new Cursor(Kind.PROJECTION, text, placeholders);
        var projection = new Projection();
        do {
            projection.add(Kind.PROJECTION, cursor.path());
        } while (cursor.takeIf(","));
        cursor.expectEnd();
        return projection;
    }

    /// Keeps whole attributes, given by name.
    public static Projection ofAttributes(Iterable<String> names) {
        var projection = new Projection();
        for (String name : names) {
            projection.add(Kind.PROJECTION, new Path(List.of(new Step.Member(name))));
        }
        return projection;
    }

    /// The part of the item that the paths lead to; list elements move together.
    public M apply(M item) {
        return root.members(item);
    }

    public List<Path> paths() {
        return paths;
    }

    void add(Kind kind, Path path) {
        Node node = root;
        for (Step step : path.steps()) {
            if (node.isLeaf()) {
                throw clash(kind, "overlap with", node.path, path);
            }
            if (!node.accepts(step)) {
                throw clash(kind, "conflict with", node.anyPath(), path);
            }
            node = node.child(step);
        }
        if (node.isLeaf() || node.hasChildren()) {
            throw clash(kind, "overlap with", node.anyPath(), path);
        }
        node.path = path;
        paths.add(path);
    }

    private static TableException clash(Kind kind, String how, Path one, Path two) {
        return kind.invalid(
                ("Two document paths %s each other; must remove or rewrite one of these paths;"
                                + " path one: %s, path two: %s")
                        .formatted(how, one, two));
    }

    private static final class Node {
        private final Map<String, Node> members = new LinkedHashMap<>();
        private final TreeMap<Integer, Node> elements = new TreeMap<>();
        private Path path;

        boolean isLeaf() {
            return path != null;
        }

        boolean hasChildren() {
            return !members.isEmpty() || !elements.isEmpty();
        }

        /// One place is a map or a list, not both.
        boolean accepts(Step step) {
            return switch (step) {
                case Step.Member _ -> elements.isEmpty();
                case Step.Element _ -> members.isEmpty();
            };
        }

        Node child(Step step) {
            return switch (step) {
                case Step.Member(String name) -> members.computeIfAbsent(name, _ -> new Node());
                case Step.Element(int index) -> elements.computeIfAbsent(index, _ -> new Node());
            };
        }

        Path anyPath() {
            if (isLeaf()) {
                return path;
            }
            return members.isEmpty()
                    ? elements.firstEntry().getValue().anyPath()
                    : members.values().iterator().next().anyPath();
        }

        M members(M map) {
            var kept = new LinkedHashMap<String, AttributeValue>();
            members.forEach((name, node) -> {
                AttributeValue value = map.members().get(name);
                if (value != null) {
                    node.keep(value).ifPresent(part -> kept.put(name, part));
                }
            });
            return new M(kept);
        }

        private Optional<AttributeValue> keep(AttributeValue value) {
            if (isLeaf()) {
                return Optional.of(value);
            }
            return switch (value) {
                case M map
                when !members.isEmpty() ->
                    Optional.of(members(map))
                            .filter(part -> !part.members().isEmpty())
                            .map(AttributeValue.class::cast);
                case L(List<AttributeValue> all) when !elements.isEmpty() -> keepElements(all);
                case AttributeValue _ -> Optional.empty();
            };
        }

        private Optional<AttributeValue> keepElements(List<AttributeValue> all) {
            var kept = new ArrayList<AttributeValue>();
            elements.headMap(all.size())
                    .forEach((index, node) -> node.keep(all.get(index)).ifPresent(kept::add));
            return kept.isEmpty() ? Optional.empty() : Optional.of(new L(kept));
        }
    }
}
