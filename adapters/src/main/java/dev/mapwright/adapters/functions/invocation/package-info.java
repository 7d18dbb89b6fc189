/// One event's way through a function, whatever runs it.
package dev.mapwright.adapters.functions.invocation;
