package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.Checksum;
import dev.mapwright.adapters.objects.local.ChecksumAlgorithm;
import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.ReadConditions;
import dev.mapwright.adapters.objects.local.S3Failed;
import dev.mapwright.adapters.objects.local.WriteConditions;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One request under way: what it is about, what it says in headers and query, and its one answer.
final class Call {
    private final Request request;
    private final Response response;
    private final Address address;
    private final Query query;
    private boolean answered;

    Call(Request request, Response response) throws S3Failed {
        this.request = request;
        this.response = response;
        this.address = Address.of(request.header("host"), request.rawPath());
        this.query = Query.parse(request.rawQuery());
    }

    Request request() {
        return request;
    }

    Address address() {
        return address;
    }

    String bucket() {
        return address.bucket();
    }

    String key() {
        return address.key();
    }

    Query query() {
        return query;
    }

    Optional<String> versionId() {
        return query.text("versionId");
    }

    Optional<String> header(String name) {
        return request.header(name);
    }

    /// Whether the answer has begun, so that no error can be sent instead.
    boolean answered() {
        return answered;
    }

    Call give(String header, String value) {
        response.header(header, value);
        return this;
    }

    Call give(Checksum checksum) {
        return give(checksum.algorithm().header(), checksum.value())
                .give("x-amz-checksum-type", checksum.type().name());
    }

    void empty(int status) throws IOException {
        answered = true;
        response.status(status).send(new byte[0]);
    }

    void xml(Xml document) throws IOException {
        answered = true;
        response.status(200).header("Content-Type", "application/xml").send(document.bytes());
    }

    OutputStream stream(int status, long bytes) throws IOException {
        answered = true;
        return response.status(status).stream(bytes);
    }

    /// The algorithm that a header names.
    Optional<ChecksumAlgorithm> checksumAlgorithm(String header) throws S3Failed {
        Optional<String> name = header(header);
        Optional<ChecksumAlgorithm> algorithm = name.flatMap(ChecksumAlgorithm::named);
        if (name.isPresent() && algorithm.isEmpty()) {
            throw new S3Failed(
                    ErrorCode.INVALID_REQUEST,
                    "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
                            + "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]; found '%s' in %s."
                                    .formatted(name.get(), header));
        }
        return algorithm;
    }

    /// @param prefix empty, or `x-amz-copy-source-`
    ReadConditions readConditions(String prefix) {
        return new ReadConditions(
                header(prefix + "if-match"),
                header(prefix + "if-none-match"),
                date(prefix + "if-modified-since"),
                date(prefix + "if-unmodified-since"));
    }

    WriteConditions writeConditions() throws S3Failed {
        Optional<String> ifNoneMatch = header("if-none-match");
        if (ifNoneMatch.filter(value -> !value.equals("*")).isPresent()) {
            throw Refusals.unsupported(
                    "if-none-match: %s of a write, only *".formatted(ifNoneMatch.get()));
        }
        for (String header : List.of("if-modified-since", "if-unmodified-since")) {
            if (header(header).isPresent()) {
                throw Refusals.unsupported(header + " of a write");
            }
        }
        return new WriteConditions(header("if-match"), ifNoneMatch);
    }

    boolean asks(String header, String value) {
        return header(header)
                .filter(given -> given.toUpperCase(Locale.ROOT).equals(value))
                .isPresent();
    }

    /// A date that can't be read is no condition (RFC 9110, 13.1.3).
    private Optional<Instant> date(String header) {
        return header(header).flatMap(HttpDate::parse);
    }
}
