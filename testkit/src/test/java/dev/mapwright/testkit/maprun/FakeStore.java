package dev.mapwright.testkit.maprun;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.store.RunLine;
import dev.mapwright.engine.store.Store;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a map run needs of a store, kept in memory; durable at once.
class FakeStore implements Store {
    private final Map<String, Execution> executions = new HashMap<>();
    private final Map<String, MapRunRecord> runs = new HashMap<>();
    private final TreeMap<Long, RunLine> lines = new TreeMap<>();

    @Override
    public synchronized Receipt write(List<Change> changes) {
        for (var change : changes) {
            switch (change) {
                case Change.PutExecution(Execution execution) ->
                    executions.put(execution.arn(), execution);
                case Change.PutMapRun(MapRunRecord run) -> runs.put(run.arn(), run);
                case Change.AppendRun run ->
                    run.lines().forEach(line -> lines.put(line.sequence(), line));
                case Change.CompactRun run -> lines.headMap(run.sequence()).clear();
                case Change.Append _,
                        Change.DropExecution _,
                        Change.DropMapRun _,
                        Change.PutDocument _,
                        Change.DropDocument _ ->
                    throw new IllegalStateException("a map run does not write " + change);
            }
        }
        return Receipt.DONE;
    }

    synchronized List<Execution> children() {
        return List.copyOf(executions.values());
    }

    synchronized int lineCount() {
        return lines.size();
    }

    @Override
    public synchronized Optional<Execution> execution(String arn) {
        return Optional.ofNullable(executions.get(arn));
    }

    @Override
    public synchronized Optional<MapRunRecord> mapRun(String arn) {
        return Optional.ofNullable(runs.get(arn));
    }

    @Override
    public synchronized List<RunLine> runLines(String mapRunArn, long sequence, int limit) {
        return lines.tailMap(sequence).values().stream().limit(limit).toList();
    }

    @Override
    public Optional<Execution> create(Execution execution, List<Change> changes) {
        throw unasked();
    }

    @Override
    public long claim(String executionArn) {
        throw unasked();
    }

    @Override
    public Page<Execution> executions(ExecutionQuery query) {
        throw unasked();
    }

    @Override
    public Page<Execution> unfinished(int limit, Optional<String> pageToken) {
        throw unasked();
    }

    @Override
    public Page<Execution> ended(Instant end, int limit, Optional<String> pageToken) {
        throw unasked();
    }

    @Override
    public List<MapRunRecord> mapRunsWithin(String mapRunArn, int limit) {
        throw unasked();
    }

    @Override
    public void reclaim() {
        throw unasked();
    }

    @Override
    public List<Recorded> journal(String executionArn, long sequence, int limit) {
        throw unasked();
    }

    @Override
    public Page<MapRunRecord> mapRuns(String executionArn, int limit, Optional<String> pageToken) {
        throw unasked();
    }

    @Override
    public Optional<Json> document(String kind, String key) {
        throw unasked();
    }

    @Override
    public Page<Document> documents(
            String kind, String prefix, int limit, Optional<String> pageToken) {
        throw unasked();
    }

    private static AssertionError unasked() {
        return new AssertionError("A map run does not ask its store for this");
    }
}
