package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.S3Failed;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a request is about: the service, a bucket, or an object.
///
/// @param bucket empty for the service
/// @param key empty for the service or a bucket
record Address(String bucket, String key) {
    enum Level {
        SERVICE,
        BUCKET,
        OBJECT
    }

    /// `BUCKET.localhost`, `BUCKET.s3.localhost`, `BUCKET.s3.REGION.localhost`, and the same under
    /// `amazonaws.com`.
    private static final Pattern BUCKET_HOST = Pattern.compile(
            "(?<bucket>.+?)(?:\\.s3(?:[.-][a-z0-9-]+)?\\.(?:localhost|amazonaws\\.com)|\\.localhost)");

    /// `localhost`, `s3.localhost`, `s3.REGION.localhost`: the bucket is in the path.
    private static final Pattern SERVICE_HOST =
            Pattern.compile("(?:s3(?:[.-][a-z0-9-]+)?\\.)?(?:localhost|amazonaws\\.com)");

    /// Takes the bucket from the host where it is there, otherwise from the path; the key is the
    /// rest of the path, whatever slashes and dots it has.
    static Address of(Optional<String> host, String rawPath) throws S3Failed {
        String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        Optional<String> bucket = host.flatMap(Address::bucketOf);
        if (bucket.isPresent()) {
            return new Address(bucket.get(), PercentCoding.decodePath(path));
        }
        int slash = path.indexOf('/');
        return slash < 0
                ? new Address(PercentCoding.decodePath(path), "")
                : new Address(
                        PercentCoding.decodePath(path.substring(0, slash)),
                        PercentCoding.decodePath(path.substring(slash + 1)));
    }

    Level level() {
        if (bucket.isEmpty()) {
            return Level.SERVICE;
        }
        return key.isEmpty() ? Level.BUCKET : Level.OBJECT;
    }

    private static Optional<String> bucketOf(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        if (SERVICE_HOST.matcher(name).matches()) {
            return Optional.empty();
        }
        Matcher matcher = BUCKET_HOST.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group("bucket")) : Optional.empty();
    }
}
