package dev.mapwright.adapters.functions.process;

import dev.mapwright.adapters.functions.invocation.LogTail;
import dev.mapwright.adapters.functions.log.FunctionLog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What one process prints: to the function's log in whole lines, and to the tail of the invocation
/// that is under way.
final class ProcessOutput {
    /// A line that is longer is broken.
    private static final int LINE_BYTES_MAX = 8 * 1024;

    /// How long nothing comes from a process that has said all: its lines are on their way through
    /// a pipe when its answer arrives.
    private static final long QUIET_MILLIS = 4;
    private static final int QUIET_LOOKS_MAX = 25;

    private final FunctionLog log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrival = lock.newCondition();

    /// What was printed behind the last line break.
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    private Tail tail = new Tail();

    ProcessOutput(FunctionLog log) {
        this.log = log;
    }

    /// Reads until the process has closed its end.
    void collect(InputStream from) {
        byte[] buffer = new byte[LINE_BYTES_MAX];
        try (from) {
            int read = from.read(buffer);
            while (read >= 0) {
                take(buffer, read);
                read = from.read(buffer);
            }
        } catch (IOException closed) {
            // The process was ended from here.
        }
        lock.lock();
        try {
            breakLine();
        } finally {
            lock.unlock();
        }
    }

    /// Lines of the platform's own. What the process has printed without a line break, as Lambda's
    /// logger for Java does, stands before them in a line of its own.
    void platform(String... lines) {
        lock.lock();
        try {
            breakLine();
            write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        } finally {
            lock.unlock();
        }
    }

    /// Starts the tail of a new invocation.
    void begin() {
        lock.lock();
        try {
            tail = new Tail();
        } finally {
            lock.unlock();
        }
    }

    Tail tail() {
        lock.lock();
        try {
            return tail;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nothing more comes.
    void settle() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            boolean arrived = true;
            for (int look = 0; arrived && look < QUIET_LOOKS_MAX; look++) {
                arrived = arrival.await(QUIET_MILLIS, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private void take(byte[] bytes, int count) {
        lock.lock();
        try {
            int lines = count;
            while (lines > 0 && bytes[lines - 1] != '\n') {
                lines--;
            }
            if (lines > 0) {
                open.write(bytes, 0, lines);
                writeOpen();
            }
            open.write(bytes, lines, count - lines);
            if (open.size() >= LINE_BYTES_MAX) {
                writeOpen();
            }
        } finally {
            lock.unlock();
        }
    }

    private void breakLine() {
        if (open.size() > 0) {
            open.write('\n');
            writeOpen();
        }
    }

    private void writeOpen() {
        write(open.toByteArray());
        open.reset();
    }

    private void write(byte[] lines) {
        tail.add(lines);
        arrival.signalAll();
        log.append(lines);
    }

    /// The last bytes of one invocation's log.
    final class Tail implements LogTail {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        private void add(byte[] lines) {
            kept.writeBytes(lines);
            if (kept.size() > 2 * BYTES_MAX) {
                byte[] last = last();
                kept.reset();
                kept.writeBytes(last);
            }
        }

        private byte[] last() {
            byte[] all = kept.toByteArray();
            int from = Math.max(0, all.length - BYTES_MAX);
            return Arrays.copyOfRange(all, from, all.length);
        }

        /// Waits a moment for lines that are on their way.
        @Override
        public String text() {
            try {
                settle();
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
            lock.lock();
            try {
                return new String(last(), StandardCharsets.UTF_8);
            } finally {
                lock.unlock();
            }
        }
    }
}
