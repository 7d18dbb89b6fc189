/// The comparison operators of JSONPath Choice rules, compiled to conditions.
package dev.mapwright.asl.expression.choice;
