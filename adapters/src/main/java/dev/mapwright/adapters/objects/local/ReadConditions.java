package dev.mapwright.adapters.objects.local;

import java.time.Instant;
import java.util.Optional;

/// The conditional headers of a read, in RFC 9110's order of precedence.
///
/// @param ifMatch one ETag, several with commas between, or `*`
public record ReadConditions(
        Optional<String> ifMatch,
        Optional<String> ifNoneMatch,
        Optional<Instant> ifModifiedSince,
        Optional<Instant> ifUnmodifiedSince) {
    public static final ReadConditions NONE = new ReadConditions(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public static ReadConditions matching(Optional<String> etag) {
        return new ReadConditions(etag, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// @throws S3Failed `PreconditionFailed` or `NotModified`
    public void check(String etag, Instant lastModified) throws S3Failed {
        if (ifMatch.isPresent()) {
            if (!Etags.match(ifMatch.get(), etag)) {
                throw failed("If-Match", ifMatch.get(), etag);
            }
        } else if (ifUnmodifiedSince.isPresent() && lastModified.isAfter(ifUnmodifiedSince.get())) {
            throw failed("If-Unmodified-Since", ifUnmodifiedSince.get(), lastModified);
        }
        if (ifNoneMatch.isPresent()) {
            if (Etags.match(ifNoneMatch.get(), etag)) {
                throw new S3Failed(ErrorCode.NOT_MODIFIED, "The object still has the ETag " + etag);
            }
        } else if (ifModifiedSince.isPresent() && !lastModified.isAfter(ifModifiedSince.get())) {
            throw new S3Failed(
                    ErrorCode.NOT_MODIFIED, "The object was last modified at " + lastModified);
        }
    }

    private static S3Failed failed(String condition, Object wanted, Object found) {
        return new S3Failed(
                ErrorCode.PRECONDITION_FAILED,
                "At least one of the pre-conditions you specified did not hold: %s wants %s, found %s."
                        .formatted(condition, wanted, found));
    }
}
