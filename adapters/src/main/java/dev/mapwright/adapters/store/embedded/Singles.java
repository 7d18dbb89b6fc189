package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.keyvalue.Space.Direction;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.RecordCodec;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// Executions that are no map run's children: started by themselves.
///
///     records   x arn                                      → the record
///     index     m machine 0, newest start first, name      → arn
///     index     s machine 0 status, newest first, name     → arn      once it has ended
///     index     z end arn                                  → nothing  once it has ended
///     index     o arn                                      → nothing  until it has ended; read when opening
///
/// An index entry is a hint: what it leads to is checked against the record. Those that run are
/// listed from memory.
final class Singles {
    private final Space records;
    private final Space index;

    /// Those that have not ended, by ARN, and in the order of their machine's listing.
    private final NavigableMap<String, Execution.Status> running = new ConcurrentSkipListMap<>();
    private final NavigableMap<byte[], String> runningByMachine =
            new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    Singles(Space records, Space index) {
        this.records = records;
        this.index = index;
        Key open = Key.of('o');
        try (var scan = index.scan(open.bytes(), open.end(), Direction.FORWARD)) {
            while (scan.next()) {
                find(new String(open.rest(scan.key()), StandardCharsets.UTF_8))
                        .ifPresent(this::learn);
            }
        }
    }

    Optional<Execution> find(String arn) {
        return records.get(recordKey(arn)).map(RecordCodec::execution);
    }

    void put(Execution execution, Unit unit) {
        byte[] arn = execution.arn().getBytes(StandardCharsets.UTF_8);
        byte[] openKey = Key.of('o').plus(arn).bytes();
        Optional<Execution> before = unit.before(execution.arn());
        unit.batch.put(records, recordKey(execution.arn()), RecordCodec.encode(execution));
        if (before.isEmpty()) {
            unit.batch.put(index, machineKey(execution), arn);
        }
        if (execution.status().hasEnded()) {
            unit.batch.put(index, statusKey(execution, execution.status()), arn);
            unit.batch.put(index, endKey(execution), new byte[0]);
            unit.batch.delete(index, openKey);
        } else if (before.isEmpty()) {
            unit.batch.put(index, openKey, new byte[0]);
            if (execution.redriven().isPresent()) {
                dropEndings(execution, unit);
            }
        }
        unit.batch.whenCommitted(() -> learn(execution));
        unit.put(execution);
    }

    private void dropEndings(Execution execution, Unit unit) {
        find(execution.arn())
                .filter(before -> before.status().hasEnded())
                .ifPresent(before -> unit.batch.delete(index, endKey(before)));
        for (Status status : Status.values()) {
            if (status.hasEnded()) {
                unit.batch.delete(index, statusKey(execution, status));
            }
        }
    }

    void drop(String arn, Unit unit) {
        find(arn).ifPresent(execution -> {
            unit.batch.delete(records, recordKey(arn));
            unit.batch.delete(index, machineKey(execution));
            unit.batch.delete(index, statusKey(execution, execution.status()));
            unit.batch.delete(index, endKey(execution));
        });
    }

    private void learn(Execution execution) {
        if (execution.status().hasEnded()) {
            running.remove(execution.arn());
            runningByMachine.remove(machineKey(execution));
        } else {
            running.put(execution.arn(), execution.status());
            runningByMachine.put(machineKey(execution), execution.arn());
        }
    }

    Page<Execution> list(
            String machineArn, Optional<Status> status, int limit, Optional<String> pageToken) {
        Key machine = Key.of('m').text(machineArn);
        return switch (status.orElse(null)) {
            case null -> scan(machine, limit, pageToken, Optional.empty());
            case Status ended
            when ended.hasEnded() ->
                scan(Key.of('s').text(machineArn).octet(ended.ordinal()), limit, pageToken, status);
            case Status open -> listRunning(machine, open, limit, pageToken);
        };
    }

