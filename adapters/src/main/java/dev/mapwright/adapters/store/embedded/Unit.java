package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.store.Execution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One atomic write in the making: its batch, and what memory learns once it is handed in.
final class Unit {
    final Batch batch = new Batch();
    final Packing started = new Packing(batch);
    final Packing progress = new Packing(batch);
    final Packing outcomes = new Packing(batch);

    private final Recent recent;
    private final Map<String, Execution> executions = new HashMap<>();
    private final List<Runnable> reactions = new ArrayList<>();

    Unit(Recent recent) {
        this.recent = recent;
    }

    /// The record as it was written last, where that is remembered.
    Optional<Execution> before(String arn) {
        Execution own = executions.get(arn);
        return own != null ? Optional.of(own) : recent.find(arn);
    }

    void put(Execution execution) {
        executions.put(execution.arn(), execution);
    }

    Optional<Json> inputOf(String arn) {
        return before(arn).map(Execution::input);
    }

    /// What others may only rely on when this write is on its way, before theirs.
    void whenHandedIn(Runnable reaction) {
        reactions.add(reaction);
    }

    /// Nothing comes after this.
    void close() {
        started.close();
        progress.close();
        outcomes.close();
    }

    void handedIn() {
        executions.values().forEach(recent::put);
        reactions.forEach(Runnable::run);
    }
}
