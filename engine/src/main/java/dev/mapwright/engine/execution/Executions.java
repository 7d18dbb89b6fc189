package dev.mapwright.engine.execution;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Definitions.Target;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.journal.EntrySize;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionStarted;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// The life of executions: start, resume, stop, end. What the API's execution operations call.
public final class Executions {
    private static final int RESUMED_PAGE = 1_000;

    /// How many executions one listing looks at to find those that are wanted.
    private static final int LOOKED_AT_MAX = 2_000;

    /// Beyond so much JSON in its events, a page of a history ends.
    private static final long HISTORY_PAGE_CHARS = 4 * 1024 * 1024;

    /// How long StopExecution waits for what is stopped to have come to rest.
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    /// How often one who waits for an end makes sure that the store can still record it.
    private static final Duration STORE_PATIENCE = Duration.ofSeconds(5);

    private static final Duration STOP_PAUSE = Duration.ofMillis(10);

    private final World world;
    private final Store store;
    private final Place place;
    private final Definitions definitions;
    private final Residents residents;

    Executions(
            World world, Store store, Place place, Definitions definitions, Residents residents) {
        this.world = world;
        this.store = store;
        this.place = place;
        this.definitions = definitions;
        this.residents = residents;
    }

    /// @param machineArn of a machine, a version or an alias
    /// @param name absent: a UUID
    public record Start(
            String machineArn, Optional<String> name, Json input, Optional<String> traceHeader) {}

    public enum Order {
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    /// Starts an execution and returns once its start is durable. STANDARD: the same name and input
    /// as one that is RUNNING gives that one.
    public Execution start(Start request) throws Refused, InterruptedException {
        Execution execution = opening(definitions.target(request.machineArn()), request);
        Optional<Execution> existing = store.create(execution, beginning(execution));
        if (existing.isEmpty()) {
            residents.begin(execution, _ -> {});
            return execution;
        }
        if (existing.get().status() == Execution.Status.RUNNING
                && existing.get().input().text().equals(execution.input().text())) {
            return existing.get();
        }
        throw new Refused(
                "ExecutionAlreadyExists",
                "Execution Already Exists: '%s'".formatted(execution.arn()));
    }

    /// Runs an EXPRESS execution to its end. Its record is written then; a crash before leaves
    /// nothing, for AWS runs a synchronous one at most once.
    public Execution startSync(Start request) throws Refused, InterruptedException {
        Target target = definitions.target(request.machineArn());
        if (target.machine().type() != Execution.Type.EXPRESS) {
            throw new Refused(
                    "StateMachineTypeNotSupported",
                    "This operation is not supported by this type of state machine");
        }
        Inbox<Execution> ended = world.inbox();
        residents.begin(opening(target, request), ended::put);
        while (true) {
            Optional<Execution> how = ended.take(world.now().plus(STORE_PATIENCE));
            if (how.isPresent()) {
                return how.get();
            }
            // An execution whose end was refused does not end in this process: fails as that did.
            store.write(List.of()).await();
        }
    }

