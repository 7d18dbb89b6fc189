package dev.mapwright.adapters.objects.s3;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.store.Page;

import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// An S3 elsewhere. The SDK repeats what failed for a moment; streams that break off are opened
/// again by their readers, who know where they were.
public final class S3ObjectStore implements ObjectStore, AutoCloseable {
    private static final int PAGE_ITEMS_MAX = 1_000;
    private static final String STANDARD = "STANDARD";
    private static final String INVALID_RANGE = "InvalidRange";
    private static final String NO_SUCH_KEY = "NoSuchKey";
    private static final String NO_SUCH_BUCKET = "NoSuchBucket";
    private static final int NOT_FOUND = 404;

    private final S3Client s3;

    public S3ObjectStore(Address address) {
        this.s3 = SdkClients.build(S3Client.builder(), address, Retrying.BY_SDK);
    }

    @Override
    public Stored head(String bucket, String key, Optional<String> versionId)
            throws ObjectFailed, InterruptedException {
        try {
            return calling(() -> stored(key, s3.headObject(request -> request.bucket(bucket)
                    .key(key)
                    .versionId(versionId.orElse(null)))));
        } catch (ObjectFailed failed) {
            throw failed.code().equals(NO_SUCH_KEY) ? keyOrBucketMissing(bucket, failed) : failed;
        }
    }

    /// An answer to HEAD has no body that would say which of the two it is.
    private ObjectFailed keyOrBucketMissing(String bucket, ObjectFailed failed)
            throws InterruptedException {
        try {
            calling(() -> s3.headBucket(request -> request.bucket(bucket)));
            return failed;
        } catch (ObjectFailed missing) {
            return missing.code().equals(NO_SUCH_BUCKET) || missing.code().equals(NO_SUCH_KEY)
                    ? new ObjectFailed(NO_SUCH_BUCKET, "The specified bucket does not exist")
                    : failed;
        }
    }

    @Override
    public InputStream read(
            String bucket,
            String key,
            Optional<String> versionId,
            long fromByte,
            Optional<String> ifMatch)
            throws ObjectFailed, InterruptedException {
        Optional<String> range =
                fromByte == 0 ? Optional.empty() : Optional.of("bytes=%d-".formatted(fromByte));
        try {
            return open(bucket, key, versionId, range, ifMatch);
        } catch (ObjectFailed failed) {
            if (failed.code().equals(INVALID_RANGE)
                    && head(bucket, key, versionId).bytes() == fromByte) {
                return InputStream.nullInputStream();
            }
            throw failed;
        }
    }

    /// Asks for these bytes only. The end of the answer is read too: then the connection serves the
    /// next request.
    @Override
    public byte[] readRange(
            String bucket,
            String key,
            Optional<String> versionId,
            Range range,
            Optional<String> ifMatch)
            throws IOException, InterruptedException {
        if (range.bytes() == 0) {
            return new byte[0];
        }
        long lastByte = range.fromByte() + range.bytes() - 1;
        var header = Optional.of("bytes=%d-%d".formatted(range.fromByte(), lastByte));
        try (InputStream stream = open(bucket, key, versionId, header, ifMatch)) {
            byte[] content = stream.readNBytes(range.bytes());
            boolean more = stream.read() >= 0;
            if (more || content.length < range.bytes()) {
                throw new IOException("S3 was asked for the bytes %d to %d of '%s' and sent %s"
                        .formatted(
                                range.fromByte(), lastByte, key, more ? "more" : content.length));
            }
            return content;
        }
    }

    private InputStream open(
            String bucket,
            String key,
            Optional<String> versionId,
            Optional<String> range,
            Optional<String> ifMatch)
            throws ObjectFailed, InterruptedException {
        return new ObjectBody(calling(() -> s3.getObject(request -> request.bucket(bucket)
                .key(key)
                .versionId(versionId.orElse(null))
                .range(range.orElse(null))
                .ifMatch(ifMatch.orElse(null)))));
    }

