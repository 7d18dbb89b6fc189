package dev.mapwright.engine.task;

/// How those outside reach the tasks that wait for them: by token, or as an activity's worker.
public record Callbacks(TaskTokens tokens, ActivityTasks activities) {}
