package dev.mapwright.adapters.objects.local;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/// What buckets, keys and tags may be called.
///
/// @see <a
///     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">Bucket
///     names</a>
final class Naming {
    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
    static final int KEY_BYTES_MAX = 1024;

    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html
    static final int OBJECT_TAGS_MAX = 10;

    static final int BUCKET_TAGS_MAX = 50;
    private static final int TAG_KEY_CHARACTERS_MAX = 128;
    private static final int TAG_VALUE_CHARACTERS_MAX = 256;

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    private Naming() {}

    static void checkBucket(String name) throws S3Failed {
        if (!BUCKET.matcher(name).matches()
                || name.contains("..")
                || ADDRESS.matcher(name).matches()) {
            throw new S3Failed(
                    ErrorCode.INVALID_BUCKET_NAME,
                    "The specified bucket is not valid: '%s'. A name has 3 to 63 lower-case letters, digits, dots and "
                                    .formatted(name)
                            + "hyphens, starts and ends with a letter or digit, and is no IP address.");
        }
    }

    /// The key's bytes, by which it is ordered.
    static byte[] keyBytes(String key) throws S3Failed {
        ByteBuffer encoded;
        try {
            encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key));
        } catch (CharacterCodingException lone) {
            throw new S3Failed(
                    ErrorCode.INVALID_URI,
                    "Couldn't parse the specified URI: the key is not Unicode.");
        }
        if (encoded.remaining() == 0) {
            throw new S3Failed(ErrorCode.INVALID_ARGUMENT, "A key has at least one character.");
        }
        if (encoded.remaining() > KEY_BYTES_MAX) {
            throw new S3Failed(
                    ErrorCode.KEY_TOO_LONG,
                    "Your key is too long: %d bytes of UTF-8, at most %d."
                            .formatted(encoded.remaining(), KEY_BYTES_MAX));
        }
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    static void checkTags(Map<String, String> tags, int countMax) throws S3Failed {
        if (tags.size() > countMax) {
            throw new S3Failed(
                    ErrorCode.INVALID_TAG,
                    "%d tags are too many, at most %d.".formatted(tags.size(), countMax));
        }
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            if (tag.getKey().isEmpty()
                    || tag.getKey().length() > TAG_KEY_CHARACTERS_MAX
                    || tag.getValue().length() > TAG_VALUE_CHARACTERS_MAX) {
                throw new S3Failed(
                        ErrorCode.INVALID_TAG,
                        "The tag '%s' is not valid: its key has 1 to %d characters and its value at most %d."
                                .formatted(
                                        tag.getKey(),
                                        TAG_KEY_CHARACTERS_MAX,
                                        TAG_VALUE_CHARACTERS_MAX));
            }
        }
    }
}
