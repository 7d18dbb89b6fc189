package dev.mapwright.testkit.corpus;

import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Activities.Work;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.Item;
import dev.mapwright.engine.maprun.ItemReader;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.task.JobIntegration;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Everything that a definition can call, read or wait for. Knows every resource, and answers each
/// with `{}` or with a named error, as its temper and its seed decide.
final class Outside implements Integrations, JobIntegration {
    enum Temper {
        /// Every answer is `{}`.
        FRIENDLY,
        /// Every third answer is an error.
        MOODY
    }

    /// Names that definitions of the corpus retry or catch, and some that they do not.
    private static final List<String> ERRORS = List.of(
            "Boom",
            "CardDeclined",
            "DynamoDB.ConditionalCheckFailedException",
            "Lambda.ServiceException",
            "S3.NoSuchBucketException",
            "States.Http.StatusCode.404",
            "States.Permissions",
            "States.TaskFailed",
            "States.Timeout");

    private static final Json DATASET = Json.ofText("""
            [{"Key": "a.jpg", "Size": 1, "id": "1", "record": {"Data": "x"}}, {"Key": "b"}, {}, 7]""");

    private final World world;
    private final Temper temper;
    private final RandomGenerator random;
    private Optional<Engine> engine = Optional.empty();

    Outside(World world, Temper temper, long seed) {
        this.world = world;
        this.temper = temper;
        this.random = new SplittableRandom(seed);
    }

    /// From here on callbacks and activities are answered.
    void attend(Engine itsEngine) {
        engine = Optional.of(itsEngine);
    }

    @Override
    public Optional<TaskIntegration> find(TaskResource resource) {
        return Optional.of(this);
    }

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        pause();
        Json answer = answer();
        request.taskToken()
                .ifPresent(token -> world.start("answer", () -> {
                    pause();
                    answer(token);
                }));
        return answer;
    }

    @Override
    public Job start(TaskRequest request) throws TaskFailed, InterruptedException {
        return new Job(request.idempotencyKey(), call(request));
    }

    @Override
    public Optional<Json> poll(String jobId, TaskRequest request)
            throws TaskFailed, InterruptedException {
        pause();
        return random.nextBoolean() ? Optional.empty() : Optional.of(answer());
    }

    @Override
    public void cancel(String jobId, TaskRequest request) {}

    /// Works at an activity for as long as the world turns.
    void workAt(String activityArn) throws InterruptedException {
        while (true) {
            try {
                Optional<Work> work =
                        engine.orElseThrow().activities().take(activityArn, Optional.of("worker"));
                pause();
                if (work.isPresent()) {
                    answer(work.get().token());
                }
            } catch (Refused refused) {
                throw new AssertionError(refused.code() + ": " + refused.getMessage());
            }
        }
    }

    ItemReader reader(Dataset.Read dataset) throws ReadFailed {
        if (isAngry()) {
            throw new ReadFailed("there is no " + dataset.arguments().text());
        }
        return (_, position) -> new Items(position.map(Integer::valueOf).orElse(0));
    }

    private Json answer() throws TaskFailed {
        if (isAngry()) {
            throw TaskFailed.of(error(), "a bad mood");
        }
        return Json.EMPTY_OBJECT;
    }

    private void answer(String token) throws InterruptedException {
        var answers = engine.orElseThrow().answers();
        try {
            if (isAngry()) {
                answers.fail(token, Failure.of(error(), "a bad mood"));
            } else {
                answers.succeed(token, Json.EMPTY_OBJECT);
            }
        } catch (Refused refused) {
            // It has timed out or was aborted meanwhile.
            if (!refused.code().equals("TaskTimedOut")) {
                throw new AssertionError(refused.code() + ": " + refused.getMessage());
            }
        }
    }

    private boolean isAngry() {
        return switch (temper) {
            case FRIENDLY -> false;
            case MOODY -> random.nextInt(3) == 0;
        };
    }

    private String error() {
        return ERRORS.get(random.nextInt(ERRORS.size()));
    }

    private void pause() throws InterruptedException {
        world.sleepUntil(world.now().plus(Duration.ofMillis(1 + random.nextInt(5_000))));
    }

    /// The same few items whatever the dataset.
    private static final class Items implements ItemSource {
        private final List<?> items = (List<?>) DATASET.value();
        private int next;

        private Items(int next) {
            this.next = next;
        }

        @Override
        public Optional<Item> next() {
            if (next == items.size()) {
                return Optional.empty();
            }
            var item = new Item(next, Optional.empty(), Json.of(items.get(next)), "s3://b/k");
            next++;
            return Optional.of(item);
        }

        @Override
        public String position() {
            return Integer.toString(next);
        }

        @Override
        public void close() {}
    }
}
