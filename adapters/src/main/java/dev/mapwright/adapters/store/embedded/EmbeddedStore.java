package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.maprun.ChildName;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// The store in the data folder. Each kind of record keeps its keys, indexes and memory in a class
/// of its own; this one brings a write's changes together into one batch.
public final class EmbeddedStore implements Store {
    private final KeyValueStore keyValues;
    private final Companion companion;
    private final Singles singles;
    private final Children children;
    private final Journals journals;
    private final MapRuns mapRuns;
    private final Documents documents;
    private final Recent recent = new Recent();
    private final Fences fences = new Fences();
    private final RunNumbers numbers = new RunNumbers();

    /// New executions on their way to the disk, and who waits for them.
    private final Map<String, CountDownLatch> creating = new ConcurrentHashMap<>();

    /// Uses spaces of its own in `keyValues`, which stays its owner's to close.
    public EmbeddedStore(KeyValueStore keyValues) {
        this(keyValues, Companion.nobody());
    }

    /// @param companion writes along with the records of executions
    public EmbeddedStore(KeyValueStore keyValues, Companion companion) {
        var records = keyValues.space("executions");
        var index = keyValues.space("execution-index");
        this.keyValues = keyValues;
        this.companion = companion;
        this.mapRuns = new MapRuns(keyValues.space("map-runs"), numbers);
        this.singles = new Singles(records, index);
        this.children = new Children(records, index, numbers, mapRuns::isOpen);
        this.journals = new Journals(keyValues.space("journals"));
        this.documents = new Documents(keyValues.space("documents"));
    }

    @Override
    public Receipt write(List<Change> changes) {
        return handIn(unit(changes), changes);
    }

    private Unit unit(List<Change> changes) {
        var unit = new Unit(recent);
        changes.forEach(change -> add(change, unit));
        unit.close();
        return unit;
    }

    private Receipt handIn(Unit unit, List<Change> changes) {
        var lines = new ArrayList<Change.Append>();
        for (Change change : changes) {
            if (change instanceof Change.Append append) {
                lines.add(append);
            }
        }
        Receipt receipt = fences.handIn(lines, () -> {
            accompany(changes, unit);
            return keyValues.write(unit.batch);
        });
        unit.handedIn();
        return receipt;
    }

    /// Once nothing can refuse the write any more: what a companion adds is on its way then.
    private void accompany(List<Change> changes, Unit unit) {
        for (Change change : changes) {
            if (change instanceof Change.PutExecution(Execution execution)
                    && execution.child().isEmpty()) {
                companion.accompany(unit.batch, execution);
            }
        }
    }

    private void add(Change change, Unit unit) {
        switch (change) {
            case Change.PutExecution(Execution execution) ->
                execution
                        .child()
                        .ifPresentOrElse(
                                child -> children.put(execution, child, unit),
                                () -> singles.put(execution, unit));
            case Change.Append(String executionArn, long _, List<Recorded> lines) ->
                journals.append(executionArn, lines, unit);
            case Change.PutMapRun(MapRunRecord run) -> put(run, unit);
            case Change.AppendRun(String mapRunArn, List<RunLine> lines) ->
                mapRuns.append(mapRunArn, lines, unit);
            case Change.CompactRun(String mapRunArn, long sequence) ->
                mapRuns.compact(mapRunArn, sequence, unit);
            case Change.DropExecution(String executionArn) -> {
                singles.drop(executionArn, unit);
                journals.drop(executionArn, unit);
                fences.forget(executionArn);
            }
            case Change.DropMapRun(String mapRunArn) -> drop(mapRunArn, unit);
            case Change.PutDocument(Document document) -> documents.put(document, unit);
            case Change.DropDocument(String kind, String key) -> documents.drop(kind, key, unit);
        }
    }

    private void drop(String mapRunArn, Unit unit) {
        long run = numbers.of(mapRunArn);
        mapRuns.drop(mapRunArn, unit);
        children.drop(run, unit);
        journals.dropChildren(run, unit);
    }

