package dev.mapwright.adapters.functions.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The log of one function, all its processes' lines in one file. A file that has grown too long is
/// kept as `NAME.log.1` until the next one has too.
public final class FunctionLog implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FunctionLog.class.getName());
    private static final long FILE_BYTES_MAX = 10L * 1024 * 1024;

    /// Between two failures of one function that the server's own log shows.
    private static final Duration SHOWN_EVERY = Duration.ofSeconds(10);

    private final String function;
    private final Path file;
    private final InstantSource clock;
    private OutputStream out = OutputStream.nullOutputStream();
    private long bytes = FILE_BYTES_MAX;
    private boolean broken;
    private boolean closed;
    private Instant shown = Instant.MIN;
    private int unshown;

    /// @param folder for the file, which is made when there is something to write
    public FunctionLog(String function, Path folder, InstantSource clock) {
        this.function = function;
        this.file = folder.resolve(function + ".log");
        this.clock = clock;
    }

    public Path file() {
        return file;
    }

    /// Appends lines, each with its line break. A disk that is full costs lines, not invocations.
    public synchronized void append(byte[] lines) {
        if (closed) {
            return;
        }
        try {
            if (bytes + lines.length > FILE_BYTES_MAX) {
                begin();
            }
            out.write(lines);
            bytes += lines.length;
            broken = false;
        } catch (IOException unwritable) {
            if (!broken) {
                broken = true;
                LOG.log(System.Logger.Level.WARNING, "Cannot write " + file, unwritable);
            }
        }
    }

    /// Shows a failure in the server's own log, unless another one was shown just before.
    public void show(String what, String tail) {
        int more;
        synchronized (this) {
            Instant now = clock.instant();
            if (shown.isAfter(now.minus(SHOWN_EVERY))) {
                unshown++;
                return;
            }
            shown = now;
            more = unshown;
            unshown = 0;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "Function {0} failed{1}: {2}\n{3}  all of its log: {4}",
                function,
                more == 0 ? "" : " (and " + more + " times since the last one shown)",
                what,
                tail.lines().map(line -> "  | " + line + "\n").reduce("", String::concat),
                file);
    }

    /// A new file, or the one of a former process where it has room.
    private void begin() throws IOException {
        out.close();
        Files.createDirectories(file.getParent());
        long found = Files.exists(file) ? Files.size(file) : 0;
        if (found >= FILE_BYTES_MAX || bytes > 0 && bytes < FILE_BYTES_MAX) {
            Path before = file.resolveSibling(file.getFileName() + ".1");
            Files.move(file, before, StandardCopyOption.REPLACE_EXISTING);
            found = 0;
        }
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        bytes = found;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            out.close();
        } catch (IOException unwritable) {
            LOG.log(System.Logger.Level.WARNING, "Cannot close " + file, unwritable);
        }
    }
}
