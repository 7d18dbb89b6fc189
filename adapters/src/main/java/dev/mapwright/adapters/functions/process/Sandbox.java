package dev.mapwright.adapters.functions.process;

import dev.mapwright.adapters.functions.invocation.Invocation;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.adapters.functions.invocation.LogTail;
import dev.mapwright.adapters.functions.invocation.PlatformError;
import dev.mapwright.adapters.functions.log.FunctionLog;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/// One process of a function, which takes one event after the other. Lambda calls it an execution
/// environment. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
final class Sandbox {
    /// How long a process may take until it asks for its first event. Lambda allows ten seconds,
    /// on machines that do little else.
    private static final Duration INIT_PATIENCE = Duration.ofSeconds(60);

    private static final String EXIT_SIGNAL_KILLED = "signal: killed";
    private static final int STATUS_KILLED = 137;

    private final World world;
    private final Program program;
    private final Process process;
    private final RuntimeApi api;
    private final ProcessOutput output;
    private final Usage usage;
    private final Inbox<RuntimeApi.Event> events;
    private final Inbox<Report> reports;
    private final Conversation conversation;
    private Instant idleSince;

    /// What a process tells, in the order in which it does.
    private sealed interface Report {
        record Ready() implements Report {}

        record Returned(byte[] payload) implements Report {}

        record ReturnedTooMuch() implements Report {}

        record Failed(byte[] error) implements Report {}

        record Exited(int status) implements Report {}
    }

    /// Whether a sandbox can be used.
    sealed interface Init {
        record Ready() implements Init {}

        /// @param error what the caller of the function is to get
        record Failed(byte[] error) implements Init {}
    }

    private Sandbox(
            World world,
            Program program,
            Process process,
            RuntimeApi api,
            Conversation conversation,
            FunctionLog log) {
        this.world = world;
        this.program = program;
        this.process = process;
        this.api = api;
        this.conversation = conversation;
        this.events = conversation.events;
        this.reports = conversation.reports;
        this.output = new ProcessOutput(log);
        this.usage = new Usage(process);
        this.idleSince = world.now();
    }

    /// Starts the process, which is then to be waited for.
    ///
    /// @throws IOException if the system cannot run it
    static Sandbox start(World world, Launcher launcher, Program program, FunctionLog log)
            throws IOException {
        var conversation = new Conversation(world.inbox(), world.inbox());
        RuntimeApi api = RuntimeApi.open(world, conversation);
        try {
            Process process = launcher.start(program, api.address());
            var sandbox = new Sandbox(world, program, process, api, conversation, log);
            world.start(
                    "output of " + program.name(),
                    () -> sandbox.output.collect(process.getInputStream()));
            process.onExit()
                    .thenAccept(ended ->
                            conversation.reports.put(new Report.Exited(ended.exitValue())));
            return sandbox;
        } catch (IOException impossible) {
            api.close();
            throw impossible;
        }
    }

    /// Waits until the process asks for an event.
    Init init(String requestId) throws InterruptedException {
        Optional<Report> report = reports.take(world.now().plus(INIT_PATIENCE));
        if (report.isEmpty()) {
            return new Init.Failed(PlatformError.timedOut(requestId, INIT_PATIENCE));
        }
        return switch (report.get()) {
            case Report.Ready() -> new Init.Ready();
            case Report.Failed(byte[] error) -> new Init.Failed(error);
            case Report.Exited(int status) -> new Init.Failed(exited(requestId, status));
            case Report.Returned _, Report.ReturnedTooMuch _ ->
                throw new IllegalStateException("expected no answer before an event");
        };
    }

    /// Hands the event over and waits for what comes of it; or empty if the process had ended
    /// before it took the event.
    ///
    /// @param initMillis how long the start took, if it was for this invocation
    Optional<Invoked> invoke(Invocation invocation, Optional<Double> initMillis)
            throws InterruptedException {
        Instant deadline = world.now().plus(program.timeout());
        long begun = System.nanoTime();
        output.begin();
        output.platform("START RequestId: %s Version: %s"
                .formatted(invocation.requestId(), program.version()));
        conversation.expect(invocation.requestId());
        events.put(event(invocation, deadline));
        Optional<Report> report = reports.take(deadline);
        boolean gone = report.filter(Report.Exited.class::isInstance).isPresent();
        if (gone && !conversation.wasTaken()) {
            return Optional.empty();
        }
        Optional<Invoked> invoked = Optional.of(outcome(invocation, report));
        if (invoked.get() instanceof Invoked.Failed) {
            output.settle();
        }
        output.platform(
                "END RequestId: " + invocation.requestId(),
                usage.report(invocation.requestId(), begun, program, initMillis));
        idleSince = world.now();
        return invoked;
    }