    private Page<Execution> scan(
            Key prefix, int limit, Optional<String> pageToken, Optional<Status> status) {
        var page = new PageMaker<>(prefix, limit, Execution::payloadChars);
        byte[] from = pageToken.map(prefix::tokenKey).map(PageMaker::after).orElse(prefix.bytes());
        try (var scan = index.scan(from, prefix.end(), Direction.FORWARD)) {
            while (!page.isFull() && scan.next()) {
                byte[] key = scan.key();
                find(new String(scan.value(), StandardCharsets.UTF_8))
                        .filter(execution ->
                                status.map(execution.status()::equals).orElse(true))
                        .ifPresent(execution -> page.add(execution, key));
            }
        }
        return page.toPage();
    }

    private Page<Execution> listRunning(
            Key machine, Status status, int limit, Optional<String> pageToken) {
        var page = new PageMaker<>(machine, limit, Execution::payloadChars);
        byte[] from =
                pageToken.map(machine::tokenKey).map(PageMaker::after).orElse(machine.bytes());
        for (var entry :
                runningByMachine.subMap(from, true, machine.end(), false).entrySet()) {
            if (page.isFull()) {
                break;
            }
            if (running.get(entry.getValue()) == status) {
                find(entry.getValue())
                        .filter(execution -> execution.status() == status)
                        .ifPresent(execution -> page.add(execution, entry.getKey()));
            }
        }
        return page.toPage();
    }

    Page<Execution> unfinished(int limit, Optional<String> pageToken) {
        Key open = Key.of('o');
        String after = pageToken
                .map(token -> new String(open.rest(open.tokenKey(token)), StandardCharsets.UTF_8))
                .orElse("");
        var page = new PageMaker<>(open, limit, Execution::payloadChars);
        for (String arn : running.tailMap(after, false).keySet()) {
            if (page.isFull()) {
                break;
            }
            find(arn)
                    .filter(execution -> !execution.status().hasEnded())
                    .ifPresent(
                            execution -> page.add(execution, open.lastText(arn).bytes()));
        }
        return page.toPage();
    }

    /// Those that ended before `end`, those that ended first first.
    Page<Execution> ended(Instant end, int limit, Optional<String> pageToken) {
        Key all = Key.of('z');
        var page = new PageMaker<>(all, limit, Execution::payloadChars);
        byte[] from = pageToken.map(all::tokenKey).map(PageMaker::after).orElse(all.bytes());
        byte[] to = all.number(Math.max(0, end.toEpochMilli())).bytes();
        if (Arrays.compareUnsigned(from, to) >= 0) {
            return page.toPage();
        }
        try (var scan = index.scan(from, to, Direction.FORWARD)) {
            while (!page.isFull() && scan.next()) {
                byte[] key = scan.key();
                String arn = new String(all.number(0).rest(key), StandardCharsets.UTF_8);
                find(arn)
                        .filter(execution -> execution.status().hasEnded())
                        .filter(execution -> Arrays.equals(key, endKey(execution)))
                        .ifPresent(execution -> page.add(execution, key));
            }
        }
        return page.toPage();
    }

    private static byte[] endKey(Execution execution) {
        return Key.of('z')
                .number(execution.endedAt().orElseThrow().toEpochMilli())
                .lastText(execution.arn())
                .bytes();
    }

    private static byte[] recordKey(String arn) {
        return Key.of('x').lastText(arn).bytes();
    }

    private static byte[] machineKey(Execution execution) {
        return Key.of('m')
                .text(execution.machineArn())
                .newestFirst(execution.startedAt())
                .lastText(execution.name())
                .bytes();
    }

    private static byte[] statusKey(Execution execution, Status status) {
        return Key.of('s')
                .text(execution.machineArn())
                .octet(status.ordinal())
                .newestFirst(execution.startedAt())
                .lastText(execution.name())
                .bytes();
    }
}
