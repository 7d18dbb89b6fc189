package dev.mapwright.engine.journal;

/// One fact of a journal: shown by AWS as a history event, or kept to ourselves as a note.
public sealed interface Entry permits HistoryEvent, Note {}
