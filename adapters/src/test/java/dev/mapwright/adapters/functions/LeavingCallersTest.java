package dev.mapwright.adapters.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Callers that leave while they wait for a function that has two processes. It notes its
/// event's name in a file, and returns once the file `go` is there.
class LeavingCallersTest {
    private static final String CODE = """
            import os, time
            def handler(event, context):
                folder = event["folder"]
                with open(os.path.join(folder, "seen"), "a") as seen:
                    seen.write(event["name"] + "\\n")
                while not os.path.exists(os.path.join(folder, "go")):
                    time.sleep(0.01)
                with open(os.path.join(folder, "done-" + event["name"]), "w"):
                    return event["name"]
            """;

    @TempDir
    Path folder;

    private LocalLambda lambda;

    @BeforeEach
    void open() throws Exception {
        lambda = new LocalLambda(folder);
        lambda.python(CODE);
    }

    @AfterEach
    void close() {
        lambda.close();
    }

    @Test
    void leaveTheFunctionToDoItsWork() throws Exception {
        Thread caller = call("a");
        awaitSeen("a");
        caller.interrupt();
        caller.join();
        Files.createFile(folder.resolve("go"));
        await(folder.resolve("done-a"));
    }

    @Test
    void takeTheirEventsAlongAsLongAsNoProcessHasThem() throws Exception {
        List<Thread> busy = bothBusy();
        Thread third = call("c");
        while (third.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        third.interrupt();
        third.join();
        noneElseWasCalled(busy);
    }

    @Test
    void takeTheirEventsAlongWhenTheirTimeIsOver() throws Exception {
        List<Thread> busy = bothBusy();
        var third = LocalLambda.call("f", event("c"));
        assertEquals(
                Optional.empty(), lambda.functions().call(third, Instant.now().plusMillis(20)));
        noneElseWasCalled(busy);
    }

    /// Both processes have an event, "a" and "b".
    private List<Thread> bothBusy() throws Exception {
        Thread first = call("a");
        awaitSeen("a");
        Thread second = call("b");
        awaitSeen("a", "b");
        return List.of(first, second);
    }

    /// Lets them return; the next event that comes is the next one that the function sees.
    private void noneElseWasCalled(List<Thread> busy) throws Exception {
        Files.createFile(folder.resolve("go"));
        for (Thread caller : busy) {
            caller.join();
        }
        assertEquals(Json.of("d"), lambda.returned("f", event("d")));
        assertEquals(List.of("a", "b", "d"), seen());
    }

    private Thread call(String name) {
        return Thread.ofVirtual().start(() -> {
            try {
                lambda.functions().call(LocalLambda.call("f", event(name)));
            } catch (Exception left) {
                assertTrue(left instanceof InterruptedException, left::toString);
            }
        });
    }

    private String event(String name) {
        return Json.of(Map.of("name", name, "folder", folder.toString())).text();
    }

    private void awaitSeen(String... names) throws Exception {
        while (!seen().equals(List.of(names))) {
            Thread.sleep(5);
        }
    }

    private List<String> seen() throws Exception {
        Path seen = folder.resolve("seen");
        return Files.exists(seen) ? Files.readAllLines(seen) : List.of();
    }

    private static void await(Path file) throws Exception {
        while (!Files.exists(file)) {
            Thread.sleep(5);
        }
    }
}
