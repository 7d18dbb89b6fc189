package dev.mapwright.server.api;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.statetest.Mock;
import dev.mapwright.engine.statetest.StateTest;
import dev.mapwright.engine.statetest.StateTests;
import dev.mapwright.engine.statetest.Tested;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// TestState: one state, tried alone.
final class TestOperations {
    private static final int NAME_CHARS_MAX = 80;
    private static final int ERROR_CHARS_MAX = 256;
    private static final int CAUSE_CHARS_MAX = 32_768;

    private enum InspectionLevel {
        INFO,
        DEBUG,
        TRACE
    }

    private final StateTests tests;

    TestOperations(StateTests tests) {
        this.tests = tests;
    }

    private record Request(StateTest test, InspectionLevel level, boolean revealsSecrets) {}

    Members test(Parameters in) throws Refused, InterruptedException {
        Request request = request(in);
        Tested tested = tests.run(request.test());
        var members = new Members()
                .with("output", tested.output().map(Json::text))
                .with("error", tested.failure().flatMap(Failure::error))
                .with("cause", tested.failure().flatMap(Failure::cause))
                .with("nextState", tested.nextState())
                .with("status", tested.status().name());
        return switch (request.level()) {
            case INFO -> members;
            case DEBUG -> members.with("inspectionData", shown(tested.inspection()));
            case TRACE -> members.with("inspectionData", traced(tested, request.revealsSecrets()));
        };
    }

    private static Request request(Parameters in) throws Refused {
        String definition = in.required("definition", Quotas.DEFINITION_CHARS_MAX);
        Optional<String> roleArn = in.text("roleArn", Parameters.ARN_CHARS_MAX);
        Optional<String> input = payload(in, "input");
        InspectionLevel level = in.choice(
                        "inspectionLevel",
                        InspectionLevel.INFO,
                        InspectionLevel.DEBUG,
                        InspectionLevel.TRACE)
                .orElse(InspectionLevel.INFO);
        boolean revealsSecrets = in.flag("revealSecrets").orElse(false);
        Optional<String> variables = payload(in, "variables");
        Optional<String> stateName = in.text("stateName", NAME_CHARS_MAX);
        Optional<Parameters> mock = in.object("mock");
        Optional<MockText> mocked =
                mock.isEmpty() ? Optional.empty() : Optional.of(read(mock.get()));
        Optional<String> context = payload(in, "context");
        Optional<Parameters> configuration = in.object("stateConfiguration");
        StateTest.Settings settings =
                configuration.isEmpty() ? StateTest.Settings.NONE : settings(configuration.get());
        in.check();
        if (mocked.isPresent() && revealsSecrets) {
            throw invalid("TestState does not support RevealSecrets when a mock is specified.");
        }
        var test = new StateTest(
                definition,
                stateName,
                ExecutionOperations.input(input, Quotas.PAYLOAD_BYTES_MAX),
                json("context", context),
                roleArn,
                variables(variables),
                mocked.isEmpty() ? Optional.empty() : Optional.of(mocked.get().mock()),
                settings);
        return new Request(test, level, revealsSecrets);
    }

    /// With what an HTTP Task sent and got; its secrets only where they are asked for.
    private static Map<String, Object> traced(Tested tested, boolean revealsSecrets) {
        Map<String, Object> traced = shown(tested.inspection());
        tested.exchange().ifPresent(exchange -> {
            traced.put("request", revealsSecrets ? exchange.secretRequest() : exchange.request());
            if (!exchange.response().isEmpty()) {
                traced.put("response", exchange.response());
            }
        });
        return traced;
    }

    private static Map<String, Object> shown(Map<String, Object> inspection) {
        var shown = new LinkedHashMap<String, Object>();
        inspection.forEach(
                (name, value) -> shown.put(name, value instanceof Json json ? json.text() : value));
        return shown;
    }

    /// A mock as it was written.
    private record MockText(
            Optional<String> result,
            Mock.FieldValidation validation,
            Optional<Failure> errorOutput) {
        Mock mock() throws Refused {
            if (result.isPresent() == errorOutput.isPresent()) {
                throw invalid(
                        "A test mock should have only one of the following fields: [result, errorOutput].");
            }
            return errorOutput.isPresent()
                    ? new Mock.ErrorOutput(errorOutput.get())
                    : new Mock.Result(json("mock.result", result).orElseThrow(), validation);
        }
    }

    private static MockText read(Parameters mock) throws Refused {
        Optional<String> result = payload(mock, "result");
        Mock.FieldValidation validation = mock.choice(
                        "fieldValidationMode",
                        Mock.FieldValidation.STRICT,
                        Mock.FieldValidation.PRESENT,
                        Mock.FieldValidation.NONE)
                .orElse(Mock.FieldValidation.STRICT);
        Optional<Parameters> errorOutput = mock.object("errorOutput");
        if (errorOutput.isEmpty()) {
            return new MockText(result, validation, Optional.empty());
        }
        Optional<String> error = errorOutput.get().text("error", 0, ERROR_CHARS_MAX);
        Optional<String> cause = errorOutput.get().text("cause", 0, CAUSE_CHARS_MAX);
        return new MockText(result, validation, Optional.of(new Failure(error, cause)));
    }

    private static StateTest.Settings settings(Parameters configuration) throws Refused {
        Optional<String> readerData = payload(configuration, "mapItemReaderData");
        return new StateTest.Settings(
                configuration
                        .number("retrierRetryCount", 0, Integer.MAX_VALUE)
                        .map(Long::intValue)
                        .orElse(0),
                configuration.text("errorCausedByState", NAME_CHARS_MAX),
                configuration.number("mapIterationFailureCount", 0, Integer.MAX_VALUE),
                json("stateConfiguration.mapItemReaderData", readerData));
    }

    private static Map<String, Json> variables(Optional<String> text) throws Refused {
        Json given = json("variables", text).orElse(Json.EMPTY_OBJECT);
        if (!(given.value() instanceof Map<?, ?> members)) {
            throw invalid("The member 'variables' must be a JSON object.");
        }
        var variables = new LinkedHashMap<String, Json>();
        members.forEach((name, value) -> variables.put((String) name, Json.of(value)));
        return variables;
    }

    private static Optional<String> payload(Parameters in, String name) throws Refused {
        return in.text(name, 0, Quotas.PAYLOAD_BYTES_MAX);
    }

    private static Optional<Json> json(String name, Optional<String> text) throws Refused {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.parse(text.get()));
        } catch (JsonSyntaxException notJson) {
            throw invalid("The member '%s' is not JSON: %s".formatted(name, notJson.getMessage()));
        }
    }

    private static Refused invalid(String message) {
        return new Refused("ValidationException", message);
    }
}
