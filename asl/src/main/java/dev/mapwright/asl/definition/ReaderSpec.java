package dev.mapwright.asl.definition;

import dev.mapwright.asl.expression.Expression;

import java.util.Map;
import java.util.Optional;

/// An ItemReader. `arguments` yields the object of `Parameters` or `Arguments` (`Bucket`, `Key`,
/// …); `config` holds the other members of ReaderConfig by name (`InputType`, `CSVDelimiter`,
/// `CSVHeaders`, …).
///
/// @param maxItems 0 or absent: no limit; a negative number, which a path may select, fails the Map
///     Run with States.ItemReaderFailed
public record ReaderSpec(
        TaskResource resource,
        Expression arguments,
        Map<String, Expression> config,
        Optional<Expression> maxItems) {}
