package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ChecksumAlgorithm;
import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.S3Failed;
import dev.mapwright.adapters.objects.local.Staged;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A request's body and what its sender says of it: length, Content-MD5, a checksum in a header or
/// a trailer, SHA-256.
///
/// @param algorithm of the checksum that comes with it
/// @param length of the bytes themselves, without chunk headers
/// @param payloadSha256 hexadecimal
record ReceivedBody(
        Call call,
        InputStream stream,
        Optional<AwsChunkedStream> chunked,
        Optional<ChecksumAlgorithm> algorithm,
        Optional<Long> length,
        Optional<String> payloadSha256) {

    /// Enough for 10,000 parts or 1,000 keys of 1,024 bytes with the markup around them.
    private static final int XML_BYTES_MAX = 8 * 1024 * 1024;

    /// https://docs.aws.amazon.com/AmazonS3/latest/userguide/upload-objects.html
    private static final long BYTES_MAX = 5L * 1024 * 1024 * 1024;

    private static final int MD5_BYTES = 16;
    private static final String SHA256_HEADER = "x-amz-content-sha256";

    static ReceivedBody of(Call call) throws S3Failed {
        Optional<String> payload = call.header(SHA256_HEADER);
        boolean isChunked =
                payload.filter(value -> value.startsWith("STREAMING-")).isPresent()
                        || call.header("content-encoding")
                                .filter(value -> value.contains("aws-chunked"))
                                .isPresent();
        Optional<AwsChunkedStream> chunked = isChunked
                ? Optional.of(new AwsChunkedStream(call.request().body()))
                : Optional.empty();
        InputStream stream = isChunked ? chunked.get() : call.request().body();
        Optional<Long> length =
                length(call, isChunked ? "x-amz-decoded-content-length" : "content-length");
        if (length.filter(value -> value > BYTES_MAX).isPresent()) {
            throw new S3Failed(
                    ErrorCode.ENTITY_TOO_LARGE,
                    "Your proposed upload exceeds the maximum allowed size: %d bytes, at most %d in one request."
                            .formatted(length.get(), BYTES_MAX));
        }
        return new ReceivedBody(
                call,
                stream,
                chunked,
                algorithm(call),
                length,
                payload.filter(value -> value.matches("[0-9a-f]{64}")));
    }

    /// A body whose request has a checksum of something else.
    static ReceivedBody withoutChecksum(Call call) throws S3Failed {
        ReceivedBody body = of(call);
        return new ReceivedBody(
                call, body.stream, body.chunked, Optional.empty(), body.length, body.payloadSha256);
    }

    /// All that `verify` will want to know of the bytes, and one more.
    Set<ChecksumAlgorithm> algorithmsWith(ChecksumAlgorithm kept) {
        Set<ChecksumAlgorithm> algorithms = EnumSet.of(kept);
        algorithm.ifPresent(algorithms::add);
        payloadSha256.ifPresent(_ -> algorithms.add(ChecksumAlgorithm.SHA256));
        return algorithms;
    }

    Set<ChecksumAlgorithm> algorithms() {
        Set<ChecksumAlgorithm> algorithms = EnumSet.noneOf(ChecksumAlgorithm.class);
        algorithm.ifPresent(algorithms::add);
        payloadSha256.ifPresent(_ -> algorithms.add(ChecksumAlgorithm.SHA256));
        return algorithms;
    }

    /// Compares what arrived with what was announced.
    void verify(Staged staged) throws S3Failed {
        verify(staged.bytes(), staged.md5Base64(), staged::checksum);
    }

    /// Receives an XML document.
    XmlRequest xml(String root) throws IOException {
        return XmlRequest.parse(small(), root);
    }

    /// The same; empty if there is no body.
    Optional<XmlRequest> optionalXml(String root) throws IOException {
        byte[] bytes = small();
        return bytes.length == 0 ? Optional.empty() : Optional.of(XmlRequest.parse(bytes, root));
    }

    private byte[] small() throws IOException {
        byte[] bytes = stream.readNBytes(XML_BYTES_MAX + 1);
        if (bytes.length > XML_BYTES_MAX) {
            throw XmlRequest.malformed("it has more than %d bytes".formatted(XML_BYTES_MAX));
        }
        verify(bytes.length, Base64.getEncoder().encodeToString(md5(bytes)), each -> {
            ChecksumAlgorithm.Running running = each.start();
            running.update(bytes, 0, bytes.length);
            return Optional.of(Base64.getEncoder().encodeToString(running.finish()));
        });
        return bytes;
    }

    private void verify(
            long bytes, String md5, Function<ChecksumAlgorithm, Optional<String>> checksums)
            throws S3Failed {
        if (length.filter(announced -> announced != bytes).isPresent()) {
            throw new S3Failed(
                    ErrorCode.INCOMPLETE_BODY,
                    "You did not provide the number of bytes specified by the Content-Length HTTP header: %d of %d."
                            .formatted(bytes, length.get()));
        }
        Optional<String> contentMd5 = call.header("content-md5");
        if (contentMd5.isPresent()) {
            checkMd5(contentMd5.get());
            compare(ErrorCode.BAD_DIGEST, "Content-MD5", contentMd5.get(), md5);
        }
        if (payloadSha256.isPresent()) {
            String computed = checksums
                    .apply(ChecksumAlgorithm.SHA256)
                    .map(value -> HexFormat.of().formatHex(Base64.getDecoder().decode(value)))
                    .orElseThrow();
            compare(
                    ErrorCode.CONTENT_SHA256_MISMATCH,
                    SHA256_HEADER,
                    payloadSha256.get(),
                    computed);
        }
        if (algorithm.isPresent()) {
            String computed = checksums.apply(algorithm.get()).orElseThrow();
            String announced = announced(algorithm.get()).orElse(computed);
            if (announced.length() != computed.length()) {
                throw new S3Failed(
                        ErrorCode.INVALID_REQUEST,
                        "Value for %s header is invalid: '%s'."
                                .formatted(algorithm.get().header(), announced));
            }
            compare(ErrorCode.BAD_DIGEST, algorithm.get().header(), announced, computed);
        }
    }

    private Optional<String> announced(ChecksumAlgorithm sent) throws S3Failed {
        Optional<String> header = call.header(sent.header());
        if (header.isPresent()) {
            return header;
        }
        Optional<String> trailer = chunked.flatMap(stream -> stream.trailer(sent.header()));
        if (trailer.isEmpty() && call.header("x-amz-trailer").isPresent()) {
            throw new S3Failed(
                    ErrorCode.MALFORMED_TRAILER,
                    "The request contained trailing data that was not well-formed: %s is announced and missing."
                            .formatted(sent.header()));
        }
        return trailer;
    }

    private static void compare(ErrorCode code, String what, String announced, String computed)
            throws S3Failed {
        if (!announced.equals(computed)) {
            throw new S3Failed(
                    code,
                    "The %s you specified did not match what we received: %s, computed %s."
                            .formatted(what, announced, computed));
        }
    }

    private static void checkMd5(String value) throws S3Failed {
        try {
            if (Base64.getDecoder().decode(value).length == MD5_BYTES) {
                return;
            }
        } catch (IllegalArgumentException notBase64) {
            // Reported below, like a wrong length.
        }
        throw new S3Failed(
                ErrorCode.INVALID_DIGEST,
                "The Content-MD5 you specified is not valid: '%s'.".formatted(value));
    }

    private static Optional<ChecksumAlgorithm> algorithm(Call call) throws S3Failed {
        List<ChecksumAlgorithm> sent = new ArrayList<>();
        for (ChecksumAlgorithm each : ChecksumAlgorithm.values()) {
            boolean inTrailer = call.header("x-amz-trailer")
                    .filter(names -> List.of(names.strip().toLowerCase().split("\\s*,\\s*"))
                            .contains(each.header()))
                    .isPresent();
            if (call.header(each.header()).isPresent() || inTrailer) {
                sent.add(each);
            }
        }
        if (sent.size() > 1) {
            throw new S3Failed(
                    ErrorCode.INVALID_REQUEST,
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed: "
                            + sent);
        }
        return sent.isEmpty()
                ? call.checksumAlgorithm("x-amz-sdk-checksum-algorithm")
                : Optional.of(sent.getFirst());
    }

    private static Optional<Long> length(Call call, String header) throws S3Failed {
        Optional<String> value = call.header(header);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!value.get().matches("\\d{1,18}")) {
            throw new S3Failed(
                    ErrorCode.INVALID_ARGUMENT,
                    "The header %s is no length: '%s'.".formatted(header, value.get()));
        }
        return Optional.of(Long.valueOf(value.get()));
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("expected the JDK to have MD5", missing);
        }
    }
}
