package dev.mapwright.adapters.objects.local;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/// MD5, for the ETag, and the checksums that were asked for, over one stream of bytes.
final class Digests {
    private final MessageDigest md5 = ChecksumAlgorithm.digest("MD5");
    private final Map<ChecksumAlgorithm, ChecksumAlgorithm.Running> running =
            new EnumMap<>(ChecksumAlgorithm.class);

    Digests(Set<ChecksumAlgorithm> algorithms) {
        algorithms.forEach(algorithm -> running.put(algorithm, algorithm.start()));
    }

    void update(byte[] bytes, int offset, int length) {
        md5.update(bytes, offset, length);
        running.values().forEach(each -> each.update(bytes, offset, length));
    }

    byte[] md5() {
        return md5.digest();
    }

    Map<ChecksumAlgorithm, String> checksums() {
        Map<ChecksumAlgorithm, String> values = new EnumMap<>(ChecksumAlgorithm.class);
        running.forEach((algorithm, each) ->
                values.put(algorithm, Base64.getEncoder().encodeToString(each.finish())));
        return values;
    }

    static String etag(byte[] md5) {
        return '"' + HexFormat.of().formatHex(md5) + '"';
    }
}
