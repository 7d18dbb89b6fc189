package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.objects.local.OpenObject;
import dev.mapwright.adapters.objects.local.S3Failed;

import java.util.Optional;

/// What a copy is made of: the header `x-amz-copy-source`, `BUCKET/KEY?versionId=ID` with
/// percent-encoding.
record CopySource(String bucket, String key, Optional<String> versionId) {
    static final String HEADER = "x-amz-copy-source";
    private static final String VERSION = "?versionId=";

    static CopySource of(Call call) throws S3Failed {
        String header = call.header(HEADER).orElse("");
        if (header.startsWith("arn:")) {
            throw Refusals.unsupported("copying from an access point or outpost: " + header);
        }
        int question = header.lastIndexOf(VERSION);
        String path =
                PercentCoding.decodeQuery(question < 0 ? header : header.substring(0, question));
        Optional<String> version = question < 0
                ? Optional.empty()
                : Optional.of(header.substring(question + VERSION.length()));
        String relative = path.startsWith("/") ? path.substring(1) : path;
        int slash = relative.indexOf('/');
        if (slash <= 0 || slash == relative.length() - 1) {
            throw new S3Failed(
                    ErrorCode.INVALID_ARGUMENT,
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey; found '%s'."
                            .formatted(header));
        }
        return new CopySource(relative.substring(0, slash), relative.substring(slash + 1), version);
    }

    /// Opens it under the copy's own conditions, all of which fail with `PreconditionFailed`.
    OpenObject open(LocalS3 s3, Call call) throws S3Failed {
        try {
            return s3.objects().open(bucket, key, versionId, call.readConditions(HEADER + "-"));
        } catch (S3Failed failed) {
            if (failed.code() == ErrorCode.NOT_MODIFIED) {
                throw new S3Failed(
                        ErrorCode.PRECONDITION_FAILED,
                        "At least one of the pre-conditions you specified did not hold: "
                                + failed.getMessage());
            }
            throw failed;
        }
    }
}
