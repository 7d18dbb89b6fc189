package dev.mapwright.benchmarks;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/// Time, processor time and memory of this process.
final class Meter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double NANOS = 1e9;
    private static final double KIB_PER_MIB = 1024;
    private static final double BYTES_PER_MIB = 1024 * 1024;

    private final AtomicLong heapPeak = new AtomicLong();

    Meter() {
        for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector)
                    .addNotificationListener(
                            (notification, _) ->
                                    collected((CompositeData) notification.getUserData()),
                            null,
                            null);
        }
    }

    private void collected(CompositeData data) {
        long used =
                GarbageCollectionNotificationInfo.from(data)
                        .getGcInfo()
                        .getMemoryUsageAfterGc()
                        .entrySet()
                        .stream()
                        .filter(pool -> isHeap(pool.getKey()))
                        .map(java.util.Map.Entry::getValue)
                        .mapToLong(MemoryUsage::getUsed)
                        .sum();
        heapPeak.accumulateAndGet(used, Math::max);
    }

    private static boolean isHeap(String pool) {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .anyMatch(bean -> bean.getName().equals(pool)
                        && bean.getType() == java.lang.management.MemoryType.HEAP);
    }

    void forgetHeapPeak() {
        System.gc();
        heapPeak.set(0);
    }

    /// The most that was left after any collection, small ones too: an upper bound of what is live.
    double heapPeakMebibytes() {
        System.gc();
        return heapPeak.get() / BYTES_PER_MIB;
    }

    /// What a full collection leaves now.
    static double heapMebibytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / BYTES_PER_MIB;
    }

    /// The process's largest resident set so far, with all native memory; 0 where the system does
    /// not tell.
    static double residentPeakMebibytes() throws IOException {
        var status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                .findFirst()
                .orElse(0);
    }

    /// Wall and processor time of one piece of work; the latter of all threads, the collector's and
    /// the store's too, and of the processes that this one has started and that still run.
    record Span(double seconds, double cpuSeconds) {
        double perSecond(long items) {
            return items / seconds;
        }

        double cpuMicrosPerItem(long items) {
            return cpuSeconds * 1e6 / items;
        }
    }

    interface Work {
        void run() throws Exception;
    }

    static Span time(Work work) throws Exception {
        long begun = System.nanoTime();
        long cpu = cpuNanos();
        work.run();
        return new Span((System.nanoTime() - begun) / NANOS, (cpuNanos() - cpu) / NANOS);
    }

    private static long cpuNanos() {
        return SYSTEM.getProcessCpuTime()
                + ProcessHandle.current()
                        .descendants()
                        .flatMap(process -> process.info().totalCpuDuration().stream())
                        .mapToLong(Duration::toNanos)
                        .sum();
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
