/// JSONata, and its dataflow.
package dev.mapwright.asl.expression.jsonata;
