package dev.mapwright.adapters.delivery;

import java.time.Duration;

/// Where a stream's records go, and how.
///
/// @param errorPrefix shown to clients; nothing is ever written there, because no record is
///     processed
/// @param extension behind the names of objects; empty: what the compression asks for
/// @param delimiter appended to each record; empty: none
/// @param bufferBytes an object is written once so many wait,
/// @param bufferTime or the first one waits so long
public record Destination(
        String roleArn,
        String bucket,
        KeyPrefix prefix,
        String errorPrefix,
        String extension,
        Compression compression,
        String delimiter,
        int bufferBytes,
        Duration bufferTime) {
    public enum Compression {
        UNCOMPRESSED,
        GZIP
    }

    String suffix() {
        return !extension.isEmpty() || compression == Compression.UNCOMPRESSED ? extension : ".gz";
    }
}
