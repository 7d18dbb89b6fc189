package dev.mapwright.adapters.functions.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The line that ends an invocation's log: what it took.
final class Usage {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int KIBIBYTES_PER_MEBIBYTE = 1024;

    /// Memory is looked at no more often, for that takes a while itself.
    private static final long LOOK_EVERY_NANOS = 1_000_000_000;

    private final Process process;
    private long lookedAt = System.nanoTime() - LOOK_EVERY_NANOS;
    private long megabytes;

    Usage(Process process) {
        this.process = process;
    }

    /// @param begunNanos as the system's clock for durations had it
    String report(String requestId, long begunNanos, Program program, Optional<Double> initMillis) {
        double millis = (System.nanoTime() - begunNanos) / NANOS_PER_MILLI;
        return String.format(
                Locale.ROOT,
                "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %d ms\tMemory Size: %d MB\t"
                        + "Max Memory Used: %d MB%s",
                requestId,
                millis,
                (long) Math.ceil(millis),
                program.memoryMegabytes(),
                memory(),
                initMillis
                        .map(init -> String.format(Locale.ROOT, "\tInit Duration: %.2f ms", init))
                        .orElse(""));
    }

    /// The largest resident set so far; 0 where the system does not tell.
    private long memory() {
        if (System.nanoTime() - lookedAt >= LOOK_EVERY_NANOS) {
            lookedAt = System.nanoTime();
            long pid = process.children().findFirst().orElse(process.toHandle()).pid();
            megabytes = Math.max(megabytes, peak(Path.of("/proc", Long.toString(pid), "status")));
        }
        return megabytes;
    }

    private static long peak(Path status) {
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line ->
                            Long.parseLong(line.replaceAll("\\D", "")) / KIBIBYTES_PER_MEBIBYTE)
                    .findFirst()
                    .orElse(0);
        } catch (IOException notTold) {
            return 0;
        }
    }
}
