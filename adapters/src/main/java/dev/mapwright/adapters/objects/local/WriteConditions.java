package dev.mapwright.adapters.objects.local;

import java.util.Optional;

/// The conditional headers of a write, compared with the object that it would replace.
///
/// @param ifMatch the ETag that the object must have
/// @param ifNoneMatch only `*`: there must be no object
/// @see <a
///     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
///     writes</a>
public record WriteConditions(Optional<String> ifMatch, Optional<String> ifNoneMatch) {
    public static final WriteConditions NONE =
            new WriteConditions(Optional.empty(), Optional.empty());

    public WriteConditions {
        ifNoneMatch.filter(value -> !value.equals("*")).ifPresent(value -> {
            throw new IllegalArgumentException("If-None-Match of a write is '*', found " + value);
        });
    }

    /// @param current what the key has now; a delete marker counts as nothing
    void check(String key, Optional<ObjectVersion> current) throws S3Failed {
        Optional<String> etag =
                current.flatMap(ObjectVersion::content).map(ObjectVersion.Content::etag);
        if (ifNoneMatch.isPresent() && etag.isPresent()) {
            throw new S3Failed(
                    ErrorCode.PRECONDITION_FAILED,
                    "At least one of the pre-conditions you specified did not hold: If-None-Match is *, found an object.");
        }
        if (ifMatch.isPresent()) {
            if (etag.isEmpty()) {
                throw new S3Failed(
                        ErrorCode.NO_SUCH_KEY,
                        "The specified key does not exist: '%s', which If-Match names."
                                .formatted(key));
            }
            if (!Etags.match(ifMatch.get(), etag.get())) {
                throw new S3Failed(
                        ErrorCode.PRECONDITION_FAILED,
                        "At least one of the pre-conditions you specified did not hold: If-Match wants %s, found %s."
                                .formatted(ifMatch.get(), etag.get()));
            }
        }
    }
}
