package dev.mapwright.testkit.store;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.LeaseLost;
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
import dev.mapwright.engine.world.World;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/// A store for tests. Without a world, every write is durable at once and any thread may use it.
/// With one, writes take a while on the disk, and only the world's strands may use it; [#crash]
/// then shows what a killed process leaves.
public final class MemoryStore implements Store {
    private static final Comparator<Execution> NEWEST_FIRST =
            Comparator.comparing(Execution::startedAt).reversed().thenComparing(Execution::arn);
    private static final Comparator<Execution> HIGHEST_BATCH_FIRST = Comparator.comparing(
                    (Execution child) -> child.child().orElseThrow().batch())
            .reversed();
    private static final Comparator<MapRunRecord> NEWEST_RUN_FIRST = Comparator.comparing(
                    MapRunRecord::startedAt)
            .reversed()
            .thenComparing(MapRunRecord::arn);

    private final Tables tables;
    private final Disk disk;
    private final Map<String, Long> fences = new HashMap<>();

    /// New executions on their way to the disk.
    private final Map<String, Creation> creating = new HashMap<>();

    private record Creation(Execution execution, Receipt receipt) {}

    public MemoryStore() {
        tables = new Tables();
        disk = new InstantDisk(tables);
    }

    public MemoryStore(World world) {
        this(world, _ -> {});
    }

    /// @param beforeCommit called on the disk's strand with the number of each commit, 1, 2, 3 …,
    ///     just before it: the place to crash at the n-th one
    public MemoryStore(World world, LongConsumer beforeCommit) {
        this(new Tables(), world, beforeCommit);
    }

    private MemoryStore(Tables tables, World world, LongConsumer beforeCommit) {
        this.tables = tables;
        this.disk = new SimulatedDisk(world, tables, beforeCommit);
    }

    /// What the next process finds: everything awaited, and of the rest a prefix that `next`
    /// chooses at random.
    public MemoryStore crash(World next) {
        return crash(next, _ -> {});
    }

    public synchronized MemoryStore crash(World next, LongConsumer beforeCommit) {
        Tables left = tables.copy();
        List<List<Change>> pending = disk.pending();
        int survivors = next.random().nextInt(pending.size() + 1);
        pending.subList(0, survivors).forEach(left::apply);
        return new MemoryStore(left, next, beforeCommit);
    }

