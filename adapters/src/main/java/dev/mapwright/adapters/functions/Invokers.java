package dev.mapwright.adapters.functions;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.functions.inprocess.ClassInvoker;
import dev.mapwright.adapters.functions.inprocess.JavaProgram;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;
import dev.mapwright.adapters.functions.invocation.Invoker;
import dev.mapwright.adapters.functions.log.FunctionLog;
import dev.mapwright.adapters.functions.process.Launcher;
import dev.mapwright.adapters.functions.process.ProcessPool;
import dev.mapwright.adapters.functions.process.Program;
import dev.mapwright.adapters.functions.process.RuntimeKind;
import dev.mapwright.adapters.functions.remote.RemoteInvoker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What runs each version of each function: made when the version is first called, and anew when it
/// has changed.
final class Invokers implements AutoCloseable {
    /// Instances of a class that runs in this process: they cost little more than their events.
    private static final int INSTANCES_MAX = 1_000;

    private final Surroundings surroundings;
    private final CodeFolders folders;
    private final Launcher launcher;

    /// Guarded by this, as is all below. At most one for each version there is.
    private final Map<Key, Current> invokers = new HashMap<>();

    private final Map<String, FunctionLog> logs = new HashMap<>();

    private record Key(String function, String version) {}

    private record Current(String revisionId, Invoker invoker) {}

    Invokers(Surroundings surroundings, CodeFolders folders) throws IOException {
        this.surroundings = surroundings;
        this.folders = folders;
        this.launcher = new Launcher(
                surroundings.folder().resolve("runtime"),
                surroundings.place().region(),
                surroundings.variables());
    }

    /// @throws FunctionRefused if this machine cannot run it
    void requireRuntime(String runtime) throws FunctionRefused {
        RuntimeKind kind = RuntimeKind.of(runtime)
                .orElseThrow(() -> FunctionRefused.invalid(
                        "The runtime '%s' is not supported by Mapwright. It runs %s."
                                .formatted(runtime, RuntimeKind.KNOWN)));
        Optional<String> missing = launcher.missing(kind, runtime);
        if (missing.isPresent()) {
            throw new FunctionRefused(Code.INVALID_RUNTIME, missing.get());
        }
    }

    synchronized Invoker of(Function function, FunctionVersion version) throws FunctionRefused {
        var key = new Key(function.name(), version.version());
        Current current = invokers.get(key);
        if (current != null && current.revisionId().equals(version.revisionId())) {
            return current.invoker();
        }
        if (current != null) {
            current.invoker().retire();
        }
        Invoker made = make(function, version);
        invokers.put(key, new Current(version.revisionId(), made));
        return made;
    }

    private Invoker make(Function function, FunctionVersion version) throws FunctionRefused {
        return switch (version.code()) {
            case FunctionCode.Uploaded uploaded -> processes(function, version, unpacked(uploaded));
            case FunctionCode.Folder(Path path) -> processes(function, version, path);
            case FunctionCode.InProcess(Optional<Path> place) -> classes(function, version, place);
            case FunctionCode.Elsewhere(Address address) ->
                new RemoteInvoker(surroundings.world(), address, function.name());
        };
    }

    private Invoker processes(Function function, FunctionVersion version, Path folder)
            throws FunctionRefused {
        FunctionSettings settings = version.settings();
        requireRuntime(settings.runtime());
        var program = new Program(
                function.name(),
                version.version(),
                settings.runtime(),
                settings.handler(),
                folder,
                settings.environment(),
                Duration.ofSeconds(settings.timeoutSeconds()),
                settings.memoryMegabytes());
        return new ProcessPool(
                surroundings.world(),
                launcher,
                program,
                log(function.name()),
                surroundings.processesMax());
    }

    private Invoker classes(Function function, FunctionVersion version, Optional<Path> place) {
        FunctionSettings settings = version.settings();
        var program = new JavaProgram(
                function.name(),
                version.version(),
                settings.handler(),
                place,
                Duration.ofSeconds(settings.timeoutSeconds()),
                settings.memoryMegabytes());
        return new ClassInvoker(surroundings.world(), program, log(function.name()), INSTANCES_MAX);
    }

    private Path unpacked(FunctionCode.Uploaded code) throws FunctionRefused {
        try {
            return folders.unpacked(code);
        } catch (IOException unusable) {
            throw new FunctionRefused(
                    Code.SERVICE, "The function's code cannot be unpacked: " + unusable);
        }
    }

    private FunctionLog log(String function) {
        return logs.computeIfAbsent(
                function,
                name -> new FunctionLog(
                        name, surroundings.folder().resolve("logs"), surroundings.world()::now));
    }

    /// The function is gone, or this version of it.
    synchronized void forget(String function, Optional<String> version) {
        invokers.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().function().equals(function)
                    && version.filter(one -> !one.equals(entry.getKey().version()))
                            .isEmpty();
            if (gone) {
                entry.getValue().invoker().retire();
            }
            return gone;
        });
    }

    void rest(Instant before) {
        List<Current> all;
        synchronized (this) {
            all = List.copyOf(invokers.values());
        }
        all.forEach(current -> current.invoker().rest(before));
    }

    @Override
    public synchronized void close() {
        invokers.values().forEach(current -> current.invoker().close());
        invokers.clear();
        logs.values().forEach(FunctionLog::close);
    }
}