    private Execution opening(Target target, Start request) throws Refused {
        Machine machine = target.machine();
        String name = request.name().isPresent()
                ? Names.check(request.name().get())
                : world.uuid().toString();
        String arn =
                switch (machine.type()) {
                    case STANDARD -> place.arn("execution:" + machine.name() + ":" + name);
                    case EXPRESS ->
                        place.arn("express:" + machine.name() + ":" + name + ":" + world.uuid());
                };
        return new Execution(
                arn,
                machine.arn(),
                name,
                machine.type(),
                machine.definitionId(),
                machine.roleArn(),
                request.input(),
                Execution.Status.RUNNING,
                world.now(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                target.versionArn(),
                target.aliasArn(),
                request.traceHeader());
    }

    /// What the journal of a new execution begins with; nothing for an EXPRESS one.
    static List<Change> beginning(Execution execution) {
        return switch (execution.type()) {
            case STANDARD ->
                List.of(new Change.Append(
                        execution.arn(),
                        0,
                        List.of(new Recorded(
                                1,
                                1,
                                0,
                                execution.startedAt(),
                                Frame.ROOT,
                                new ExecutionStarted(
                                        execution.input(),
                                        execution.roleArn(),
                                        execution.aliasArn(),
                                        execution.versionArn())))));
            case EXPRESS -> List.of();
        };
    }

    public Optional<Execution> find(String executionArn) {
        return store.execution(executionArn);
    }

    public Page<Execution> list(ExecutionQuery query) {
        return store.executions(query);
    }

    /// Those that the query finds and that are wanted. Looks at a bounded number of them, so that a
    /// page may be shorter than asked for and still have one that follows.
    public Page<Execution> list(ExecutionQuery query, Predicate<Execution> wanted) {
        return list(store, query, wanted);
    }

    static Page<Execution> list(Store store, ExecutionQuery query, Predicate<Execution> wanted) {
        var found = new ArrayList<Execution>();
        Optional<String> token = query.pageToken();
        int seen = 0;
        boolean cutShort;
        do {
            int limit = query.limit() - found.size();
            Page<Execution> page =
                    store.executions(new ExecutionQuery(query.of(), query.status(), limit, token));
            page.items().stream().filter(wanted).forEach(found::add);
            seen += page.items().size();
            token = page.nextToken();
            cutShort = page.items().size() < limit;
        } while (token.isPresent()
                && found.size() < query.limit()
                && seen < LOOKED_AT_MAX
                && !cutShort);
        return new Page<>(found, token);
    }

    /// A page of history events (no notes), in the order that was asked for.
    ///
    /// @param next the id with which the next page begins; absent on the last one
    public record HistoryPage(List<Recorded> events, OptionalLong next) {}

    /// @param fromEventId the first id of the page; with `Order.NEWEST_FIRST` counting down (0:
    ///     from the newest)
    /// @param limit of the page, which is shorter where events are large
    public HistoryPage history(String executionArn, Order order, long fromEventId, int limit) {
        return switch (order) {
            case OLDEST_FIRST -> oldestFirst(executionArn, Math.max(1, fromEventId), limit);
            case NEWEST_FIRST ->
                newestFirst(
                        executionArn,
                        fromEventId == 0 ? newestEventId(executionArn) : fromEventId,
                        limit);
        };
    }

    private HistoryPage oldestFirst(String executionArn, long from, int limit) {
        List<Recorded> events = events(executionArn, from, limit);
        if (events.isEmpty()) {
            return new HistoryPage(events, OptionalLong.empty());
        }
        long next = events.getLast().eventId() + 1;
        return new HistoryPage(
                events,
                events(executionArn, next, 1).isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(next));
    }

    /// Journals are read forwards: where so many events are too large for a page, half of them are
    /// asked for.
    private HistoryPage newestFirst(String executionArn, long newest, int limit) {
        long span = Math.min(limit, newest);
        List<Recorded> events = events(executionArn, newest - span + 1, (int) span);
        while (span > 1 && events.size() < span) {
            span = span / 2;
            events = events(executionArn, newest - span + 1, (int) span);
        }
        long next = newest - span;
        return new HistoryPage(
                events.reversed(),
                events.isEmpty() || next == 0 ? OptionalLong.empty() : OptionalLong.of(next));
    }

    /// At least one where there is one. Notes take a sequence number and no event id, so an event's
    /// sequence is never below its id.
    private List<Recorded> events(String executionArn, long fromEventId, int limit) {
        var events = new ArrayList<Recorded>();
        long chars = 0;
        long sequence = fromEventId;
        while (events.size() < limit && chars < HISTORY_PAGE_CHARS) {
            List<Recorded> lines = store.journal(executionArn, sequence, limit - events.size());
            if (lines.isEmpty()) {
                break;
            }
            for (Recorded line : lines) {
                if (line.eventId() >= fromEventId && chars < HISTORY_PAGE_CHARS) {
                    events.add(line);
                    chars += EntrySize.chars(line.entry());
                }
            }
            sequence = lines.getLast().sequence() + 1;
        }
        return events;
    }

    private long newestEventId(String executionArn) {
        long newest = 0;
        for (Recorded line : new JournalPages(store, executionArn)) {
            newest = Math.max(newest, line.eventId());
        }
        return newest;
    }

    /// Stops a STANDARD execution and returns when it has ended ABORTED, with its stop date. One
    /// that has already ended keeps its ending and gives its own stop date.
    public Instant stop(String executionArn, Failure why) throws Refused, InterruptedException {
        Execution execution = store.execution(executionArn)
                .orElseThrow(() -> new Refused(
                        "ExecutionDoesNotExist",
                        "Execution Does Not Exist: '%s'".formatted(executionArn)));
        if (execution.endedAt().isPresent()) {
            return execution.endedAt().get();
        }
        Instant asked = world.now();
        return stop(execution, why, asked).flatMap(Execution::endedAt).orElse(asked);
    }

    /// As it ended; empty when that took too long.
    private Optional<Execution> stop(Execution execution, Failure why, Instant asked)
            throws InterruptedException {
        Optional<Resident> resident = residents.find(execution.arn());
        if (resident.isEmpty()) {
            return stopEarly(execution, why, asked);
        }
        Inbox<Execution> ended = world.inbox();
        resident.get().whenEnded(ended::put);
        residents.stop(resident.get(), why);
        return ended.take(asked.plus(STOP_PATIENCE));
    }

    /// A new execution can be seen a moment before it is under way, and one that has ended a moment
    /// after.
    private Optional<Execution> stopEarly(Execution execution, Failure why, Instant asked)
            throws InterruptedException {
        Stops stops = residents.stops();
        try {
            stops.noteEarly(execution, why);
            residents.find(execution.arn()).ifPresent(begun -> begun.stop(why));
            Instant patience = asked.plus(STOP_PATIENCE);
            Optional<Execution> found = findEnded(execution);
            while (found.isEmpty() && world.now().isBefore(patience)) {
                world.sleepUntil(world.now().plus(STOP_PAUSE));
                found = findEnded(execution);
            }
            if (found.isPresent()) {
                store.write(List.of(Stops.done(execution))).await();
            }
            return found;
        } finally {
            stops.forgetEarly(execution);
        }
    }

    private Optional<Execution> findEnded(Execution execution) {
        return store.execution(execution.arn()).filter(found -> found.status().hasEnded());
    }

    /// How many of this type are under way, children of map runs included.
    public int openCount(Execution.Type type) {
        return residents.count(type);
    }

    /// Goes on with everything that a former process left unfinished. Children are their map runs'
    /// business.
    void resumeAll() {
        Optional<String> token = Optional.empty();
        do {
            Page<Execution> page = store.unfinished(RESUMED_PAGE, token);
            page.items().forEach(execution -> residents.resume(execution, _ -> {}));
            token = page.nextToken();
        } while (token.isPresent());
    }
}
