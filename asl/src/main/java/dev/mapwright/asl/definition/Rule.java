package dev.mapwright.asl.definition;

import dev.mapwright.asl.expression.Condition;
import dev.mapwright.asl.expression.Dataflow;

/// One rule of a Choice state. `dataflow` makes the output and assigns the variables when the rule
/// is taken.
public record Rule(Condition when, Dataflow dataflow, String next) {}
