package dev.mapwright.engine.journal;

import java.time.Instant;

/// One line of a journal.
///
/// @param sequence position in the journal, 1, 2, 3 …, notes included
/// @param eventId AWS's event id, 1, 2, 3 …; 0 for a [Note], which AWS does not show
/// @param previousEventId AWS's previousEventId; 0 for notes
/// @param frame the flow of control it belongs to; ours, AWS does not show it
public record Recorded(
        long sequence, long eventId, long previousEventId, Instant at, Frame frame, Entry entry) {}
