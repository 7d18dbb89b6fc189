package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.keyvalue.Space.Direction;
import dev.mapwright.engine.maprun.ChildName;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.RecordCodec;
import dev.mapwright.engine.store.RunLine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Map runs and their journals, in a space of their own.
///
///     r run                                     → the record
///     e execution 0, newest start first, run    → nothing
///     n run batch, newest start first, run      → nothing, where a child of a run ran it
///     l run sequence                            → a line
///
/// `run` is what stands for a run in its children's names.
final class MapRuns {
    private final Space space;
    private final RunNumbers numbers;

    MapRuns(Space space, RunNumbers numbers) {
        this.space = space;
        this.numbers = numbers;
    }

    Optional<MapRunRecord> find(String arn) {
        return find(numbers.of(arn)).filter(run -> run.arn().equals(arn));
    }

    private Optional<MapRunRecord> find(long run) {
        return space.get(recordKey(run)).map(RecordCodec::mapRun);
    }

    /// Whether children of the run may run; also while it has no record yet.
    boolean isOpen(long run) {
        return find(run).map(MapRunRecord::mayHaveRunningChildren).orElse(true);
    }

    void put(MapRunRecord run, Unit unit) {
        long number = numbers.of(run.arn());
        find(number).filter(other -> !other.arn().equals(run.arn())).ifPresent(other -> {
            throw new IllegalStateException("Expected a number of its own for %s, found %s under it"
                    .formatted(run.arn(), other.arn()));
        });
        unit.batch.put(space, recordKey(number), RecordCodec.encode(run));
        unit.batch.put(
                space,
                ofExecution(run.executionArn())
                        .newestFirst(run.startedAt())
                        .number(number)
                        .bytes(),
                new byte[0]);
    }

    void drop(String arn, Unit unit) {
        find(arn).ifPresent(run -> {
            long number = numbers.of(arn);
            Key journal = journal(arn);
            unit.batch.delete(space, recordKey(number));
            unit.batch.delete(
                    space,
                    ofExecution(run.executionArn())
                            .newestFirst(run.startedAt())
                            .number(number)
                            .bytes());
            unit.batch.deleteRange(space, journal.bytes(), journal.end());
        });
    }

    List<MapRunRecord> within(String mapRunArn, int limit) {
        Key prefix = Key.of('n').number(numbers.of(mapRunArn));
        var found = new ArrayList<MapRunRecord>();
        try (var scan = space.scan(prefix.bytes(), prefix.end(), Direction.FORWARD)) {
            while (found.size() < limit && scan.next()) {
                find(runIn(scan.key())).ifPresent(found::add);
            }
        }
        return found;
    }

    /// The last part of an index entry.
    private static long runIn(byte[] key) {
        return new Key(new byte[key.length - Long.BYTES]).numberIn(key);
    }

    Page<MapRunRecord> list(String executionArn, int limit, Optional<String> pageToken) {
        Key prefix = ofExecution(executionArn);
        var page = new PageMaker<MapRunRecord>(
                prefix, limit, run -> run.plan().text().length());
        byte[] from = pageToken.map(prefix::tokenKey).map(PageMaker::after).orElse(prefix.bytes());
        try (var scan = space.scan(from, prefix.end(), Direction.FORWARD)) {
            while (!page.isFull() && scan.next()) {
                byte[] key = scan.key();
                find(runIn(key)).ifPresent(record -> page.add(record, key));
            }
        }
        return page.toPage();
    }

    void append(String mapRunArn, List<RunLine> lines, Unit unit) {
        Key journal = journal(mapRunArn);
        lines.forEach(line ->
                unit.batch.put(space, journal.number(line.sequence()).bytes(), line.content()));
    }

    void compact(String mapRunArn, long sequence, Unit unit) {
        Key journal = journal(mapRunArn);
        unit.batch.deleteRange(space, journal.bytes(), journal.number(sequence).bytes());
    }

    List<RunLine> lines(String mapRunArn, long sequence, int limit) {
        Key journal = journal(mapRunArn);
        var lines = new ArrayList<RunLine>();
        try (var scan =
                space.scan(journal.number(sequence).bytes(), journal.end(), Direction.FORWARD)) {
            while (lines.size() < limit && scan.next()) {
                lines.add(new RunLine(journal.numberIn(scan.key()), scan.value()));
            }
        }
        return lines;
    }

    private static byte[] recordKey(long run) {
        return Key.of('r').number(run).bytes();
    }

    private static Key ofExecution(String executionArn) {
        return ChildName.ofArn(executionArn)
                .map(child -> Key.of('n').number(child.run()).number(child.batch()))
                .orElseGet(() -> Key.of('e').text(executionArn));
    }

    private Key journal(String mapRunArn) {
        return Key.of('l').number(numbers.of(mapRunArn));
    }
}