    @Override
    public synchronized Receipt write(List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.Append append) {
                requireNewest(append);
            }
        }
        return disk.write(changes);
    }

    private void requireNewest(Change.Append append) {
        long newest = fences.getOrDefault(append.executionArn(), 0L);
        if (append.fence() < newest) {
            throw new LeaseLost("The journal of %s was taken over: fence %d, newest %d"
                    .formatted(append.executionArn(), append.fence(), newest));
        }
    }

    @Override
    public Optional<Execution> create(Execution execution, List<Change> changes)
            throws InterruptedException {
        Creation creation;
        synchronized (this) {
            Execution existing = tables.executions.get(execution.arn());
            if (existing != null) {
                return Optional.of(existing);
            }
            creation = creating.get(execution.arn());
            if (creation == null) {
                var all = new ArrayList<Change>(List.of(new Change.PutExecution(execution)));
                all.addAll(changes);
                creation = new Creation(execution, write(all));
                creating.put(execution.arn(), creation);
            }
        }
        creation.receipt().await();
        synchronized (this) {
            creating.remove(execution.arn());
        }
        return creation.execution() == execution
                ? Optional.empty()
                : Optional.of(creation.execution());
    }

    /// The new owner reads the journal next, so everything of the former one's is made durable
    /// before.
    @Override
    public synchronized long claim(String executionArn) {
        disk.commitAll();
        return fences.merge(executionArn, 1L, Long::sum);
    }

    @Override
    public synchronized Optional<Execution> execution(String arn) {
        return Optional.ofNullable(tables.executions.get(arn));
    }

    @Override
    public synchronized Page<Execution> executions(ExecutionQuery query) {
        Stream<Execution> matching = tables.executions.values().stream()
                .filter(execution -> query.status()
                        .map(status -> status == execution.status())
                        .orElse(true));
        return switch (query.of()) {
            case ExecutionQuery.Of.Machine(String machineArn) ->
                page(
                        matching.filter(execution -> execution.child().isEmpty())
                                .filter(execution -> execution.machineArn().equals(machineArn)),
                        NEWEST_FIRST,
                        query.limit(),
                        query.pageToken().map(tables.executions::get),
                        Execution::arn);
            case ExecutionQuery.Of.MapRun(String mapRunArn) ->
                page(
                        matching.filter(execution -> execution
                                .child()
                                .map(child -> child.mapRunArn().equals(mapRunArn))
                                .orElse(false)),
                        HIGHEST_BATCH_FIRST,
                        query.limit(),
                        query.pageToken().map(tables.executions::get),
                        Execution::arn);
        };
    }

    @Override
    public synchronized Page<Execution> unfinished(int limit, Optional<String> pageToken) {
        return page(
                tables.executions.values().stream()
                        .filter(execution -> execution.child().isEmpty()
                                && !execution.status().hasEnded()),
                Comparator.comparing(Execution::arn),
                limit,
                pageToken.map(tables.executions::get),
                Execution::arn);
    }

    @Override
    public synchronized Page<Execution> ended(Instant end, int limit, Optional<String> pageToken) {
        return page(
                tables.executions.values().stream()
                        .filter(execution -> execution.child().isEmpty())
                        .filter(execution ->
                                execution.endedAt().filter(end::isAfter).isPresent()),
                Comparator.<Execution, Instant>comparing(
                                execution -> execution.endedAt().orElseThrow())
                        .thenComparing(Execution::arn),
                limit,
                pageToken.map(tables.executions::get),
                Execution::arn);
    }

    @Override
    public synchronized List<MapRunRecord> mapRunsWithin(String mapRunArn, int limit) {
        return tables.runs.values().stream()
                .filter(run -> Optional.ofNullable(tables.executions.get(run.executionArn()))
                        .flatMap(Execution::child)
                        .filter(child -> child.mapRunArn().equals(mapRunArn))
                        .isPresent())
                .limit(limit)
                .toList();
    }

    @Override
    public void reclaim() {}

    /// Children of map runs among them.
    public synchronized int executionCount() {
        return tables.executions.size();
    }

    @Override
    public synchronized List<Recorded> journal(String executionArn, long sequence, int limit) {
        return from(tables.journals.get(executionArn), sequence, limit);
    }

    @Override
    public synchronized Optional<MapRunRecord> mapRun(String arn) {
        return Optional.ofNullable(tables.runs.get(arn));
    }

    @Override
    public synchronized Page<MapRunRecord> mapRuns(
            String executionArn, int limit, Optional<String> pageToken) {
        return page(
                tables.runs.values().stream()
                        .filter(run -> run.executionArn().equals(executionArn)),
                NEWEST_RUN_FIRST,
                limit,
                pageToken.map(tables.runs::get),
                MapRunRecord::arn);
    }

    @Override
    public synchronized List<RunLine> runLines(String mapRunArn, long sequence, int limit) {
        return from(tables.runLines.get(mapRunArn), sequence, limit);
    }

    @Override
    public synchronized Optional<Json> document(String kind, String key) {
        return Optional.ofNullable(tables.documents.get(new Tables.DocumentKey(kind, key)))
                .map(Document::content);
    }

    @Override
    public synchronized Page<Document> documents(
            String kind, String prefix, int limit, Optional<String> pageToken) {
        Stream<Document> matching =
                tables.documents.tailMap(new Tables.DocumentKey(kind, prefix)).values().stream()
                        .takeWhile(document ->
                                document.kind().equals(kind) && document.key().startsWith(prefix));
        return page(
                matching,
                Comparator.comparing(Document::key),
                limit,
                pageToken.map(key -> new Document(kind, key, Json.NULL)),
                Document::key);
    }

    private static <T> List<T> from(TreeMap<Long, T> lines, long sequence, int limit) {
        Collection<T> rest = lines == null ? List.of() : lines.tailMap(sequence).values();
        return rest.stream().limit(limit).toList();
    }

    /// @param last the last one of the page before
    private static <T> Page<T> page(
            Stream<T> all,
            Comparator<T> order,
            int limit,
            Optional<T> last,
            Function<T, String> token) {
        List<T> rest = all.filter(item ->
                        last.map(before -> order.compare(item, before) > 0).orElse(true))
                .sorted(order)
                .limit(limit + 1L)
                .toList();
        if (rest.size() <= limit) {
            return new Page<>(rest, Optional.empty());
        }
        List<T> items = rest.subList(0, limit);
        return new Page<>(items, Optional.of(token.apply(items.getLast())));
    }
}
