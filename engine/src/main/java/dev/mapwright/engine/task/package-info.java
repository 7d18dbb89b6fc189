/// Ports for what a Task can call; task tokens.
package dev.mapwright.engine.task;
