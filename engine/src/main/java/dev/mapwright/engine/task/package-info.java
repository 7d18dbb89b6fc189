/// Ports for what a Task can call; task tokens, and activities' tasks on their way to workers.
package dev.mapwright.engine.task;