    /// The token is the last key of the page before: S3's own tokens may not outlive a pause.
    @Override
    public Page<Stored> list(String bucket, String prefix, Optional<String> pageToken)
            throws ObjectFailed, InterruptedException {
        ListObjectsV2Response page =
                calling(() -> s3.listObjectsV2(request -> request.bucket(bucket)
                        .prefix(prefix)
                        .maxKeys(PAGE_ITEMS_MAX)
                        .startAfter(pageToken.orElse(null))));
        List<Stored> items = page.contents().stream().map(S3ObjectStore::stored).toList();
        return new Page<>(
                items,
                page.isTruncated() && !items.isEmpty()
                        ? Optional.of(items.getLast().key())
                        : Optional.empty());
    }

    @Override
    public void put(String bucket, String key, String contentType, byte[] content)
            throws ObjectFailed, InterruptedException {
        calling(() -> s3.putObject(
                request -> request.bucket(bucket).key(key).contentType(contentType),
                RequestBody.fromBytes(content)));
    }

    @Override
    public String beginUpload(String bucket, String key, String contentType)
            throws ObjectFailed, InterruptedException {
        return calling(() -> s3.createMultipartUpload(
                        request -> request.bucket(bucket).key(key).contentType(contentType))
                .uploadId());
    }

    @Override
    public String uploadPart(String bucket, String key, String uploadId, int number, byte[] content)
            throws ObjectFailed, InterruptedException {
        return calling(() -> s3.uploadPart(
                        request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number),
                        RequestBody.fromBytes(content))
                .eTag());
    }

    @Override
    public void completeUpload(String bucket, String key, String uploadId, List<String> etags)
            throws ObjectFailed, InterruptedException {
        List<CompletedPart> parts = IntStream.range(0, etags.size())
                .mapToObj(i -> CompletedPart.builder()
                        .partNumber(i + 1)
                        .eTag(etags.get(i))
                        .build())
                .toList();
        calling(() -> s3.completeMultipartUpload(request -> request.bucket(bucket)
                .key(key)
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(parts))));
    }

    @Override
    public void abortUpload(String bucket, String key, String uploadId)
            throws ObjectFailed, InterruptedException {
        calling(() -> s3.abortMultipartUpload(
                request -> request.bucket(bucket).key(key).uploadId(uploadId)));
    }

    @Override
    public void close() {
        s3.close();
    }

    private static Stored stored(String key, HeadObjectResponse head) {
        return new Stored(
                key,
                head.eTag(),
                head.contentLength(),
                head.lastModified(),
                Optional.ofNullable(head.storageClassAsString()).orElse(STANDARD),
                Optional.ofNullable(head.versionId()));
    }

    private static Stored stored(S3Object object) {
        return new Stored(
                object.key(),
                object.eTag(),
                object.size(),
                object.lastModified(),
                Optional.ofNullable(object.storageClassAsString()).orElse(STANDARD),
                Optional.empty());
    }

    private interface Call<T> {
        T make();
    }

    private static <T> T calling(Call<T> call) throws ObjectFailed, InterruptedException {
        try {
            return call.make();
        } catch (S3Exception refused) {
            throw new ObjectFailed(code(refused), message(refused));
        } catch (SdkException unanswered) {
            if (unanswered instanceof AbortedException || Thread.interrupted()) {
                Thread.interrupted();
                var interrupted = new InterruptedException("while S3 was asked");
                interrupted.initCause(unanswered);
                throw interrupted;
            }
            throw new ObjectFailed("SdkClientException", unanswered.getMessage());
        }
    }

    /// S3's code; without a body to say it, the one that goes with the status.
    private static String code(S3Exception refused) {
        if (refused.statusCode() == NOT_FOUND && isUnsaid(refused)) {
            return NO_SUCH_KEY;
        }
        return isUnsaid(refused)
                ? Integer.toString(refused.statusCode())
                : refused.awsErrorDetails().errorCode();
    }

    private static boolean isUnsaid(S3Exception refused) {
        String code = refused.awsErrorDetails() == null
                ? null
                : refused.awsErrorDetails().errorCode();
        return code == null || code.isEmpty() || code.chars().allMatch(Character::isDigit);
    }

    private static String message(S3Exception refused) {
        return refused.awsErrorDetails() == null || refused.awsErrorDetails().errorMessage() == null
                ? refused.getMessage()
                : refused.awsErrorDetails().errorMessage();
    }
}
