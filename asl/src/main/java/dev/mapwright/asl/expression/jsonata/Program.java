package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;

import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One expression, compiled; evaluated by any number of threads at once.
final class Program {
    /// Every function of the language, ours included.
    static final Set<String> FUNCTION_NAMES = Set.of(
            "abs",
            "append",
            "assert",
            "average",
            "base64decode",
            "base64encode",
            "boolean",
            "ceil",
            "clone",
            "contains",
            "count",
            "decodeUrl",
            "decodeUrlComponent",
            "distinct",
            "each",
            "encodeUrl",
            "encodeUrlComponent",
            "error",
            "eval",
            "exists",
            "filter",
            "floor",
            "formatBase",
            "formatInteger",
            "formatNumber",
            "fromMillis",
            "hash",
            "join",
            "keys",
            "length",
            "lookup",
            "lowercase",
            "map",
            "match",
            "max",
            "merge",
            "millis",
            "min",
            "not",
            "now",
            "number",
            "pad",
            "parse",
            "parseInteger",
            "partition",
            "power",
            "random",
            "range",
            "reduce",
            "replace",
            "reverse",
            "round",
            "shuffle",
            "sift",
            "single",
            "sort",
            "split",
            "spread",
            "sqrt",
            "string",
            "substring",
            "substringAfter",
            "substringBefore",
            "sum",
            "toMillis",
            "trim",
            "type",
            "uppercase",
            "uuid",
            "zip");

    private static final Map<String, Native> FUNCTIONS = functions();

    private final Jsonata compiled;
    private final Source source;
    private final Set<String> mentioned;
    private final boolean readsContext;

    private Program(Jsonata compiled, Source source) {
        this.compiled = compiled;
        this.source = source;
        this.mentioned = source.mentioned();
        this.readsContext = source.mayRead("context");
    }

    /// @throws QueryError with the syntax error's code and message
    static Program compile(String text) {
        try {
            var source = new Source(text);
            Jsonata compiled = Library.compile(source.rewritten());
            compiled.setOutputConvertNulls(false);
            compiled.setValidateInput(false);
            FUNCTIONS.forEach(compiled::registerFunction);
            // Not available in Step Functions: what it would run is nowhere in the definition.
            compiled.assign("eval", null);
            for (int i = 0; i < source.regexes().size(); i++) {
                compiled.registerFunction(
                        Source.REGEX_VARIABLE + i, new Regex(source.regexes().get(i)));
            }
            return new Program(compiled, source);
        } catch (StackOverflowError e) {
            throw new QueryError("The expression is nested too deep");
        } catch (RuntimeException e) {
            throw explained(e, text);
        }
    }

    Source source() {
        return source;
    }

    /// The result as a plain tree, where null is JSON's; empty is undefined.
    ///
    /// @throws QueryError what went wrong
    /// @throws Results.Unsupported the result is or holds a function
    Optional<Json> evaluate(Scope scope) {
        var bindings = new LinkedHashMap<String, Object>();
        for (String name : mentioned) {
            scope.variables()
                    .find(name)
                    .ifPresent(value -> bindings.put(name, Views.of(value.value())));
        }
        if (mentioned.contains("states")) {
            bindings.put("states", states(scope));
        }
        return evaluate(Optional.empty(), bindings, new Bounds(scope.now(), scope.random()));
    }

    private Map<String, Object> states(Scope scope) {
        var states = new LinkedHashMap<String, Object>();
        states.put("input", Views.of(scope.input().value()));
        scope.result().ifPresent(result -> states.put("result", Views.of(result.value())));
        scope.error().ifPresent(error -> states.put("errorOutput", error.asErrorOutput()));
        if (readsContext) {
            states.put("context", Views.of(scope.context().get().value()));
        }
        return states;
    }

    /// @param root what `$` and `$$` are at the top; absent in every field of a state machine
    /// @param bindings values as the library sees them
    Optional<Json> evaluate(Optional<Json> root, Map<String, Object> bindings, Bounds bounds) {
        Frame frame = compiled.createFrame();
        bindings.forEach((name, value) -> frame.bind(name, value));
        frame.setEvaluateEntryCallback(bounds);
        frame.setEvaluateExitCallback(bounds);
        Object input = root.map(json -> Views.of(json.value())).orElse(null);
        return ScopedValue.where(Bounds.CURRENT, bounds).call(() -> evaluate(input, frame));
    }

    private Optional<Json> evaluate(Object input, Frame frame) {
        try {
            Object result = Library.evaluate(compiled, input, frame);
            return result == null ? Optional.empty() : Optional.of(Json.of(Results.plain(result)));
        } catch (Results.Unsupported e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw explained(e, source.rewritten());
        }
    }

    private static QueryError explained(Throwable thrown, String source) {
        for (Throwable reason = thrown; reason != null; reason = reason.getCause()) {
            switch (reason) {
                case QueryError error -> {
                    return error;
                }
                case JException error -> {
                    return new QueryError(ErrorText.of(error, source));
                }
                case StackOverflowError _ -> {
                    return Bounds.tooDeep();
                }
                default -> {}
            }
        }
        return new QueryError(ErrorText.of(thrown));
    }

    private static Map<String, Native> functions() {
        var functions = new LinkedHashMap<>(TextFunctions.all());
        functions.putAll(ConversionFunctions.all());
        functions.putAll(PictureFunctions.all());
        functions.putAll(StatesFunctions.all());
        return functions;
    }
}
