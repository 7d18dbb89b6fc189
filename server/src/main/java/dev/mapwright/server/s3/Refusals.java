package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.S3Failed;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Headers that ask for something this server doesn't do. Passing over them would promise it.
final class Refusals {
    private static final List<String> PREFIXES = List.of(
            "x-amz-server-side-encryption",
            "x-amz-copy-source-server-side-encryption",
            "x-amz-object-lock-",
            "x-amz-grant-",
            "x-amz-write-offset-bytes",
            "x-amz-rename-source",
            "x-amz-mfa");

    /// Header and the values that change nothing.
    private static final Map<String, Set<String>> HARMLESS = Map.of(
            ObjectHeaders.ENCRYPTION,
            Set.of(ObjectHeaders.ENCRYPTED_BY_S3),
            "x-amz-acl",
            Set.of("private", "bucket-owner-full-control"),
            "x-amz-object-ownership",
            Set.of("BucketOwnerEnforced"),
            "x-amz-bucket-object-lock-enabled",
            Set.of("false"));

    private Refusals() {}

    static void check(Call call) throws S3Failed {
        for (Map.Entry<String, List<String>> header : call.request().headers().entrySet()) {
            String name = header.getKey();
            if (HARMLESS.containsKey(name)) {
                if (!HARMLESS.get(name).containsAll(header.getValue())) {
                    throw refusal(name, header.getValue());
                }
            } else if (PREFIXES.stream().anyMatch(name::startsWith)) {
                throw refusal(name, header.getValue());
            }
        }
    }

    private static S3Failed refusal(String name, List<String> values) {
        return unsupported("%s: %s".formatted(name, String.join(", ", values)));
    }

    /// @param what as a noun: an operation, a header or a part of a request, and its value
    static S3Failed unsupported(String what) {
        return new S3Failed(ErrorCode.NOT_IMPLEMENTED, "Mapwright's S3 does not support " + what);
    }
}
