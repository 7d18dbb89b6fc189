/// Paths, payload templates, and the JSONPath dataflow.
package dev.mapwright.asl.expression.jsonpath;
