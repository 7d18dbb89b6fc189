/// Runs one execution from a cursor.
package dev.mapwright.engine.interpreter;
