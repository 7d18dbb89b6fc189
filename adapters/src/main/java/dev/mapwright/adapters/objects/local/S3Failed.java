package dev.mapwright.adapters.objects.local;

import java.io.IOException;
import java.util.Optional;

/// A request was refused, with S3's code and a message that names the value and the limit.
public final class S3Failed extends IOException {
    private final ErrorCode code;
    private final transient Optional<ObjectVersion> deleteMarker;

    public S3Failed(ErrorCode code, String message) {
        this(code, message, Optional.empty());
    }

    S3Failed(ErrorCode code, String message, Optional<ObjectVersion> deleteMarker) {
        super(message);
        this.code = code;
        this.deleteMarker = deleteMarker;
    }

    public ErrorCode code() {
        return code;
    }

    /// The delete marker that stood in the way: S3 names it in headers beside the error.
    public Optional<ObjectVersion> deleteMarker() {
        return deleteMarker;
    }
}
