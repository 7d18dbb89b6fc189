/// The life of executions: start, resume, stop, time out, end.
package dev.mapwright.engine.execution;
