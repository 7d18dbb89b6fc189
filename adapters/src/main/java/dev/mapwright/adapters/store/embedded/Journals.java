package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.keyvalue.Space.Direction;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.EntryCodec;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.maprun.ChildName;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Journals of executions, in a space of their own. The lines of one commit are one value, under
/// the sequence of the last of them; so the first key from a sequence on is the one that holds it.
///
///     x arn 0 sequence         → lines
///     c run batch sequence     → lines of a child
final class Journals {
    /// Beyond so much, a page ends with the commit at hand.
    private static final int PAGE_BYTES = 4 * 1024 * 1024;

    private final Space space;

    Journals(Space space) {
        this.space = space;
    }

    void append(String executionArn, List<Recorded> lines, Unit unit) {
        if (!lines.isEmpty()) {
            byte[] key =
                    journal(executionArn).number(lines.getLast().sequence()).bytes();
            unit.batch.put(space, key, EntryCodec.encode(lines, unit.inputOf(executionArn)));
        }
    }

    void drop(String executionArn, Unit unit) {
        Key journal = journal(executionArn);
        unit.batch.deleteRange(space, journal.bytes(), journal.end());
    }

    void dropChildren(long run, Unit unit) {
        Key journals = Children.key(run);
        unit.batch.deleteRange(space, journals.bytes(), journals.end());
    }

    /// @param input gives the execution's input
    List<Recorded> lines(String executionArn, long sequence, int limit, Supplier<Json> input) {
        Key journal = journal(executionArn);
        var lines = new ArrayList<Recorded>();
        long bytes = 0;
        try (var scan =
                space.scan(journal.number(sequence).bytes(), journal.end(), Direction.FORWARD)) {
            while (lines.size() < limit && bytes < PAGE_BYTES && scan.next()) {
                byte[] value = scan.value();
                bytes += value.length;
                EntryCodec.decode(value, input).stream()
                        .filter(line -> line.sequence() >= sequence)
                        .limit(limit - lines.size())
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    private static Key journal(String executionArn) {
        return ChildName.ofArn(executionArn)
                .map(name -> Children.key(name.run()).number(name.batch()))
                .orElseGet(() -> Key.of('x').text(executionArn));
    }
}
