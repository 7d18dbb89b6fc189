package dev.mapwright.adapters.items.parquet;

import dev.hardwood.HardwoodContext;

import java.time.Duration;

/// What all files share while they are decoded.
///
/// @param context the threads
/// @param stallMax how long decoding may go on without bytes or rows
record Decoding(HardwoodContext context, DecodingMemory memory, Duration stallMax) {
    private static final int THREADS_MAX = 4;

    static Decoding of(Bounds bounds) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new Decoding(
                HardwoodContext.create(Math.min(THREADS_MAX, processors)),
                new DecodingMemory(bounds.decodedBytesMax()),
                bounds.stallMax());
    }
}
