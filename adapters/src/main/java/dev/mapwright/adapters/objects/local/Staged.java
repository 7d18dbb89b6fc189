package dev.mapwright.adapters.objects.local;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Bytes that were received but belong to no object yet: the place to compare checksums. Closing
/// drops them, unless an object has been made of them.
public final class Staged implements AutoCloseable {
    private final BodyFiles files;
    private final long number;
    private final Body body;
    private final long bytes;
    private final byte[] md5;
    private final Map<ChecksumAlgorithm, String> checksums;
    private boolean handedIn;

    Staged(BodyFiles files, long number, Body body, long bytes, Digests digests) {
        this.files = files;
        this.number = number;
        this.body = body;
        this.bytes = bytes;
        this.md5 = digests.md5();
        this.checksums = digests.checksums();
    }

    public long bytes() {
        return bytes;
    }

    /// With its quotation marks.
    public String etag() {
        return Digests.etag(md5);
    }

    /// As in the header `Content-MD5`.
    public String md5Base64() {
        return Base64.getEncoder().encodeToString(md5);
    }

    /// Base64; empty if the algorithm wasn't asked for at staging.
    public Optional<String> checksum(ChecksumAlgorithm algorithm) {
        return Optional.ofNullable(checksums.get(algorithm));
    }

    public Optional<String> sha256Hex() {
        return checksum(ChecksumAlgorithm.SHA256)
                .map(value -> HexFormat.of().formatHex(Base64.getDecoder().decode(value)));
    }

    long number() {
        return number;
    }

    Body body() {
        return body;
    }

    String checksumOf(ChecksumAlgorithm algorithm) {
        return checksum(algorithm)
                .orElseThrow(() -> new IllegalStateException("expected " + algorithm
                        + " among the staged checksums " + checksums.keySet()));
    }

    /// From here on a write may have named the body, even if its outcome isn't known: an orphan is
    /// found at the next start.
    void handIn() {
        handedIn = true;
    }

    @Override
    public void close() {
        if (!handedIn && body instanceof Body.InFile) {
            handedIn = true;
            files.delete(number);
        }
    }
}
