package dev.mapwright.adapters.items.parquet;

import java.time.Duration;

/// What reading files may take.
///
/// @param stallMax how long decoding may go on without bytes or rows
/// @param decodedBytesMax what the decoded pages of all files may need at a time
record Bounds(Duration stallMax, long decodedBytesMax) {
    /// Decoding a row group of the largest size takes a few seconds.
    private static final Duration STALL_MAX = Duration.ofSeconds(60);

    /// Others need memory, too.
    private static final int SHARE_OF_MEMORY = 2;

    static Bounds ofThisProcess() {
        return new Bounds(STALL_MAX, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY);
    }
}
