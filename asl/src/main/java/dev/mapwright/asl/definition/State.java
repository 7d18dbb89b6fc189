package dev.mapwright.asl.definition;

import dev.mapwright.asl.expression.Dataflow;
import dev.mapwright.asl.expression.Expression;

import java.util.List;
import java.util.Optional;

/// The eight kinds of state. An empty `next` means `"End": true`.
///
/// Expressions of fields other than the dataflow's read a scope whose input is the effective input.
/// Numeric ones (`timeoutSeconds`, `Until.Seconds`, `maxConcurrency`, …) yield a number that was
/// checked against the field's range, or fail with AWS's text for that field.
public sealed interface State {
    String name();

    Dataflow dataflow();

    record Pass(String name, Dataflow dataflow, Optional<String> next) implements State {}

    /// `credentials` yields the object `{"RoleArn": …}`.
    record Task(
            String name,
            Dataflow dataflow,
            TaskResource resource,
            Optional<Expression> timeoutSeconds,
            Optional<Expression> heartbeatSeconds,
            Optional<Expression> credentials,
            Recovery recovery,
            Optional<String> next)
            implements State {}

    record Choice(String name, Dataflow dataflow, List<Rule> rules, Optional<String> otherwise)
            implements State {}

    record Wait(String name, Dataflow dataflow, Until until, Optional<String> next)
            implements State {}

    record Succeed(String name, Dataflow dataflow) implements State {}

    /// `error` and `cause` yield strings.
    record Fail(
            String name, Dataflow dataflow, Optional<Expression> error, Optional<Expression> cause)
            implements State {}

    record Parallel(
            String name,
            Dataflow dataflow,
            List<StateMachine> branches,
            Recovery recovery,
            Optional<String> next)
            implements State {}

    /// `items` yields an array (in distributed mode also an object), or fails with AWS's text for
    /// anything else. It is there unless the Map has a reader, which then is what it iterates over.
    record MapState(
            String name,
            Dataflow dataflow,
            Optional<Expression> items,
            Optional<Expression> itemSelector,
            Optional<Expression> maxConcurrency,
            StateMachine processor,
            MapMode mode,
            Recovery recovery,
            Optional<String> next)
            implements State {}
}
