package dev.mapwright.adapters.functions.inprocess;

import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.Invocation;
import dev.mapwright.adapters.functions.invocation.Invoked;
import dev.mapwright.adapters.functions.invocation.Invoker;
import dev.mapwright.adapters.functions.invocation.LogTail;
import dev.mapwright.adapters.functions.invocation.PlatformError;
import dev.mapwright.adapters.functions.log.FunctionLog;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.LeavableCall;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/// Runs a class in this process. Each instance has one event at a time, as on Lambda, but all share
/// what is static, and a function that doesn't heed being interrupted outlives its timeout.
public final class ClassInvoker implements Invoker {
    private static final String OWN_PACKAGE = ClassInvoker.class.getPackageName();

    private final World world;
    private final JavaProgram program;
    private final FunctionLog log;
    private final Semaphore places;
    private final ConcurrentLinkedDeque<Object> idle = new ConcurrentLinkedDeque<>();
    private Optional<HandlerMethod> handler = Optional.empty();
    private Optional<CodeLoader> loader = Optional.empty();

    /// @param instancesMax how many events may be under way at once
    public ClassInvoker(World world, JavaProgram program, FunctionLog log, int instancesMax) {
        this.world = world;
        this.program = program;
        this.log = log;
        this.places = new Semaphore(instancesMax, true);
    }

    /// A class is loaded by its first call, and may take its time.
    @Override
    public Optional<Invoked> invoke(Invocation invocation, Instant until)
            throws FunctionRefused, InterruptedException {
        return new LeavableCall<>(world, "call of " + program.name(), () -> invoke(invocation))
                .returned(until);
    }

    private Invoked invoke(Invocation invocation) throws InterruptedException {
        HandlerMethod method;
        try {
            method = handler();
        } catch (ReflectiveOperationException | IOException | LinkageError unusable) {
            return failed(error(unusable));
        }
        places.acquire();
        Instant deadline = world.now().plus(program.timeout());
        Inbox<Optional<Invoked>> inbox = world.inbox();
        Strand strand = world.start("function " + program.name(), () -> {
            Optional<Invoked> invoked = Optional.empty();
            try {
                invoked = Optional.of(run(method, invocation, deadline));
            } finally {
                places.release();
                inbox.put(invoked);
            }
        });
        Optional<Optional<Invoked>> answer = inbox.take(deadline);
        if (answer.isEmpty()) {
            strand.cancel();
            return failed(PlatformError.timedOut(invocation.requestId(), program.timeout()));
        }
        return answer.get()
                .orElseThrow(() ->
                        new IllegalStateException("running the function %s broke; the log says how"
                                .formatted(program.name())));
    }

    private Invoked run(HandlerMethod method, Invocation invocation, Instant deadline) {
        Optional<Object> known = Optional.ofNullable(idle.pollFirst());
        try {
            Object instance = known.isPresent() ? known.get() : method.newInstance();
            var context = new InvocationContext(program, invocation, deadline, world::now, log);
            byte[] payload = method.call(instance, invocation.payload(), context);
            idle.addFirst(instance);
            return new Invoked.Returned(payload, LogTail.NONE);
        } catch (InvocationTargetException thrown) {
            known.ifPresent(idle::addFirst);
            return failed(error(thrown.getCause()));
        } catch (ReflectiveOperationException | RuntimeException unusable) {
            return failed(error(unusable));
        }
    }

    /// Loaded at the first call, which the function's own timeout does not count.
    private synchronized HandlerMethod handler() throws ReflectiveOperationException, IOException {
        if (handler.isEmpty()) {
            if (program.place().isPresent()) {
                loader = Optional.of(CodeLoader.of(program.place().get()));
            }
            ClassLoader classes =
                    loader.<ClassLoader>map(own -> own).orElse(ClassInvoker.class.getClassLoader());
            handler = Optional.of(HandlerMethod.of(program.handler(), classes));
        }
        return handler.get();
    }

    private Invoked failed(byte[] error) {
        log.show(new String(error, StandardCharsets.UTF_8), "");
        return new Invoked.Failed(error, LogTail.NONE);
    }

    /// As Lambda's own client for Java writes it.
    private static byte[] error(Throwable thrown) {
        Map<String, Object> members = new LinkedHashMap<>();
        String type = thrown.getClass().getName();
        members.put(
                "errorMessage",
                Optional.ofNullable(thrown.getLocalizedMessage()).orElse(type));
        members.put("errorType", type);
        List<String> frames = Stream.of(thrown.getStackTrace())
                .takeWhile(frame -> !frame.getClassName().startsWith(OWN_PACKAGE))
                .filter(frame -> !frame.getClassName().startsWith("jdk.internal.reflect."))
                .filter(frame -> !frame.getClassName().startsWith("java.lang.reflect."))
                .map(ClassInvoker::shown)
                .toList();
        members.put("stackTrace", frames);
        return Json.of(members).text().getBytes(StandardCharsets.UTF_8);
    }

    private static String shown(StackTraceElement frame) {
        return new StackTraceElement(
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber())
                .toString();
    }

    @Override
    public void retire() {
        close();
    }

    @Override
    public synchronized void close() {
        loader.ifPresent(CodeLoader::closeQuietly);
    }
}
