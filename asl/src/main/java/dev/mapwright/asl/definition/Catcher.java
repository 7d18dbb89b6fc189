package dev.mapwright.asl.definition;

import dev.mapwright.asl.expression.Dataflow;

import java.util.List;

/// One entry of `Catch`. Its dataflow is left with `scope.error()` set.
public record Catcher(List<String> errors, Dataflow dataflow, String next) {}
