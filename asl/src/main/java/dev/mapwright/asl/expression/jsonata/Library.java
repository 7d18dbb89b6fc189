package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;

import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The library's per-thread state, lent. It keeps an evaluator and a parser (about 15 kB) in thread
/// locals, and every child of a map run is a new virtual thread: left alone, each would make them
/// once more and keep them for as long as it lives. An evaluation never waits, so that a few
/// evaluators serve all threads.
final class Library {
    /// Evaluators kept; when more threads evaluate at once, the others make their own and drop it.
    private static final int EVALUATORS_MAX = 32;

    private static final ThreadLocal<Jsonata> EVALUATOR = threadLocal("current");
    private static final ThreadLocal<Object> PARSER = threadLocal("_parser");

    /// Interchangeable parts, not state: which one is lent makes no difference.
    private static final AtomicReferenceArray<Jsonata> IDLE =
            new AtomicReferenceArray<>(EVALUATORS_MAX);

    private Library() {}

    static Jsonata compile(String text) {
        PARSER.remove();
        try {
            return Jsonata.jsonata(text);
        } finally {
            PARSER.remove();
            EVALUATOR.remove();
        }
    }

    static Object evaluate(Jsonata compiled, Object root, Frame bindings) {
        Jsonata evaluator = borrow();
        EVALUATOR.set(evaluator);
        try {
            Object result = compiled.evaluate(root, bindings);
            giveBack(evaluator);
            return result;
        } finally {
            EVALUATOR.remove();
        }
    }

    private static Jsonata borrow() {
        for (int i = 0; i < EVALUATORS_MAX; i++) {
            Jsonata idle = IDLE.get(i);
            if (idle != null && IDLE.compareAndSet(i, idle, null)) {
                return idle;
            }
        }
        return compile("null");
    }

    /// Not after a failure, which may have left anything inside.
    private static void giveBack(Jsonata evaluator) {
        for (int i = 0; i < EVALUATORS_MAX; i++) {
            if (IDLE.get(i) == null && IDLE.compareAndSet(i, null, evaluator)) {
                return;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> ThreadLocal<T> threadLocal(String name) {
        try {
            Field field = Jsonata.class.getDeclaredField(name);
            field.setAccessible(true);
            return (ThreadLocal<T>) field.get(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "com.dashjoin.jsonata.Jsonata has no thread local '" + name
                            + "': another version of the library?",
                    e);
        }
    }
}
