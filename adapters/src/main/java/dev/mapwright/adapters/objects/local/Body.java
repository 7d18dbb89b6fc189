package dev.mapwright.adapters.objects.local;

import java.util.List;

/// Where the bytes of an object are.
sealed interface Body {
    /// With the metadata, in the key-value store.
    record Inline(byte[] bytes) implements Body {}

    /// In the file of the body's number.
    record InFile() implements Body {}

    /// In one file for each part, in this order.
    record InParts(List<Piece> pieces) implements Body {}

    /// @param file the number of the part's file
    /// @param checksum base64
    record Piece(int number, long bytes, long file, String checksum) {}
}
