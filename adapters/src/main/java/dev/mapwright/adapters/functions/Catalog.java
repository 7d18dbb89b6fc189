package dev.mapwright.adapters.functions;

import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;

/// The functions by name: those that the configuration declares, and those that were created.
/// Changes are made one at a time.
final class Catalog {
    static final int FUNCTIONS_MAX = 10_000;

    private final KeyValueStore store;
    private final Space space;
    private final ConcurrentNavigableMap<String, Function> functions =
            new ConcurrentSkipListMap<>();
    private final ConcurrentNavigableMap<String, Function> declared = new ConcurrentSkipListMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    /// What to make of a function.
    @FunctionalInterface
    interface Change {
        Function of(Function function) throws FunctionRefused;
    }

    Catalog(KeyValueStore store, List<Function> declared) {
        this.store = store;
        this.space = store.space("functions");
        declared.forEach(function -> this.declared.put(function.name(), function));
        try (Space.Scan scan = space.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                Function function = StoredFunction.read(scan.value());
                functions.put(function.name(), function);
            }
        }
    }

    /// A declared one hides a created one.
    Optional<Function> find(String name) {
        return Optional.ofNullable(declared.get(name))
                .or(() -> Optional.ofNullable(functions.get(name)));
    }

    /// In the order of their names, after `name` where one is given.
    List<Function> after(Optional<String> name, int max) {
        var all = new ConcurrentSkipListMap<>(functions);
        all.putAll(declared);
        return name.map(from -> all.tailMap(from, false)).orElse(all).values().stream()
                .limit(max)
                .toList();
    }

    /// Those that were created, with all they refer to.
    List<Function> stored() {
        return List.copyOf(functions.values());
    }

    void create(Function function) throws FunctionRefused, InterruptedException {
        changing.lockInterruptibly();
        try {
            if (find(function.name()).isPresent()) {
                throw new FunctionRefused(
                        Code.RESOURCE_CONFLICT, "Function already exist: " + function.name());
            }
            if (functions.size() >= FUNCTIONS_MAX) {
                throw new FunctionRefused(
                        Code.CODE_STORAGE_EXCEEDED,
                        "There are %d functions already, which is the limit. Delete one first."
                                .formatted(FUNCTIONS_MAX));
            }
            keep(function);
        } finally {
            changing.unlock();
        }
    }

    /// @return the function after the change
    Function change(Function known, Change change) throws FunctionRefused, InterruptedException {
        changing.lockInterruptibly();
        try {
            Function current = functions.get(known.name());
            if (declared.containsKey(known.name()) || current == null) {
                throw FunctionRefused.invalid(
                        "The function %s is declared in the configuration file of the server. Change it there."
                                .formatted(known.name()));
            }
            Function changed = change.of(current);
            keep(changed);
            return changed;
        } finally {
            changing.unlock();
        }
    }

    void delete(Function known) throws FunctionRefused, InterruptedException {
        change(known, same -> same);
        changing.lockInterruptibly();
        try {
            functions.remove(known.name());
            store.commit(new Batch().delete(space, key(known.name())));
        } finally {
            changing.unlock();
        }
    }

    private void keep(Function function) throws InterruptedException {
        store.commit(new Batch().put(space, key(function.name()), StoredFunction.write(function)));
        functions.put(function.name(), function);
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
