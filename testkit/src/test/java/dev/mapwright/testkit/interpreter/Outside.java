package dev.mapwright.testkit.interpreter;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Activities.Work;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Those outside who are told tokens and answer them: the service that is called with one, and the
/// workers of activities.
final class Outside implements TaskIntegration {
    private final World world;
    private final Duration callTakes;
    private final List<String> tokens = new ArrayList<>();

    /// What the calls were made with.
    final List<String> arguments = new ArrayList<>();

    Outside(World world, Duration callTakes) {
        this.world = world;
        this.callTakes = callTakes;
    }

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        tokens.add(request.taskToken().orElseThrow());
        arguments.add(request.arguments().text());
        world.sleepUntil(world.now().plus(callTakes));
        return Json.ofText("{\"MessageId\":\"1\"}");
    }

    /// The token that came `index`-th, from 0; waits for it.
    String token(int index) throws InterruptedException {
        while (tokens.size() <= index) {
            pass(Duration.ofMillis(10));
        }
        return tokens.get(index);
    }

    void pass(Duration time) throws InterruptedException {
        world.sleepUntil(world.now().plus(time));
    }

    Instant now() {
        return world.now();
    }

    static Optional<String> succeed(Machines machines, String token, String output)
            throws InterruptedException {
        return refusal(() -> machines.engine().answers().succeed(token, Json.ofText(output)));
    }

    static Optional<String> fail(Machines machines, String token, Failure failure)
            throws InterruptedException {
        return refusal(() -> machines.engine().answers().fail(token, failure));
    }

    static Optional<String> beat(Machines machines, String token) throws InterruptedException {
        return refusal(() -> machines.engine().answers().heartbeat(token));
    }

    static Optional<Work> work(Machines machines, String activityArn) throws InterruptedException {
        try {
            return machines.engine().activities().take(activityArn, Optional.of("worker"));
        } catch (Refused refused) {
            throw new AssertionError(refused.code() + ": " + refused.getMessage());
        }
    }

    private static Optional<String> refusal(Answer answer) throws InterruptedException {
        try {
            answer.send();
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(refused.code() + ": " + refused.getMessage());
        }
    }

    private interface Answer {
        void send() throws Refused, InterruptedException;
    }
}
