package dev.mapwright.asl.expression.jsonpath;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.TypeRef;
import com.jayway.jsonpath.spi.json.AbstractJsonProvider;
import com.jayway.jsonpath.spi.mapper.MappingProvider;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Filters, slices, wildcards, `..` and path functions: evaluated by the JSONPath library, compiled
/// once, over our trees as they are.
final class SearchWay implements Way {
    private static final Configuration CONFIGURATION = Configuration.builder()
            .jsonProvider(new PlainTrees())
            .mappingProvider(new NoMapping())
            .build();

    /// Names a class of ours, which is nothing to users.
    private static final String PROVIDER_REMARK = "\\. This is not a json object according to .*";

    private final com.jayway.jsonpath.JsonPath compiled;

    private SearchWay(com.jayway.jsonpath.JsonPath compiled) {
        this.compiled = compiled;
    }

    /// Reads what follows a path's root; empty if it is no path.
    static Optional<SearchWay> parse(String text) {
        if (!hasPairedBrackets(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SearchWay(com.jayway.jsonpath.JsonPath.compile("$" + text)));
        } catch (InvalidPathException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    /// A path that may select several places selects an empty array where it leads nowhere.
    @Override
    public Object walk(Object tree) {
        try {
            return plain(compiled.read(tree, CONFIGURATION));
        } catch (PathNotFoundException _) {
            return compiled.isDefinite() ? NOTHING : List.of();
        } catch (RuntimeException _) {
            // The library's filters and functions throw many kinds for data they did not expect.
            return NOTHING;
        }
    }

    @Override
    public String explain(Object tree) {
        try {
            compiled.read(tree, CONFIGURATION);
            return "No results for path: " + compiled.getPath();
        } catch (RuntimeException e) {
            return String.valueOf(e.getMessage()).replaceFirst(PROVIDER_REMARK, "");
        }
    }

    /// The function `keys()` gives a set.
    private static Object plain(Object result) {
        return result instanceof Set<?> set ? List.copyOf(set) : result;
    }

    /// The library takes a path that ends inside brackets for a complete one.
    private static boolean hasPairedBrackets(String text) {
        int open = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '[' || c == '(') {
                open++;
            } else if (c == ']' || c == ')') {
                open--;
            }
        }
        return open == 0 && quote == 0;
    }

    /// Reads lists and maps as they are; only results and what filters make is created.
    private static final class PlainTrees extends AbstractJsonProvider {
        @Override
        public Object createArray() {
            return new ArrayList<>();
        }

        @Override
        public Object createMap() {
            return new LinkedHashMap<String, Object>();
        }

        @Override
        public Object parse(String json) {
            throw new IllegalStateException("Expected a tree, found the text " + json);
        }

        @Override
        public Object parse(InputStream json, String charset) {
            throw new IllegalStateException("Expected a tree, found a stream");
        }

        @Override
        public String toJson(Object tree) {
            return dev.mapwright.asl.json.Json.of(tree).text();
        }
    }

    private static final class NoMapping implements MappingProvider {
        @Override
        public <T> T map(Object source, Class<T> targetType, Configuration configuration) {
            return targetType.cast(source);
        }

        @Override
        public <T> T map(Object source, TypeRef<T> targetType, Configuration configuration) {
            throw new IllegalStateException(
                    "Expected a class to map to, found " + targetType.getType());
        }
    }
}
