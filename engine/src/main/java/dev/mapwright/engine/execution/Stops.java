package dev.mapwright.engine.execution;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.store.Store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Notes of the executions that are being stopped. Stopping takes a while where map runs have to be
/// wound down; a process that dies meanwhile must not leave half of the work stopped and the other
/// half going on. `{"Error", "Cause"}`, each where it was given.
final class Stops {
    private static final String STOP = "stop";

    private final Store store;

    /// Of executions that can be seen already and are not under way here yet, by ARN. As many as
    /// there are callers who stop one.
    private final Map<String, Failure> early = new ConcurrentHashMap<>();

    Stops(Store store) {
        this.store = store;
    }

    /// Handed to the store before anything that the stop brings about.
    Receipt note(Execution execution, Failure why) {
        var members = new LinkedHashMap<String, Object>();
        why.error().ifPresent(error -> members.put("Error", error));
        why.cause().ifPresent(cause -> members.put("Cause", cause));
        var note = new Document(STOP, execution.arn(), Json.of(members));
        return store.write(List.of(new Change.PutDocument(note)));
    }

    /// Whoever begins the execution looks here ([#early]) once it can be found, and whoever calls
    /// this looks for the execution afterwards: so one of the two meets the other.
    void noteEarly(Execution execution, Failure why) throws InterruptedException {
        early.put(execution.arn(), why);
        note(execution, why).await();
    }

    Optional<Failure> early(Execution execution) {
        return Optional.ofNullable(early.get(execution.arn()));
    }

    /// The caller has waited long enough, or the execution has ended.
    void forgetEarly(Execution execution) {
        early.remove(execution.arn());
    }

    Optional<Failure> find(Execution execution) {
        return store.document(STOP, execution.arn())
                .map(Json::value)
                .map(Map.class::cast)
                .map(members -> new Failure(
                        Optional.ofNullable((String) members.get("Error")),
                        Optional.ofNullable((String) members.get("Cause"))));
    }

    static Change done(Execution execution) {
        return new Change.DropDocument(STOP, execution.arn());
    }
}
