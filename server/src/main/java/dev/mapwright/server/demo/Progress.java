package dev.mapwright.server.demo;

/// Where a run stands.
///
/// @param total items of the input
/// @param running children at this moment
/// @param seconds since it began
public record Progress(long done, long total, long running, long failed, double seconds) {
    private static final int BAR_CHARS = 30;

    /// `[######------------------------]  20,000/100,000  9,876/s  20 running  0 failed  8 s left`
    public String line() {
        int filled = total == 0 ? BAR_CHARS : (int) Math.min(BAR_CHARS, done * BAR_CHARS / total);
        double rate = seconds > 0 ? done / seconds : 0;
        String left = rate > 0 && done < total
                ? "%,.0f s left".formatted(Math.ceil((total - done) / rate))
                : "";
        return "[%s%s] %,d/%,d  %,.0f/s  %,d running  %,d failed  %s"
                .formatted(
                        "#".repeat(filled),
                        "-".repeat(BAR_CHARS - filled),
                        done,
                        total,
                        rate,
                        running,
                        failed,
                        left);
    }
}
