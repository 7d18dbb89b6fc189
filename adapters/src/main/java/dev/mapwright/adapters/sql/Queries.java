package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.sql.QueryExecution.Progress;
import dev.mapwright.adapters.sql.QueryExecution.State;
import dev.mapwright.adapters.sql.QueryExecution.Yield;
import dev.mapwright.adapters.sql.WorkGroup.Enforcement;
import dev.mapwright.adapters.sql.catalog.Catalog;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.catalog.QueryFailed;
import dev.mapwright.adapters.sql.duckdb.Session;
import dev.mapwright.adapters.sql.statement.HiveTypes;
import dev.mapwright.adapters.sql.statement.Statement;
import dev.mapwright.adapters.sql.statement.StatementParser;
import dev.mapwright.adapters.sql.statement.Syntax;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.store.StoreFailed;
import dev.mapwright.engine.world.World;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// The built-in Athena: takes queries, runs a few of them at a time, and remembers what became of
/// them. What waited in the queue when the server ended waits there again afterwards; what ran has
/// failed, for a part of its files may be written.
public final class Queries implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Queries.class.getName());

    /// https://docs.aws.amazon.com/athena/latest/ug/service-limits.html
    public static final int QUERY_BYTES_MAX = 262_144;

    static final int QUEUED_MAX = 1_000;
    static final int END_SECONDS_MAX = 10;

    /// So many submissions are between two looks for old executions.
    private static final int LOOK_EVERY = 1_000;

    private static final String CANCELLED = "Query cancelled by user";

    private final World world;
    private final Executions executions;
    private final WorkGroups workGroups;
    private final Catalog catalog;
    private final ObjectFiles objects;
    private final Runner runner;
    private final Path folder;
    private final ThreadPoolExecutor threads;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    private int submissions;
    private volatile boolean closed;

    /// @param folder for what queries keep while they run; emptied at the start
    /// @param queriesMax how many run at once
    /// @param memoryMegabytes of each
    public record Settings(Path folder, int queriesMax, int memoryMegabytes) {}

    /// Goes on with what waited.
    public Queries(KeyValueStore store, ObjectStore objects, World world, Settings settings)
            throws IOException, InterruptedException {
        this.world = world;
        this.executions = new Executions(store);
        this.workGroups = new WorkGroups(store);
        this.objects = new ObjectFiles(objects);
        this.catalog = new Catalog(store, HiveTypes::ofKnownText);
        this.runner = new Runner(catalog, this.objects, world, settings.memoryMegabytes());
        this.folder = settings.folder();
        // The SQL engine's native code holds its thread, which a virtual one would have to borrow
        // from all others.
        this.threads = new ThreadPoolExecutor(
                settings.queriesMax(),
                settings.queriesMax(),
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("mapwright-athena-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        deleteAll(folder);
        resume();
    }

    public WorkGroups workGroups() {
        return workGroups;
    }

    public Catalog catalog() {
        return catalog;
    }

    /// A query as a client submits it.
    ///
    /// @param output where to leave the result, if the workgroup does not say
    /// @param token of the client's; a second request with the same one starts nothing
    public record Submission(
            String query,
            String workGroup,
            Optional<String> database,
            Optional<String> output,
            List<String> parameters,
            Optional<String> token) {}

    /// @return the id
    public String start(Submission submission) throws Refused, InterruptedException {
        changing.lock();
        try {
            Optional<QueryExecution> same = submission.token().flatMap(executions::ofToken);
            if (same.isPresent()) {
                if (!same.get().query().equals(submission.query())) {
                    throw invalid("Idempotent parameters do not match");
                }
                return same.get().id();
            }
            QueryExecution execution = execution(submission);
            if (threads.getQueue().size() >= QUEUED_MAX) {
                throw new Refused(
                        "TooManyRequestsException",
                        "You have exceeded the limit for the number of queries you can run concurrently."
                                + " %,d wait already".formatted(QUEUED_MAX));
            }
            forgetOldNowAndThen();
            executions.add(execution);
            enqueue(execution.id());
            return execution.id();
        } finally {
            changing.unlock();
        }
    }

    private QueryExecution execution(Submission submission) throws Refused {
        WorkGroup workGroup = workGroups.get(submission.workGroup());
        if (workGroup.state() == WorkGroup.State.DISABLED) {
            throw invalid("WorkGroup %s is disabled.".formatted(workGroup.name()));
        }
        String database = submission.database().orElse(Catalog.DEFAULT).toLowerCase(Locale.ROOT);
        Statement statement = parsed(submission, database);
        Location folder = output(submission, workGroup);
        String id = world.uuid().toString();
        String prefix = statement instanceof Statement.CreateTableAs ? "tables/" : "";
        return new QueryExecution(
                id,
                submission.query(),
                statement.kind(),
                workGroup.name(),
                database,
                folder.resolve(prefix + id + statement.kind().output().extension()),
                submission.parameters(),
                submission.token(),
                Progress.queued(world.now()));
    }

    private static Statement parsed(Submission submission, String database) throws Refused {
        try {
            return StatementParser.parse(submission.query(), database, submission.parameters());
        } catch (Syntax wrong) {
            throw invalid(wrong.getMessage());
        }
    }

    private static Location output(Submission submission, WorkGroup workGroup) throws Refused {
        if (workGroup.enforcement() == Enforcement.ENFORCED
                && workGroup.output().isPresent()) {
            return workGroup.output().get().folder();
        }
        if (submission.output().isPresent()) {
            return location(submission.output().get());
        }
        return workGroup
                .output()
                .orElseThrow(
                        () -> invalid(
                                "No output location provided. An output location is required either"
                                        + " through the Workgroup result configuration setting or as an API input."))
                .folder();
    }

    /// Where results can go.
    public static Location location(String uri) throws Refused {
        return Location.of(uri)
                .orElseThrow(() -> invalid(
                        "outputLocation is not a valid S3 path: '%s'. Use s3://bucket/folder/"
                                .formatted(uri)))
                .folder();
    }

    public QueryExecution get(String id) throws Refused {
        return executions
                .find(id)
                .orElseThrow(() -> invalid("QueryExecution %s was not found".formatted(id)));
    }

    /// Ids of a workgroup's queries, the newest first.
    public Ids list(String workGroup, Optional<String> position, int max) throws Refused {
        workGroups.get(workGroup);
        Executions.Page page = executions.list(workGroup, position, max);
        return new Ids(page.ids(), page.next());
    }

    /// @param next where the next page begins
    public record Ids(List<String> ids, Optional<String> next) {}

    /// Does nothing to a query that has ended.
    public void stop(String id) throws Refused, InterruptedException {
        changing.lock();
        try {
            QueryExecution execution = get(id);
            if (execution.progress().state() == State.QUEUED) {
                end(execution, State.CANCELLED, Optional.of(CANCELLED), Yield.NONE);
            }
        } finally {
            changing.unlock();
        }
        Optional.ofNullable(running.get(id)).ifPresent(Running::cancel);
    }

    /// Part of the rows that a query has left.
    public ResultPage results(QueryExecution execution, long position, int rowsMax)
            throws Refused, InterruptedException {
        switch (execution.progress().state()) {
            case SUCCEEDED -> {}
            case QUEUED, RUNNING ->
                throw invalid("Query has not yet finished. Current state: "
                        + execution.progress().state());
            case FAILED, CANCELLED ->
                throw invalid("Query did not finish successfully. Final query state: "
                        + execution.progress().state());
        }
        try {
            return ResultPage.read(objects, execution, position, rowsMax);
        } catch (IOException gone) {
            throw invalid("Could not read the result at %s: %s"
                    .formatted(execution.output(), gone.getMessage()));
        }
    }

    private void enqueue(String id) {
        threads.execute(() -> {
            try {
                run(id);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            } catch (StoreFailed known) {
                LOG.log(System.Logger.Level.DEBUG, "Query {0} ended with the store", id);
            } catch (RuntimeException defect) {
                LOG.log(System.Logger.Level.ERROR, "Query " + id + " ended with a defect", defect);
            }
        });
    }

    private void run(String id) throws InterruptedException {
        var own = new Running(Thread.currentThread());
        QueryExecution execution;
        changing.lock();
        try {
            QueryExecution waiting = executions.find(id).orElseThrow();
            if (closed || waiting.progress().state() != State.QUEUED) {
                return;
            }
            execution = waiting.with(waiting.progress().running(world.now()));
            running.put(id, own);
            executions.update(execution);
        } finally {
            changing.unlock();
        }
        Outcome outcome = outcome(execution, own);
        running.remove(id);
        own.end();
        if (outcome.state() == State.SUCCEEDED || !own.isCancelled()) {
            end(execution, outcome.state(), outcome.reason(), outcome.brought());
        } else if (!closed) {
            // Whatever it said when it was interrupted.
            end(execution, State.CANCELLED, Optional.of(CANCELLED), Yield.NONE);
        }
    }

    private record Outcome(State state, Optional<String> reason, Yield brought) {}

    private Outcome outcome(QueryExecution execution, Running own) {
        Path place = folder.resolve(execution.id());
        try {
            Files.createDirectories(place);
            OptionalLong bytesMax = workGroups
                    .find(execution.workGroup())
                    .flatMap(WorkGroup::scannedBytesMax)
                    .map(OptionalLong::of)
                    .orElse(OptionalLong.empty());
            Yield brought = runner.run(new Runner.Task(execution, place, bytesMax, own::started));
            return new Outcome(State.SUCCEEDED, Optional.empty(), brought);
        } catch (QueryFailed failed) {
            return new Outcome(State.FAILED, Optional.of(failed.getMessage()), Yield.NONE);
        } catch (InterruptedException stopped) {
            return new Outcome(State.CANCELLED, Optional.of(CANCELLED), Yield.NONE);
        } catch (IOException broken) {
            return new Outcome(
                    State.FAILED,
                    Optional.of("GENERIC_INTERNAL_ERROR: " + broken.getMessage()),
                    Yield.NONE);
        } catch (RuntimeException defect) {
            LOG.log(System.Logger.Level.ERROR, "Query " + execution.id() + " failed", defect);
            String message = "GENERIC_INTERNAL_ERROR: the server's log says more about query ";
            return new Outcome(State.FAILED, Optional.of(message + execution.id()), Yield.NONE);
        } finally {
            deleteQuietly(place);
        }
    }

    private void end(QueryExecution execution, State state, Optional<String> reason, Yield brought)
            throws InterruptedException {
        executions.update(
                execution.with(execution.progress().ended(state, reason, world.now(), brought)));
    }

    private void resume() throws InterruptedException {
        Instant now = world.now();
        executions.forgetOld(workGroups.list().stream().map(WorkGroup::name).toList(), now);
        List<QueryExecution> active = executions.active().stream()
                .sorted(Comparator.comparing(execution -> execution.progress().submitted()))
                .toList();
        for (QueryExecution execution : active) {
            if (execution.progress().state() == State.QUEUED) {
                enqueue(execution.id());
            } else {
                String reason = "GENERIC_INTERNAL_ERROR: the server ended while the query ran";
                end(execution, State.FAILED, Optional.of(reason), Yield.NONE);
            }
        }
    }

    private void forgetOldNowAndThen() throws InterruptedException {
        submissions++;
        if (submissions % LOOK_EVERY == 0) {
            executions.forgetOld(
                    workGroups.list().stream().map(WorkGroup::name).toList(), world.now());
        }
    }

    private static Refused invalid(String message) {
        return new Refused("InvalidRequestException", message);
    }

    /// Ends what runs, which a later start finds failed.
    @Override
    public void close() {
        closed = true;
        threads.getQueue().clear();
        threads.shutdown();
        running.values().forEach(Running::cancel);
        try {
            if (!threads.awaitTermination(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "A query did not stop in time");
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            deleteAll(folder);
        } catch (IOException | UncheckedIOException left) {
            LOG.log(System.Logger.Level.WARNING, "Could not delete " + folder, left);
        }
    }

    /// A query on its thread.
    private static final class Running {
        private final Thread thread;
        private Optional<Session> session = Optional.empty();
        private boolean cancelled;
        private boolean ended;

        Running(Thread thread) {
            this.thread = thread;
        }

        synchronized void started(Session own) {
            session = Optional.of(own);
            if (cancelled) {
                own.cancel();
            }
        }

        synchronized boolean isCancelled() {
            return cancelled;
        }

        synchronized void cancel() {
            if (!ended) {
                cancelled = true;
                session.ifPresent(Session::cancel);
                thread.interrupt();
            }
        }

        /// The thread is another query's from now on.
        synchronized void end() {
            ended = true;
            boolean unused = Thread.interrupted();
        }
    }
}