    private void put(MapRunRecord run, Unit unit) {
        mapRuns.put(run, unit);
        if (!run.mayHaveRunningChildren()) {
            unit.batch.whenCommitted(() -> children.forget(numbers.of(run.arn())));
        }
    }

    @Override
    public Optional<Execution> create(Execution execution, List<Change> changes)
            throws InterruptedException {
        String arn = execution.arn();
        while (true) {
            var mine = new CountDownLatch(1);
            CountDownLatch other = creating.putIfAbsent(arn, mine);
            if (other == null) {
                return createAlone(execution, changes, () -> {
                    creating.remove(arn);
                    mine.countDown();
                });
            }
            other.await();
        }
    }

    /// @param end lets the next one in: only once the record can be seen, even if this strand is
    ///     interrupted before
    private Optional<Execution> createAlone(Execution execution, List<Change> changes, Runnable end)
            throws InterruptedException {
        boolean handedIn = false;
        try {
            Optional<Execution> existing = execution(execution.arn());
            if (existing.isPresent()) {
                return existing;
            }
            var all = new ArrayList<Change>();
            all.add(new Change.PutExecution(execution));
            all.addAll(changes);
            Unit unit = unit(all);
            unit.batch.whenCommitted(end);
            Receipt receipt = handIn(unit, all);
            handedIn = true;
            receipt.await();
            return Optional.empty();
        } finally {
            if (!handedIn) {
                end.run();
            }
        }
    }

    /// The new owner reads the journal next: by then, all that the former one has handed in can be
    /// seen.
    @Override
    public long claim(String executionArn) {
        long fence = fences.claim(executionArn);
        awaitUninterrupted(keyValues.write(new Batch()));
        return fence;
    }

    private static void awaitUninterrupted(Receipt receipt) {
        boolean interrupted = false;
        while (true) {
            try {
                receipt.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<Execution> execution(String arn) {
        return ChildName.ofArn(arn)
                .map(name -> children.find(name, arn))
                .orElseGet(() -> singles.find(arn));
    }

    @Override
    public Page<Execution> executions(ExecutionQuery query) {
        return switch (query.of()) {
            case ExecutionQuery.Of.Machine(String arn) ->
                singles.list(arn, query.status(), query.limit(), query.pageToken());
            case ExecutionQuery.Of.MapRun(String arn) ->
                children.list(numbers.of(arn), query.status(), query.limit(), query.pageToken());
        };
    }

    @Override
    public Page<Execution> unfinished(int limit, Optional<String> pageToken) {
        return singles.unfinished(limit, pageToken);
    }

    @Override
    public Page<Execution> ended(Instant end, int limit, Optional<String> pageToken) {
        return singles.ended(end, limit, pageToken);
    }

    @Override
    public List<MapRunRecord> mapRunsWithin(String mapRunArn, int limit) {
        return mapRuns.within(mapRunArn, limit);
    }

    @Override
    public void reclaim() {
        keyValues.compact();
    }

    @Override
    public List<Recorded> journal(String executionArn, long sequence, int limit) {
        return journals.lines(executionArn, sequence, limit, () -> inputOf(executionArn));
    }

    private Json inputOf(String executionArn) {
        return execution(executionArn)
                .orElseThrow(() -> new IllegalStateException(
                        "Expected a record of %s, whose journal refers to its input"
                                .formatted(executionArn)))
                .input();
    }

    @Override
    public Optional<MapRunRecord> mapRun(String arn) {
        return mapRuns.find(arn);
    }

    @Override
    public Page<MapRunRecord> mapRuns(String executionArn, int limit, Optional<String> pageToken) {
        return mapRuns.list(executionArn, limit, pageToken);
    }

    @Override
    public List<RunLine> runLines(String mapRunArn, long sequence, int limit) {
        return mapRuns.lines(mapRunArn, sequence, limit);
    }

    @Override
    public Optional<Json> document(String kind, String key) {
        return documents.find(kind, key);
    }

    @Override
    public Page<Document> documents(
            String kind, String prefix, int limit, Optional<String> pageToken) {
        return documents.list(kind, prefix, limit, pageToken);
    }
}
