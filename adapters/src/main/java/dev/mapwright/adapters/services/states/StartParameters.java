package dev.mapwright.adapters.services.states;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.execution.Executions.Start;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/// What a Task's arguments ask to be started.
///
/// The trace header of an execution that the Task names has, as X-Ray's `Parent`, the call that
/// started it. So a call that is made again after a crash knows the execution that it has already
/// started from one of the same name that somebody else did. Any other is named after the call.
final class StartParameters {
    private static final String MACHINE = "StateMachineArn";
    private static final String NAME = "Name";
    private static final String INPUT = "Input";
    private static final String TRACE_HEADER = "TraceHeader";
    private static final Set<String> MEMBERS = Set.of(MACHINE, NAME, INPUT, TRACE_HEADER);

    private static final Pattern MACHINE_ARN =
            Pattern.compile("arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:stateMachine:\\S+");

    /// X-Ray's ids of segments have 64 bits.
    private static final int PARENT_BYTES = 8;

    private final TaskRequest request;
    private final Map<?, ?> arguments;

    private StartParameters(TaskRequest request, Map<?, ?> arguments) {
        this.request = request;
        this.arguments = arguments;
    }

    static Start of(TaskRequest request) throws TaskFailed, Refused {
        if (!(request.arguments().value() instanceof Map<?, ?> arguments)) {
            throw request.unusable("The value of the Parameters must be an OBJECT");
        }
        return new StartParameters(request, arguments).start();
    }

    private Start start() throws TaskFailed, Refused {
        for (Object name : arguments.keySet()) {
            if (!MEMBERS.contains(name)) {
                throw request.unusable(
                        "The field \"%s\" is not supported by Step Functions".formatted(name));
            }
        }
        String machineArn = text(MACHINE)
                .orElseThrow(() -> request.unusable(
                        "The field '%s' is required but was missing".formatted(MACHINE)));
        if (!MACHINE_ARN.matcher(machineArn).matches()) {
            throw new Refused("InvalidArn", "Invalid Arn: '%s'".formatted(machineArn));
        }
        Optional<String> given = text(NAME);
        return new Start(
                machineArn,
                Optional.of(given.orElseGet(this::derivedName)),
                input(),
                given.isPresent() ? Optional.of(marked()) : text(TRACE_HEADER));
    }

    private Optional<String> text(String member) throws TaskFailed {
        return switch (arguments.get(member)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            case Object _ ->
                throw request.unusable(
                        "The value for the field '%s' must be a STRING".formatted(member));
        };
    }

    private String derivedName() {
        return UUID.nameUUIDFromBytes(key()).toString();
    }

    /// A string is the input's text, anything else is the input itself, and null is none.
    private Json input() throws Refused {
        Object input = arguments.get(INPUT);
        if (input == null) {
            return Json.EMPTY_OBJECT;
        }
        if (!(input instanceof String text)) {
            return Json.of(input);
        }
        try {
            return Json.parse(text);
        } catch (JsonSyntaxException notJson) {
            throw new Refused(
                    "InvalidExecutionInput",
                    "Invalid State Machine Execution Input: '%s'".formatted(notJson.getMessage()));
        }
    }

    private String marked() throws TaskFailed {
        String parent = HexFormat.of().formatHex(digest(), 0, PARENT_BYTES);
        return text(TRACE_HEADER).map(header -> header + ";").orElse("") + "Parent=" + parent;
    }

    private byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private byte[] key() {
        return request.idempotencyKey().getBytes(StandardCharsets.UTF_8);
    }
}
