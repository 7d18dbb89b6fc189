package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.NewObject;
import dev.mapwright.adapters.objects.local.S3Failed;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The headers that are kept with an object and given back with it.
final class ObjectHeaders {
    static final String STORAGE_CLASS = "x-amz-storage-class";

    /// Set by each request anew, even when a copy takes over the other headers.
    private static final List<String> NEVER_COPIED =
            List.of(STORAGE_CLASS, "x-amz-website-redirect-location");

    private static final String METADATA = "x-amz-meta-";

    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
    private static final int METADATA_BYTES_MAX = 2 * 1024;

    private static final List<String> KEPT = List.of(
            "content-type",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "expires",
            "x-amz-website-redirect-location",
            STORAGE_CLASS);

    /// Those whose objects can be read at once.
    static final String ENCRYPTION = "x-amz-server-side-encryption";

    /// What S3 says of every object that its writer says nothing else about, and clients expect.
    /// How the data folder is encrypted is its disk's business.
    static final String ENCRYPTED_BY_S3 = "AES256";

    private static final Set<String> STORAGE_CLASSES = Set.of(
            "STANDARD",
            "REDUCED_REDUNDANCY",
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER_IR");

    private ObjectHeaders() {}

    static Map<String, String> of(Call call) throws S3Failed {
        Map<String, String> headers = new TreeMap<>();
        headers.put("content-type", NewObject.CONTENT_TYPE);
        for (String name : KEPT) {
            call.header(name).ifPresent(value -> headers.put(name, value));
        }
        Optional<String> encoding =
                call.header("content-encoding").map(ObjectHeaders::withoutAwsChunked);
        encoding.ifPresent(value -> headers.put("content-encoding", value));
        headers.remove("content-encoding", "");
        headers.remove(STORAGE_CLASS, "STANDARD");
        checkStorageClass(headers.getOrDefault(STORAGE_CLASS, "STANDARD"));
        int bytes = 0;
        for (Map.Entry<String, List<String>> header : call.request().headers().entrySet()) {
            if (header.getKey().startsWith(METADATA)) {
                String value = String.join(",", header.getValue());
                bytes += header.getKey().length() - METADATA.length() + value.length();
                headers.put(header.getKey(), value);
            }
        }
        if (bytes > METADATA_BYTES_MAX) {
            throw new S3Failed(
                    ErrorCode.METADATA_TOO_LARGE,
                    "Your metadata headers exceed the maximum allowed metadata size: %d bytes, at most %d."
                            .formatted(bytes, METADATA_BYTES_MAX));
        }
        return headers;
    }

    /// What a copy that keeps its source's metadata gets.
    static Map<String, String> copied(Call call, Map<String, String> source) throws S3Failed {
        Map<String, String> headers = new TreeMap<>(source);
        Map<String, String> given = of(call);
        for (String name : NEVER_COPIED) {
            headers.remove(name);
            if (given.containsKey(name)) {
                headers.put(name, given.get(name));
            }
        }
        return headers;
    }

    private static String withoutAwsChunked(String encodings) {
        return Arrays.stream(encodings.split(","))
                .map(String::strip)
                .filter(each -> !each.equals("aws-chunked") && !each.isEmpty())
                .collect(Collectors.joining(","));
    }

    private static void checkStorageClass(String name) throws S3Failed {
        if (!STORAGE_CLASSES.contains(name)) {
            throw new S3Failed(
                    ErrorCode.INVALID_STORAGE_CLASS,
                    "The storage class you specified is not valid here: '%s'. Objects can be kept as %s."
                            .formatted(
                                    name,
                                    STORAGE_CLASSES.stream()
                                            .sorted()
                                            .collect(Collectors.joining(", "))));
        }
    }
}
