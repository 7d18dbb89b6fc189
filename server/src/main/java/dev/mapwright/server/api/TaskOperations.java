package dev.mapwright.server.api;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.execution.TaskAnswers;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.util.Optional;

/// Operations with which whoever holds a task's token says how the task goes.
final class TaskOperations {
    private static final int TOKEN_CHARS_MAX = 2_048;
    private static final int ERROR_CHARS_MAX = 256;
    private static final int CAUSE_CHARS_MAX = 32_768;

    private final TaskAnswers answers;
    private final int payloadBytesMax;

    TaskOperations(TaskAnswers answers, int payloadBytesMax) {
        this.answers = answers;
        this.payloadBytesMax = payloadBytesMax;
    }

    Members succeed(Parameters in) throws Refused, InterruptedException {
        String token = in.required("taskToken", TOKEN_CHARS_MAX);
        String output = in.required("output", payloadBytesMax);
        in.check();
        TaskAnswers.check(token);
        answers.succeed(token, output(output));
        return new Members();
    }

    private Json output(String text) throws Refused {
        try {
            Json output = Json.parse(text);
            if (output.bytes() > payloadBytesMax) {
                throw invalidOutput("%,d bytes exceed the limit of %,d bytes"
                        .formatted(output.bytes(), payloadBytesMax));
            }
            return output;
        } catch (JsonSyntaxException notJson) {
            throw invalidOutput(notJson.getMessage());
        }
    }

    private static Refused invalidOutput(String why) {
        return new Refused("InvalidOutput", "Invalid Output: '%s'".formatted(why));
    }

    Members fail(Parameters in) throws Refused, InterruptedException {
        String token = in.required("taskToken", TOKEN_CHARS_MAX);
        Optional<String> error = in.text("error", 0, ERROR_CHARS_MAX);
        Optional<String> cause = in.text("cause", 0, CAUSE_CHARS_MAX);
        in.check();
        answers.fail(token, new Failure(error, cause));
        return new Members();
    }

    Members heartbeat(Parameters in) throws Refused, InterruptedException {
        String token = in.required("taskToken", TOKEN_CHARS_MAX);
        in.check();
        answers.heartbeat(token);
        return new Members();
    }
}