    private Invoked outcome(Invocation invocation, Optional<Report> report) {
        LogTail tail = output.tail();
        if (report.isEmpty()) {
            end();
            return new Invoked.Failed(
                    PlatformError.timedOut(invocation.requestId(), program.timeout()), tail);
        }
        return switch (report.get()) {
            case Report.Returned(byte[] payload) -> new Invoked.Returned(payload, tail);
            case Report.Failed(byte[] error) -> new Invoked.Failed(error, tail);
            case Report.ReturnedTooMuch() ->
                new Invoked.Failed(
                        PlatformError.responseTooLarge(RuntimeRequest.BODY_BYTES_MAX), tail);
            case Report.Exited(int status) ->
                new Invoked.Failed(exited(invocation.requestId(), status), tail);
            case Report.Ready() ->
                throw new IllegalStateException("expected a process to become ready once");
        };
    }

    private static byte[] exited(String requestId, int status) {
        String reason = status == 0
                ? "Runtime exited without providing a reason"
                : "Runtime exited with error: "
                        + (status == STATUS_KILLED ? EXIT_SIGNAL_KILLED : "exit status " + status);
        return PlatformError.EXITED.of(requestId, reason);
    }

    private static RuntimeApi.Event event(Invocation invocation, Instant deadline) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(deadline.toEpochMilli()));
        headers.put("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
        headers.put("Lambda-Runtime-Trace-Id", invocation.trace());
        invocation
                .clientContext()
                .ifPresent(context -> headers.put("Lambda-Runtime-Client-Context", context));
        return new RuntimeApi.Event(headers, invocation.payload());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    LogTail log() {
        return output.tail();
    }

    void settle() throws InterruptedException {
        output.settle();
    }

    Instant idleSince() {
        return idleSince;
    }

    /// Ends the process and whatever it has started.
    void end() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.getOutputStream().close();
        } catch (IOException closed) {
            // The process has ended already.
        }
        api.close();
    }

    /// The process's side of the Runtime API: what it may call when.
    private static final class Conversation implements RuntimeApi.Host {
        private final Inbox<RuntimeApi.Event> events;
        private final Inbox<Report> reports;
        private boolean ready;
        private boolean taken;
        private Optional<String> requestId = Optional.empty();

        Conversation(Inbox<RuntimeApi.Event> events, Inbox<Report> reports) {
            this.events = events;
            this.reports = reports;
        }

        synchronized void expect(String newRequestId) {
            requestId = Optional.of(newRequestId);
            taken = false;
        }

        synchronized boolean wasTaken() {
            return taken;
        }

        @Override
        public RuntimeApi.Event next() throws RuntimeApi.OutOfTurn, InterruptedException {
            synchronized (this) {
                if (taken) {
                    throw outOfTurn();
                }
                if (!ready) {
                    ready = true;
                    reports.put(new Report.Ready());
                }
            }
            RuntimeApi.Event event = events.take(Instant.MAX).orElseThrow();
            synchronized (this) {
                taken = true;
            }
            return event;
        }

        @Override
        public void returned(String id, byte[] payload) throws RuntimeApi.OutOfTurn {
            answer(id, new Report.Returned(payload));
        }

        @Override
        public void returnedTooMuch(String id) throws RuntimeApi.OutOfTurn {
            answer(id, new Report.ReturnedTooMuch());
        }

        @Override
        public void failed(String id, byte[] error) throws RuntimeApi.OutOfTurn {
            answer(id, new Report.Failed(error));
        }

        private synchronized void answer(String id, Report report) throws RuntimeApi.OutOfTurn {
            if (!taken || requestId.filter(id::equals).isEmpty()) {
                throw new RuntimeApi.OutOfTurn(400, "InvalidRequestID", "Invalid request ID");
            }
            taken = false;
            requestId = Optional.empty();
            reports.put(report);
        }

        @Override
        public synchronized void initFailed(byte[] error) throws RuntimeApi.OutOfTurn {
            if (ready) {
                throw outOfTurn();
            }
            ready = true;
            reports.put(new Report.Failed(error));
        }

        private static RuntimeApi.OutOfTurn outOfTurn() {
            return new RuntimeApi.OutOfTurn(
                    403, "InvalidStateTransition", "Transition is not allowed");
        }
    }
}
