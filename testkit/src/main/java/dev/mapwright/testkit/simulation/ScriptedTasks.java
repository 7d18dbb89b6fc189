package dev.mapwright.testkit.simulation;

import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskNotStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskScheduled;
import dev.mapwright.engine.journal.Note.JobStarted;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.task.JobIntegration;
import dev.mapwright.engine.task.PunctualIntegration;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The outside world of a simulation: does what a Task's arguments say, and notices when it is
/// asked for something that it must not be asked for. Outlives the processes that call it.
public final class ScriptedTasks implements Integrations {
    private static final int HISTORY_MAX = 30_000;

    /// What a call comes to.
    enum Outcome {
        SUCCEED,
        FAIL,
        /// Fails at the first attempt and succeeds when it is retried.
        FAIL_FIRST,
        /// Fails for some inputs.
        FAIL_SOME,
        /// Succeeds in an execution that was redriven.
        FAIL_UNTIL_REDRIVEN,
        /// Never answers: the state's timeout ends it.
        HANG
    }

    private final Map<String, String> argumentsByKey = new HashMap<>();
    private final Map<String, Instant> jobs = new HashMap<>();
    private SimulatedWorld world;
    private MemoryStore store;
    private int processCount;

    /// From here on the calls come from this process.
    public void enter(SimulatedWorld process, MemoryStore itsStore) {
        processCount++;
        world = process;
        store = itsStore;
    }

    @Override
    public Optional<TaskIntegration> find(TaskResource resource) {
        return Optional.of(
                switch (resource.pattern()) {
                    case REQUEST_RESPONSE -> calls();
                    case RUN_A_JOB, RUN_A_JOB_2, WAIT_FOR_TOKEN -> new Jobs();
                });
    }

    /// For every second process one that keeps an eye on the time itself.
    private TaskIntegration calls() {
        PunctualIntegration punctual = this::call;
        return processCount % 2 == 0 ? punctual : punctual::call;
    }

    private Optional<Json> call(TaskRequest request, Instant until)
            throws TaskFailed, InterruptedException {
        check(request);
        Script script = Script.of(request);
        Instant returns = script.outcome == Outcome.HANG
                ? Instant.MAX
                : world.now().plusMillis(script.millis);
        if (returns.isAfter(until)) {
            world.sleepUntil(until);
            return Optional.empty();
        }
        world.sleepUntil(returns);
        return Optional.of(script.answer());
    }

    /// What was promised of every call: its request is durable before it is made, its key is never
    /// used for another request, and none is made whose outcome was recorded.
    private void check(TaskRequest request) {
        String key = request.idempotencyKey();
        Execution caller = store.execution(request.executionArn())
                .orElseThrow(() -> new Violation(
                        "%s is called by an execution that is not stored".formatted(key)));
        Violation.unless(!caller.status().hasEnded(), "%s is called after the end", key);
        String arguments = request.arguments().text();
        String before = argumentsByKey.putIfAbsent(key, arguments);
        Violation.unless(
                before == null || before.equals(arguments),
                "%s is used for %s and for %s",
                key,
                before,
                arguments);
        if (caller.type() == Execution.Type.EXPRESS) {
            return;
        }
        long scheduledId = Long.parseLong(key.substring(key.lastIndexOf('#') + 1));
        Violation.unless(
                key.equals(request.executionArn() + "#" + scheduledId),
                "%s is not a key of %s",
                key,
                request.executionArn());
        checkUnanswered(key, scheduledId, store.journal(caller.arn(), 1, HISTORY_MAX));
    }

    private static void checkUnanswered(String key, long scheduledId, List<Recorded> journal) {
        Recorded scheduled = journal.stream()
                .filter(line -> line.eventId() == scheduledId)
                .findFirst()
                .orElseThrow(
                        () -> new Violation("%s is called before it is durable".formatted(key)));
        Violation.unless(
                scheduled.entry() instanceof TaskScheduled, "%s is %s", key, scheduled.entry());
        Frame frame = scheduled.frame();
        journal.stream()
                .filter(line -> line.sequence() > scheduled.sequence())
                .filter(line -> line.frame().equals(frame))
                .filter(line -> line.entry() instanceof TaskEnded
                        || line.entry() instanceof TaskNotStarted
                        || line.entry() instanceof TaskScheduled)
                .findFirst()
                .ifPresent(line -> {
                    throw new Violation("%s is called again, but its outcome is recorded: %s"
                            .formatted(key, line));
                });
    }

    /// Jobs that run outside and are asked about; starting one twice with the same key gives the
    /// same one.
    private final class Jobs implements JobIntegration {
        @Override
        public Json call(TaskRequest request) {
            throw new Violation("a job is started and polled, not called: " + request);
        }

        @Override
        public Job start(TaskRequest request) throws InterruptedException {
            check(request);
            checkNotStarted(request);
            world.sleepUntil(world.now().plusMillis(1));
            Script script = Script.of(request);
            jobs.putIfAbsent(
                    request.idempotencyKey(),
                    script.outcome == Outcome.HANG
                            ? Instant.MAX
                            : world.now().plusMillis(script.millis));
            return new Job(request.idempotencyKey(), Json.EMPTY_OBJECT);
        }

        private void checkNotStarted(TaskRequest request) {
            String key = request.idempotencyKey();
            store.journal(request.executionArn(), 1, HISTORY_MAX).stream()
                    .filter(line ->
                            line.entry() instanceof JobStarted(String id, Json _) && id.equals(key))
                    .findFirst()
                    .ifPresent(line -> {
                        throw new Violation("the job %s is started again".formatted(key));
                    });
        }

        @Override
        public Optional<Json> poll(String jobId, TaskRequest request)
                throws TaskFailed, InterruptedException {
            Violation.unless(jobs.containsKey(jobId), "there is no job %s", jobId);
            check(request);
            world.sleepUntil(world.now().plusMillis(1));
            return world.now().isBefore(jobs.get(jobId))
                    ? Optional.empty()
                    : Optional.of(Script.of(request).answer());
        }

        @Override
        public void cancel(String jobId, TaskRequest request) {
            Violation.unless(jobs.containsKey(jobId), "there is no job %s", jobId);
        }
    }

    private record Script(
            Outcome outcome, int millis, int attempt, int redriveCount, String input) {
        /// What the record of a child says differently in every run.
        private static final Pattern TIMES_AND_NAMES = Pattern.compile(
                "\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

        static Script of(TaskRequest request) {
            var arguments = (Map<?, ?>) request.arguments().value();
            return new Script(
                    Outcome.valueOf((String) arguments.get("outcome")),
                    ((Number) arguments.get("millis")).intValue(),
                    ((Number) arguments.get("attempt")).intValue(),
                    ((Number) arguments.get("redriveCount")).intValue(),
                    TIMES_AND_NAMES
                            .matcher(Json.of(arguments.get("input")).text())
                            .replaceAll(""));
        }

        Json answer() throws TaskFailed {
            boolean fails =
                    switch (outcome) {
                        case SUCCEED, HANG -> false;
                        case FAIL -> true;
                        case FAIL_FIRST -> attempt == 0;
                        case FAIL_UNTIL_REDRIVEN -> redriveCount == 0;
                        case FAIL_SOME -> Math.floorMod(input.hashCode(), 3) == 0;
                    };
            if (fails) {
                throw TaskFailed.of("Boom", "drawn");
            }
            return Json.of(Math.floorMod(31 * input.hashCode() + millis, 1_000));
        }
    }
}
