package dev.mapwright.adapters.functions.process;

import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.adapters.functions.invocation.Invocation;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.adapters.functions.invocation.Invoker;
import dev.mapwright.adapters.functions.invocation.LogTail;
import dev.mapwright.adapters.functions.invocation.PlatformError;
import dev.mapwright.adapters.functions.log.FunctionLog;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The processes of one version of a function: one more whenever all are busy, up to a limit; from
/// then on events wait for a process, the first come first.
///
/// As many strands as there are processes at work do what there is to do, each one event after the
/// other: where events wait, a process has its next one without any other strand being woken.
public final class ProcessPool implements Invoker {
    /// Events that wait for a process.
    private static final int WAITING_MAX = 10_000;

    /// Processes that were found to have ended since they were last used, for one event.
    private static final int ENDED_MAX = 100;

    private static final double NANOS_PER_MILLI = 1e6;

    private final World world;
    private final Launcher launcher;
    private final Program program;
    private final FunctionLog log;
    private final int processesMax;

    /// Guarded by this, as is all below.
    private final Deque<Job> waiting = new ArrayDeque<>();

    private int workers;

    /// The one used last is used next.
    private final Deque<Sandbox> idle = new ArrayDeque<>();

    private final List<Sandbox> all = new ArrayList<>();
    private boolean retired;
    private boolean closed;

    /// An event, and where its caller waits.
    private record Job(Invocation invocation, Inbox<Outcome> caller) {}

    private sealed interface Outcome {
        record Answered(Invoked invoked) implements Outcome {}

        record Refused(FunctionRefused refusal) implements Outcome {}

        record Broken() implements Outcome {}
    }

    /// A sandbox that is ready, or why there is none.
    private sealed interface Lease {
        record Granted(Sandbox sandbox, Optional<Double> initMillis) implements Lease {}

        record Failed(Invoked.Failed failure) implements Lease {}
    }

    /// @param processesMax how many may run at once
    public ProcessPool(
            World world, Launcher launcher, Program program, FunctionLog log, int processesMax) {
        this.world = world;
        this.launcher = launcher;
        this.program = program;
        this.log = log;
        this.processesMax = processesMax;
    }

    /// A caller that leaves, interrupted or at its time, leaves the function to do its work, as
    /// Lambda does; an event that has no process yet goes with its caller.
    @Override
    public Optional<Invoked> invoke(Invocation invocation, Instant until)
            throws FunctionRefused, InterruptedException {
        var job = new Job(invocation, world.inbox());
        if (hire(job)) {
            startWorker(job);
        }
        Optional<Outcome> outcome = outcome(job, until);
        return outcome.isEmpty() ? Optional.empty() : Optional.of(invoked(outcome.get()));
    }

    private Invoked invoked(Outcome outcome) throws FunctionRefused {
        return switch (outcome) {
            case Outcome.Answered(Invoked invoked) -> invoked;
            case Outcome.Refused(FunctionRefused refusal) -> throw refusal;
            case Outcome.Broken() ->
                throw new IllegalStateException("running the function %s broke; the log says how"
                        .formatted(program.name()));
        };
    }

    /// Whether one more strand may work; else the job waits for one.
    private synchronized boolean hire(Job job) throws FunctionRefused {
        if (workers < processesMax) {
            workers++;
            return true;
        }
        if (waiting.size() >= WAITING_MAX) {
            throw new FunctionRefused(Code.TOO_MANY_REQUESTS, "Rate Exceeded.");
        }
        waiting.add(job);
        return false;
    }

    private Optional<Outcome> outcome(Job job, Instant until) throws InterruptedException {
        Optional<Outcome> outcome = Optional.empty();
        try {
            outcome = job.caller().take(until);
        } finally {
            if (outcome.isEmpty()) {
                leave(job);
            }
        }
        return outcome;
    }

    private synchronized void leave(Job job) {
        waiting.remove(job);
    }

    private void startWorker(Job first) {
        world.start("function " + program.name(), () -> work(first));
    }

    /// A defect of ours ends this strand, but those that wait have another one.
    private void work(Job first) throws InterruptedException {
        Optional<Job> job = Optional.of(first);
        try {
            while (job.isPresent()) {
                perform(job.get());
                job = next();
            }
        } finally {
            if (job.isPresent()) {
                next().ifPresent(this::startWorker);
            }
        }
    }

    private void perform(Job job) throws InterruptedException {
        Outcome outcome = new Outcome.Broken();
        try {
            outcome = new Outcome.Answered(run(job.invocation()));
        } catch (FunctionRefused refusal) {
            outcome = new Outcome.Refused(refusal);
        } finally {
            job.caller().put(outcome);
        }
    }

