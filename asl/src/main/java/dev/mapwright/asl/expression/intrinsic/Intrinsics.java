package dev.mapwright.asl.expression.intrinsic;

import dev.mapwright.asl.expression.EvaluationFailed;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.ExpressionSyntaxException;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;

import java.util.Arrays;
import java.util.List;

/// Compiles intrinsic calls: `States.Format('{} of {}', $.part, States.ArrayLength($.all))`.
///
/// A call that fails is `States.Runtime`, although the documentation has `States.IntrinsicFailure`:
/// the recorded histories show the former. The text names the outermost call.
public final class Intrinsics {
    private static final String PREFIX = "States.";

    private Intrinsics() {}

    /// Whether a text is meant as a call rather than a path.
    public static boolean isCall(String text) {
        return text.strip().startsWith(PREFIX);
    }

    /// @param paths compiles the paths among the arguments; their failures are quoted as they are
    public static Expression compile(String text, Paths paths) throws ExpressionSyntaxException {
        Argument.Call call = new CallParser(text, paths).parse();
        return scope -> {
            try {
                return Json.of(evaluate(call, scope));
            } catch (InvalidArgument e) {
                throw failure(text, e.getMessage());
            } catch (EvaluationFailed e) {
                throw failure(text, e.detail());
            }
        };
    }

    private static EvaluationFailed failure(String call, String problem) {
        return EvaluationFailed.runtime(
                "The function '%s' had the following error: %s".formatted(call, problem));
    }

    private static Object evaluate(Argument argument, Scope scope)
            throws InvalidArgument, EvaluationFailed {
        return switch (argument) {
            case Argument.Literal(Object value) -> value;
            case Argument.Text text -> text.value();
            case Argument.Path(Expression path) -> path.evaluate(scope).value();
            case Argument.Call(Function function, List<Argument> arguments) -> {
                var values = new Object[arguments.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = evaluate(arguments.get(i), scope);
                }
                yield function.apply(new Arguments(Arrays.asList(values)), scope);
            }
        };
    }

    /// Compiles a path that is an argument.
    @FunctionalInterface
    public interface Paths {
        Expression compile(String path) throws ExpressionSyntaxException;
    }
}
