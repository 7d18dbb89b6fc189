package dev.mapwright.server.api;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.execution.Settings;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.engine.maprun.WriteFailed;
import dev.mapwright.engine.statetest.StateTests;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.server.awsjson.JsonService;
import dev.mapwright.server.awsjson.Parameters;
import dev.mapwright.testkit.store.MemoryStore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The operations as clients call them, with JSON, over an engine that keeps everything in memory.
final class Api implements AutoCloseable {
    static final String ROLE = "arn:aws:iam::123456789012:role/r";
    static final String ORDERS = "arn:aws:states:us-east-1:123456789012:stateMachine:orders";

    private static final Place PLACE = new Place("aws", "us-east-1", "123456789012");

    /// Nothing can be called.
    private static final Integrations NONE = _ -> Optional.empty();

    private final Engine engine = new Engine(
            new SystemWorld(),
            new MemoryStore(),
            PLACE,
            NONE,
            dataset -> {
                throw new ReadFailed("no reader for " + dataset.resource());
            },
            (run, _, _, _) -> {
                throw new WriteFailed("no writer for " + run);
            },
            Settings.AWS);
    private final Operations operations =
            new Operations(engine, new StateTests(new SystemWorld(), NONE, PLACE), PLACE.region());

    /// @param request JSON in which `'` stands for `"`
    Map<String, Object> call(String operation, String request) throws Exception {
        return answer(operation, json(request));
    }

    private Map<String, Object> answer(String operation, Json request) throws Exception {
        var answer = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) json(operation, request).value())
                .forEach((name, value) -> answer.put((String) name, value));
        return answer;
    }

    private Json json(String operation, Json request) throws Exception {
        return operations
                .byName()
                .get(operation)
                .answer(new Parameters(request, JsonService.VALIDATION))
                .json();
    }

    /// The refusal as `Code: message`.
    String refusal(String operation, String request) {
        var refused = assertThrows(Refused.class, () -> answer(operation, json(request)));
        return refused.code() + ": " + refused.getMessage();
    }

    /// Creates the machine `orders` with a Pass state that results in `result`.
    Map<String, Object> create(String result, String others) throws Exception {
        return call(
                "CreateStateMachine",
                "{'name': 'orders', 'roleArn': '%s', 'definition': %s%s}"
                        .formatted(ROLE, definition(result), others));
    }

    /// The text of a definition, as a JSON text in which `'` stands for `"`.
    static String definition(String result) {
        return "'{\\'StartAt\\':\\'P\\',\\'States\\':{\\'P\\':{\\'Type\\':\\'Pass\\',\\'Result\\':\\'%s\\',\\'End\\':true}}}'"
                .formatted(result);
    }

    List<?> list(String operation, String request, String member) throws Exception {
        return (List<?>) call(operation, request).get(member);
    }

    private static Json json(String request) throws JsonSyntaxException {
        return Json.parse(request.replace('\'', '"'));
    }

    @Override
    public void close() {
        engine.shutDown();
    }
}
