/// What follows when an alarm changes its state: messages to topics, calls of functions, an event.
package dev.mapwright.adapters.metrics.actions;
