/// JSON text to a state machine, or to diagnostics with a location.
package dev.mapwright.asl.parse;