    /// The job that has waited longest; where there is none the strand that asks has no more to do.
    private synchronized Optional<Job> next() {
        if (waiting.isEmpty()) {
            workers--;
        }
        return Optional.ofNullable(waiting.poll());
    }

    private Invoked run(Invocation invocation) throws FunctionRefused, InterruptedException {
        for (int ended = 0; ended < ENDED_MAX; ended++) {
            switch (lease(invocation)) {
                case Lease.Failed(Invoked.Failed failure) -> {
                    return shown(failure);
                }
                case Lease.Granted(Sandbox sandbox, Optional<Double> initMillis) -> {
                    Optional<Invoked> invoked = use(sandbox, invocation, initMillis);
                    if (invoked.isPresent()) {
                        return shown(invoked.get());
                    }
                }
            }
        }
        return new Invoked.Failed(
                PlatformError.EXITED.of(
                        invocation.requestId(),
                        "%d processes ended before they took the event".formatted(ENDED_MAX)),
                LogTail.NONE);
    }

    private Invoked shown(Invoked invoked) {
        if (invoked instanceof Invoked.Failed(byte[] error, var tail)) {
            log.show(new String(error, StandardCharsets.UTF_8), tail.text());
        }
        return invoked;
    }

    private Optional<Invoked> use(
            Sandbox sandbox, Invocation invocation, Optional<Double> initMillis)
            throws InterruptedException {
        try {
            return sandbox.invoke(invocation, initMillis);
        } finally {
            giveBack(sandbox);
        }
    }

    private Lease lease(Invocation invocation) throws FunctionRefused, InterruptedException {
        Optional<Sandbox> known = takeIdle();
        if (known.isPresent()) {
            return new Lease.Granted(known.get(), Optional.empty());
        }
        Optional<String> unusable = launcher.missingEntrypoint(program);
        if (unusable.isPresent()) {
            byte[] error = PlatformError.NO_ENTRYPOINT.of(invocation.requestId(), unusable.get());
            return new Lease.Failed(new Invoked.Failed(error, LogTail.NONE));
        }
        long begun = System.nanoTime();
        Sandbox sandbox;
        try {
            sandbox = Sandbox.start(world, launcher, program, log);
        } catch (IOException impossible) {
            throw new FunctionRefused(
                    Code.SERVICE,
                    "The function %s cannot be started: %s"
                            .formatted(program.name(), impossible.getMessage()));
        }
        add(sandbox);
        boolean usable = false;
        try {
            return switch (sandbox.init(invocation.requestId())) {
                case Sandbox.Init.Ready() -> {
                    usable = true;
                    double millis = (System.nanoTime() - begun) / NANOS_PER_MILLI;
                    yield new Lease.Granted(sandbox, Optional.of(millis));
                }
                case Sandbox.Init.Failed(byte[] error) -> {
                    sandbox.settle();
                    yield new Lease.Failed(new Invoked.Failed(error, sandbox.log()));
                }
            };
        } finally {
            if (!usable) {
                discard(sandbox);
            }
        }
    }

    private synchronized Optional<Sandbox> takeIdle() throws FunctionRefused {
        if (closed) {
            throw new FunctionRefused(
                    Code.SERVICE, "The server stops, and with it the function " + program.name());
        }
        return Optional.ofNullable(idle.pollFirst());
    }

    private void add(Sandbox sandbox) {
        boolean late;
        synchronized (this) {
            all.add(sandbox);
            late = closed;
        }
        if (late) {
            discard(sandbox);
        }
    }

    private void giveBack(Sandbox sandbox) {
        boolean kept;
        synchronized (this) {
            kept = !retired && !closed && sandbox.isAlive();
            if (kept) {
                idle.addFirst(sandbox);
            }
        }
        if (!kept) {
            discard(sandbox);
        }
    }

    private void discard(Sandbox sandbox) {
        synchronized (this) {
            all.remove(sandbox);
        }
        sandbox.end();
    }

    @Override
    public void rest(Instant before) {
        List<Sandbox> unused = new ArrayList<>();
        synchronized (this) {
            while (!idle.isEmpty() && idle.peekLast().idleSince().isBefore(before)) {
                unused.add(idle.pollLast());
            }
        }
        unused.forEach(this::discard);
    }

    @Override
    public void retire() {
        List<Sandbox> unused;
        synchronized (this) {
            retired = true;
            unused = List.copyOf(idle);
            idle.clear();
        }
        unused.forEach(this::discard);
    }

    @Override
    public void close() {
        List<Sandbox> left;
        synchronized (this) {
            closed = true;
            idle.clear();
            left = List.copyOf(all);
            all.clear();
        }
        left.forEach(Sandbox::end);
    }
}
