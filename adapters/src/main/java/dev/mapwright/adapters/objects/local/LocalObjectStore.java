package dev.mapwright.adapters.objects.local;

import dev.mapwright.adapters.objects.local.Uploads.Completion;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.store.Page;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The engine's way to the buckets of this data folder, without HTTP between them.
public final class LocalObjectStore implements ObjectStore {
    private final LocalS3 s3;

    public LocalObjectStore(LocalS3 s3) {
        this.s3 = s3;
    }

    @Override
    public Stored head(String bucket, String key, Optional<String> versionId)
            throws ObjectFailed, InterruptedException {
        return calling(() -> stored(bucket, s3.objects().head(bucket, key, versionId)));
    }

    @Override
    public InputStream read(
            String bucket,
            String key,
            Optional<String> versionId,
            long fromByte,
            Optional<String> ifMatch)
            throws ObjectFailed, InterruptedException {
        return calling(() -> {
            OpenObject object =
                    s3.objects().open(bucket, key, versionId, ReadConditions.matching(ifMatch));
            if (fromByte > object.content().bytes()) {
                object.close();
                throw new S3Failed(
                        ErrorCode.INVALID_RANGE,
                        "The requested range is not satisfiable: byte %d of '%s', which has %d."
                                .formatted(fromByte, key, object.content().bytes()));
            }
            return object.lastBytesFrom(fromByte);
        });
    }

    @Override
    public Page<Stored> list(String bucket, String prefix, Optional<String> pageToken)
            throws ObjectFailed, InterruptedException {
        return calling(() -> {
            Listings.Start start = pageToken
                    .<Listings.Start>map(Listings.Start.AfterKey::new)
                    .orElse(new Listings.Start.First());
            Listings.Listing<ObjectVersion> page = s3.listings()
                    .objects(
                            bucket,
                            Listings.Selection.prefix(prefix),
                            start,
                            Listings.PAGE_ITEMS_MAX);
            Bucket owner = s3.buckets().require(bucket);
            List<Stored> items =
                    page.items().stream().map(version -> stored(owner, version)).toList();
            return new Page<>(
                    items, page.truncated() ? Optional.of(page.last()) : Optional.empty());
        });
    }

    @Override
    public void put(String bucket, String key, String contentType, byte[] content)
            throws ObjectFailed, InterruptedException {
        calling(() -> {
            s3.buckets().require(bucket);
            NewObject object = NewObject.of(contentType);
            try (Staged staged = s3.objects()
                    .stage(new ByteArrayInputStream(content), Set.of(object.algorithm()))) {
                return s3.objects().put(bucket, key, staged, object, WriteConditions.NONE);
            }
        });
    }

    @Override
    public String beginUpload(String bucket, String key, String contentType)
            throws ObjectFailed, InterruptedException {
        return calling(() -> s3.uploads()
                .begin(
                        bucket,
                        key,
                        NewObject.of(contentType).headers(),
                        Map.of(),
                        new Uploads.ChecksumChoice.Unsaid())
                .id());
    }

    @Override
    public String uploadPart(String bucket, String key, String uploadId, int number, byte[] content)
            throws ObjectFailed, InterruptedException {
        return calling(() -> {
            Upload upload = s3.uploads().require(bucket, key, uploadId);
            try (Staged staged =
                    s3.uploads().stage(upload, new ByteArrayInputStream(content), Set.of())) {
                return s3.uploads().put(bucket, upload, number, staged).etag();
            }
        });
    }

    @Override
    public void completeUpload(String bucket, String key, String uploadId, List<String> etags)
            throws ObjectFailed, InterruptedException {
        calling(() -> {
            List<Completion.Claim> claims = new ArrayList<>();
            for (String etag : etags) {
                claims.add(new Completion.Claim(claims.size() + 1, etag, Map.of()));
            }
            return s3.uploads()
                    .complete(
                            bucket,
                            key,
                            uploadId,
                            new Completion(
                                    claims,
                                    Optional.empty(),
                                    Optional.empty(),
                                    WriteConditions.NONE));
        });
    }

    @Override
    public void abortUpload(String bucket, String key, String uploadId)
            throws ObjectFailed, InterruptedException {
        calling(() -> {
            s3.uploads().abort(bucket, key, uploadId);
            return uploadId;
        });
    }

    private Stored stored(String bucket, ObjectVersion version) throws S3Failed {
        return stored(s3.buckets().require(bucket), version);
    }

    private static Stored stored(Bucket bucket, ObjectVersion version) {
        ObjectVersion.Content content = version.content().orElseThrow();
        Optional<String> id = bucket.versioning() == Versioning.OFF
                ? Optional.empty()
                : Optional.of(version.id());
        return new Stored(
                version.key(),
                content.etag(),
                content.bytes(),
                version.lastModified(),
                content.storageClass(),
                id);
    }

    private interface Call<T> {
        T run() throws IOException, InterruptedException;
    }

    private static <T> T calling(Call<T> call) throws ObjectFailed, InterruptedException {
        try {
            return call.run();
        } catch (S3Failed refused) {
            throw new ObjectFailed(refused.code().text(), refused.getMessage());
        } catch (IOException broken) {
            throw new ObjectFailed(
                    ErrorCode.INTERNAL_ERROR.text(), "The data folder can't be used: " + broken);
        }
    }
}
