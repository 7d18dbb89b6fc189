package dev.mapwright.testkit.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Machine;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.task.JobIntegration;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.engine.world.World;
import dev.mapwright.testkit.store.MemoryStore;
import dev.mapwright.testkit.world.SimulatedWorld;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// `.sync` Tasks that are over before their jobs are: the jobs are stopped, as far as that goes.
class GivenUpJobTest {
    private static final String TASK = """
            {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "End": true,
             "Parameters": {"JobName": "%s"}%s}""";

    @Test
    void theTimeOfTheTaskEndsItsJob() {
        simulate(alone(", \"TimeoutSeconds\": 5", ""), (machines, jobs, execution) -> {
            Execution ended = machines.await(execution);
            assertEquals(Status.FAILED, ended.status());
            assertEquals(Optional.of(Failure.of("States.Timeout")), ended.failure());
            assertEquals(Set.of("one"), jobs.cancelled);
        });
    }

    @Test
    void aStartThatDoesNotReturnIsGivenUpWhenTheTimeOfTheTaskIsOver() {
        String definition = alone(", \"TimeoutSeconds\": 5", "").replace("\"one\"", "\"stuck\"");
        simulate(definition, (machines, _, execution) -> {
            Execution ended = machines.await(execution);
            assertEquals(Optional.of(Failure.of("States.Timeout")), ended.failure());
            assertTrue(
                    ended.endedAt().orElseThrow().isBefore(execution.startedAt().plusSeconds(6)));
        });
    }

    @Test
    void aQuestionThatIsNotAnsweredIsGivenUpWhenTheTimeOfTheTaskIsOver() {
        String definition = alone(", \"TimeoutSeconds\": 5", "").replace("\"one\"", "\"silent\"");
        simulate(definition, (machines, jobs, execution) -> {
            Execution ended = machines.await(execution);
            assertEquals(Optional.of(Failure.of("States.Timeout")), ended.failure());
            assertEquals(Set.of("silent"), jobs.cancelled);
        });
    }

    @Test
    void theTimeOfTheExecutionEndsItsJob() {
        simulate(alone("", ", \"TimeoutSeconds\": 5"), (machines, jobs, execution) -> {
            assertEquals(Status.TIMED_OUT, machines.await(execution).status());
            assertEquals(Set.of("one"), jobs.cancelled);
        });
    }

    @Test
    void theTimeOfTheExecutionEndsTheJobsOfAllBranches() {
        String definition = """
                {"TimeoutSeconds": 5, "StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
                  {"StartAt": "A", "States": {"A": %s}},
                  {"StartAt": "B", "States": {"B": %s}}]}}}""".formatted(TASK.formatted("one", ""), TASK.formatted("two", ""));
        simulate(definition, (machines, jobs, execution) -> {
            assertEquals(Status.TIMED_OUT, machines.await(execution).status());
            assertEquals(Set.of("one", "two"), jobs.cancelled);
        });
    }

    @Test
    void aStoppedExecutionEndsItsJob() {
        simulate(alone("", ""), (machines, jobs, execution) -> {
            machines.pass(Duration.ofSeconds(3));
            machines.stop(execution);
            assertEquals(Status.ABORTED, machines.await(execution).status());
            assertEquals(Set.of("one"), jobs.cancelled);
        });
    }

    @Test
    void aJobThatCannotBeStoppedDoesNotChangeHowTheTaskEnds() {
        String definition =
                alone(", \"TimeoutSeconds\": 5", "").replace("\"one\"", "\"unstoppable\"");
        simulate(definition, (machines, _, execution) -> {
            Execution ended = machines.await(execution);
            assertEquals(Optional.of(Failure.of("States.Timeout")), ended.failure());
        });
    }

    @Test
    void aJobThatDidNotBeginIsToldAsAFailedSubmission() {
        String definition = alone("", "").replace("\"one\"", "\"busy\"");
        simulate(definition, (machines, _, execution) -> {
            Execution ended = machines.await(execution);
            assertEquals(
                    Optional.of(Failure.of("Glue.ConcurrentRunsExceededException", "busy")),
                    ended.failure());
            assertEquals("""
                    1 <- 0 ExecutionStarted
                    2 <- 0 TaskStateEntered A
                    3 <- 2 TaskScheduled startJobRun.sync
                    4 <- 3 TaskStarted
                    5 <- 4 TaskSubmitFailed
                    6 <- 5 ExecutionFailed
                    """, machines.history(ended));
        });
    }

    private static String alone(String ofTask, String ofMachine) {
        return """
                {"StartAt": "A", "States": {"A": %s}%s}""".formatted(TASK.formatted("one", ofTask), ofMachine);
    }

    private static void simulate(String definition, Simulation simulation) {
        var world = new SimulatedWorld(11);
        world.run(() -> {
            var jobs = new EndlessJobs(world);
            var machines = new Machines(world, new MemoryStore(world), _ -> Optional.of(jobs));
            Machine machine = machines.create("m", Execution.Type.STANDARD, definition);
            simulation.run(machines, jobs, machines.start(machine, "e", "{}"));
        });
    }

    private interface Simulation {
        void run(Machines machines, EndlessJobs jobs, Execution execution)
                throws InterruptedException;
    }

    /// Jobs that nothing ends but a cancellation, which takes a while.
    private static final class EndlessJobs implements JobIntegration {
        private static final Duration A_LONG_TIME = Duration.ofMinutes(1);

        private final World world;
        final Set<String> cancelled = new TreeSet<>();

        EndlessJobs(World world) {
            this.world = world;
        }

        @Override
        public Json call(TaskRequest request) {
            throw new AssertionError("a job is started, not called");
        }

        @Override
        public Job start(TaskRequest request) throws TaskFailed, InterruptedException {
            String name = request.arguments().text().replaceAll(".*:\"(.*)\"}", "$1");
            if (name.equals("busy")) {
                throw TaskFailed.of("Glue.ConcurrentRunsExceededException", "busy");
            }
            if (name.equals("stuck")) {
                world.sleepUntil(world.now().plus(A_LONG_TIME));
            }
            return new Job(name, Json.EMPTY_OBJECT);
        }

        @Override
        public Optional<Json> poll(String jobId, TaskRequest request) throws InterruptedException {
            if (jobId.equals("silent")) {
                world.sleepUntil(world.now().plus(A_LONG_TIME));
            }
            return Optional.empty();
        }

        @Override
        public void cancel(String jobId, TaskRequest request)
                throws TaskFailed, InterruptedException {
            world.sleepUntil(world.now().plusMillis(jobId.equals("one") ? 20 : 50));
            if (jobId.equals("unstoppable")) {
                throw TaskFailed.of("Glue.InvalidInputException", "The job run has ended");
            }
            cancelled.add(jobId);
        }
    }
}
