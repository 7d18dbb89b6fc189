package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ChecksumAlgorithm;
import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.objects.local.NewObject;
import dev.mapwright.adapters.objects.local.ObjectVersion;
import dev.mapwright.adapters.objects.local.OpenObject;
import dev.mapwright.adapters.objects.local.S3Failed;
import dev.mapwright.adapters.objects.local.Staged;
import dev.mapwright.adapters.objects.local.Versioning;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/// CopyObject: the bytes of one object as another, with its metadata and tags or with new ones.
final class CopyOperation {
    private static final String METADATA_DIRECTIVE = "x-amz-metadata-directive";
    private static final String TAGGING_DIRECTIVE = "x-amz-tagging-directive";
    private static final long SOURCE_BYTES_MAX = 5L * 1024 * 1024 * 1024;

    private final LocalS3 s3;

    CopyOperation(LocalS3 s3) {
        this.s3 = s3;
    }

    void copy(Call call) throws IOException, InterruptedException {
        s3.buckets().require(call.bucket());
        CopySource source = CopySource.of(call);
        refuseWithoutChange(call, source);
        try (OpenObject from = source.open(s3, call)) {
            if (from.content().bytes() > SOURCE_BYTES_MAX) {
                throw new S3Failed(
                        ErrorCode.INVALID_REQUEST,
                        "The specified copy source is larger than the maximum allowable size for a copy source: "
                                + SOURCE_BYTES_MAX
                                + ". Use a multipart upload with UploadPartCopy.");
            }
            ChecksumAlgorithm algorithm = call.checksumAlgorithm("x-amz-checksum-algorithm")
                    .orElse(from.content().checksum().algorithm());
            NewObject object = new NewObject(headers(call, from), tags(call, from), algorithm);
            try (Staged staged = s3.objects().stage(from.bytesFrom(0), Set.of(algorithm))) {
                ObjectVersion written = s3.objects()
                        .put(call.bucket(), call.key(), staged, object, call.writeConditions());
                answer(call, source, from, written);
            }
        }
    }

    private void answer(Call call, CopySource source, OpenObject from, ObjectVersion written)
            throws IOException {
        if (s3.buckets().require(source.bucket()).versioning() != Versioning.OFF) {
            call.give("x-amz-copy-source-version-id", from.version().id());
        }
        if (s3.buckets().require(call.bucket()).versioning() != Versioning.OFF) {
            call.give("x-amz-version-id", written.id());
        }
        call.give(ObjectHeaders.ENCRYPTION, ObjectHeaders.ENCRYPTED_BY_S3);
        ObjectVersion.Content content = written.content().orElseThrow();
        Xml xml = Xml.document("CopyObjectResult")
                .element("LastModified", HttpDate.xml(written.lastModified()))
                .element("ETag", content.etag());
        ObjectOperations.writeChecksum(xml, content.checksum());
        call.xml(xml);
    }

    private static Map<String, String> headers(Call call, OpenObject from) throws S3Failed {
        return replaces(call, METADATA_DIRECTIVE)
                ? ObjectHeaders.of(call)
                : ObjectHeaders.copied(call, from.content().headers());
    }

    private static Map<String, String> tags(Call call, OpenObject from) throws S3Failed {
        return replaces(call, TAGGING_DIRECTIVE)
                ? Tags.ofHeader(call)
                : from.content().tags();
    }

    private static boolean replaces(Call call, String directive) throws S3Failed {
        String value = call.header(directive).orElse("COPY");
        if (!value.equals("COPY") && !value.equals("REPLACE")) {
            throw new S3Failed(
                    ErrorCode.INVALID_ARGUMENT,
                    "%s must be COPY or REPLACE, found '%s'.".formatted(directive, value));
        }
        return value.equals("REPLACE");
    }

    private static void refuseWithoutChange(Call call, CopySource source) throws S3Failed {
        boolean same = source.bucket().equals(call.bucket())
                && source.key().equals(call.key())
                && source.versionId().isEmpty();
        if (same
                && !replaces(call, METADATA_DIRECTIVE)
                && !replaces(call, TAGGING_DIRECTIVE)
                && call.header(ObjectHeaders.STORAGE_CLASS).isEmpty()
                && call.header("x-amz-checksum-algorithm").isEmpty()
                && call.header("x-amz-website-redirect-location").isEmpty()) {
            throw new S3Failed(
                    ErrorCode.INVALID_REQUEST,
                    "This copy request is illegal because it is trying to copy an object to itself without changing "
                            + "the object's metadata, storage class, website redirect location or checksum.");
        }
    }
}
