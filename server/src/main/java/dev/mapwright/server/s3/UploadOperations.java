package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ChecksumAlgorithm;
import dev.mapwright.adapters.objects.local.ChecksumType;
import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.Listings;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.objects.local.ObjectVersion;
import dev.mapwright.adapters.objects.local.OpenObject;
import dev.mapwright.adapters.objects.local.OpenObject.Slice;
import dev.mapwright.adapters.objects.local.Part;
import dev.mapwright.adapters.objects.local.S3Failed;
import dev.mapwright.adapters.objects.local.Staged;
import dev.mapwright.adapters.objects.local.Upload;
import dev.mapwright.adapters.objects.local.Uploads;
import dev.mapwright.adapters.objects.local.Uploads.ChecksumChoice;
import dev.mapwright.adapters.objects.local.Uploads.Completion;
import dev.mapwright.adapters.objects.local.Versioning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Multipart uploads.
final class UploadOperations {
    private static final String TYPE_HEADER = "x-amz-checksum-type";

    private final LocalS3 s3;
    private final S3Settings settings;

    UploadOperations(LocalS3 s3, S3Settings settings) {
        this.s3 = s3;
        this.settings = settings;
    }

    void begin(Call call) throws IOException, InterruptedException {
        Upload upload = s3.uploads()
                .begin(
                        call.bucket(),
                        call.key(),
                        ObjectHeaders.of(call),
                        Tags.ofHeader(call),
                        choice(call));
        if (upload.declared()) {
            call.give("x-amz-checksum-algorithm", upload.object().algorithm().name())
                    .give(TYPE_HEADER, upload.type().name());
        }
        call.xml(Xml.document("InitiateMultipartUploadResult")
                .element("Bucket", call.bucket())
                .element("Key", call.key())
                .element("UploadId", upload.id()));
    }

    void put(Call call) throws IOException, InterruptedException {
        int number = number(call);
        Upload upload = upload(call);
        ReceivedBody body = ReceivedBody.of(call);
        if (upload.declared()
                && body.algorithm()
                        .filter(sent -> sent != upload.object().algorithm())
                        .isPresent()) {
            throw new S3Failed(
                    ErrorCode.INVALID_REQUEST,
                    "Checksum Type mismatch occurred, expected checksum Type: %s, actual checksum Type: %s"
                            .formatted(
                                    upload.object().algorithm(),
                                    body.algorithm().get()));
        }
        try (Staged staged = s3.uploads().stage(upload, body.stream(), body.algorithms())) {
            body.verify(staged);
            Part part = s3.uploads().put(call.bucket(), upload, number, staged);
            ChecksumAlgorithm shown = body.algorithm().orElse(upload.object().algorithm());
            call.give(shown.header(), staged.checksum(shown).orElseThrow())
                    .give("ETag", part.etag())
                    .empty(200);
        }
    }

    void copy(Call call) throws IOException, InterruptedException {
        int number = number(call);
        Upload upload = upload(call);
        CopySource source = CopySource.of(call);
        try (OpenObject from = source.open(s3, call)) {
            Slice slice = sourceSlice(call, from);
            try (Staged staged = s3.uploads()
                    .stage(
                            upload,
                            new LimitedStream(from.bytesFrom(slice.from()), slice.bytes()),
                            Set.of())) {
                Part part = s3.uploads().put(call.bucket(), upload, number, staged);
                if (s3.buckets().require(source.bucket()).versioning() != Versioning.OFF) {
                    call.give("x-amz-copy-source-version-id", from.version().id());
                }
                call.xml(Xml.document("CopyPartResult")
                        .element("LastModified", HttpDate.xml(part.lastModified()))
                        .element("ETag", part.etag())
                        .element("Checksum" + upload.object().algorithm(), part.checksum()));
            }
        }
    }

    private static Slice sourceSlice(Call call, OpenObject from) throws S3Failed {
        Optional<String> range = call.header("x-amz-copy-source-range");
        if (range.isEmpty()) {
            return new Slice(0, from.content().bytes());
        }
        if (!range.get().matches("bytes=\\d{1,18}-\\d{1,18}")) {
            throw new S3Failed(
                    ErrorCode.INVALID_ARGUMENT,
                    "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are "
                            + "the zero-based offsets of the first and last bytes to copy; found "
                            + range.get());
        }
        return Range.of(range.get(), from.content().bytes())
                .orElseThrow(() -> new S3Failed(
                        ErrorCode.INVALID_ARGUMENT,
                        "The x-amz-copy-source-range ends before it begins: " + range.get()));
    }

    void list(Call call) throws IOException {
        Upload upload = upload(call);
        int partsMax =
                call.query().number("max-parts", Listings.PAGE_ITEMS_MAX, Listings.PAGE_ITEMS_MAX);
        int marker = call.query().number("part-number-marker", 0, Uploads.PARTS_MAX);
        List<Part> found = s3.uploads().parts(upload, marker, partsMax + 1);
        List<Part> page = found.subList(0, Math.min(partsMax, found.size()));
        Xml xml = Xml.document("ListPartsResult")
                .element("Bucket", call.bucket())
                .element("Key", call.key())
                .element("UploadId", upload.id());
        var shown = new ShownUpload(upload, settings);
        shown.writeOrigin(xml);
        xml.element("PartNumberMarker", marker)
                .element(
                        "NextPartNumberMarker",
                        page.isEmpty() ? marker : page.getLast().number())
                .element("MaxParts", partsMax)
                .element("IsTruncated", page.size() < found.size());
        shown.writeChecksum(xml);
        for (Part part : page) {
            xml.start("Part")
                    .element("PartNumber", part.number())
                    .element("LastModified", HttpDate.xml(part.lastModified()))
                    .element("ETag", part.etag())
                    .element("Size", part.bytes());
            if (upload.declared()) {
                xml.element("Checksum" + upload.object().algorithm(), part.checksum());
            }
            xml.end();
        }
        call.xml(xml);
    }

    void complete(Call call) throws IOException, InterruptedException {
        String uploadId = call.query().get("uploadId").orElse("");
        XmlRequest body = completionBody(call);
        Upload upload = upload(call);
        if (call.header(TYPE_HEADER)
                .filter(type -> !type.equals(upload.type().name()))
                .isPresent()) {
            throw new S3Failed(
                    ErrorCode.INVALID_REQUEST,
                    "The upload was created using the %s checksum mode; %s says %s."
                            .formatted(
                                    upload.type(),
                                    TYPE_HEADER,
                                    call.header(TYPE_HEADER).get()));
        }
        Completion completion = new Completion(
                claims(body),
                call.header(upload.object().algorithm().header()),
                objectBytes(call),
                call.writeConditions());
        ObjectVersion written =
                s3.uploads().complete(call.bucket(), call.key(), uploadId, completion);
        call.give(ObjectHeaders.ENCRYPTION, ObjectHeaders.ENCRYPTED_BY_S3);
        if (s3.buckets().require(call.bucket()).versioning() != Versioning.OFF) {
            call.give("x-amz-version-id", written.id());
        }
        ObjectVersion.Content content = written.content().orElseThrow();
        Xml xml = Xml.document("CompleteMultipartUploadResult")
                .element(
                        "Location",
                        "http://%s/%s/%s"
                                .formatted(
                                        call.header("host").orElse("localhost"),
                                        call.bucket(),
                                        PercentCoding.encode(call.key())))
                .element("Bucket", call.bucket())
                .element("Key", call.key())
                .element("ETag", content.etag());
        ObjectOperations.writeChecksum(xml, content.checksum());
        call.xml(xml);
    }

    void abort(Call call) throws IOException, InterruptedException {
        s3.uploads()
                .abort(call.bucket(), call.key(), call.query().get("uploadId").orElse(""));
        call.empty(204);
    }

    /// A checksum header of this request is the object's, not that of the XML.
    private static XmlRequest completionBody(Call call) throws IOException {
        return ReceivedBody.withoutChecksum(call).xml("CompleteMultipartUpload");
    }

    private static List<Completion.Claim> claims(XmlRequest body) throws S3Failed {
        List<Completion.Claim> claims = new ArrayList<>();
        for (XmlRequest part : body.all("Part")) {
            String number = part.requiredTextOf("PartNumber").strip();
            if (!number.matches("\\d{1,9}")) {
                throw XmlRequest.malformed("'%s' is no PartNumber".formatted(number));
            }
            Map<ChecksumAlgorithm, String> checksums = new EnumMap<>(ChecksumAlgorithm.class);
            for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
                part.textOf("Checksum" + algorithm)
                        .ifPresent(value -> checksums.put(algorithm, value));
            }
            claims.add(new Completion.Claim(
                    Integer.parseInt(number), part.requiredTextOf("ETag"), checksums));
        }
        return claims;
    }

    private static Optional<Long> objectBytes(Call call) throws S3Failed {
        Optional<String> header = call.header("x-amz-mp-object-size");
        if (header.filter(value -> !value.matches("\\d{1,18}")).isPresent()) {
            throw new S3Failed(
                    ErrorCode.INVALID_ARGUMENT,
                    "x-amz-mp-object-size is a number of bytes, found '%s'."
                            .formatted(header.get()));
        }
        return header.map(Long::valueOf);
    }

    private static ChecksumChoice choice(Call call) throws S3Failed {
        Optional<ChecksumAlgorithm> algorithm = call.checksumAlgorithm("x-amz-checksum-algorithm");
        Optional<String> type = call.header(TYPE_HEADER);
        if (algorithm.isEmpty()) {
            if (type.isPresent()) {
                throw new S3Failed(
                        ErrorCode.INVALID_REQUEST,
                        "The %s header can only be used with the x-amz-checksum-algorithm header."
                                .formatted(TYPE_HEADER));
            }
            return new ChecksumChoice.Unsaid();
        }
        ChecksumType chosen = algorithm.get().typeOfParts();
        for (ChecksumType each : ChecksumType.values()) {
            chosen = type.filter(each.name()::equals).isPresent() ? each : chosen;
        }
        if (type.isPresent()
                && (!chosen.name().equals(type.get()) || !algorithm.get().allows(chosen))) {
            throw new S3Failed(
                    ErrorCode.INVALID_REQUEST,
                    "The %s checksum type cannot be used with the %s checksum algorithm."
                            .formatted(type.get(), algorithm.get()));
        }
        return new ChecksumChoice.Declared(algorithm.get(), chosen);
    }

    private Upload upload(Call call) throws S3Failed {
        return s3.uploads()
                .require(call.bucket(), call.key(), call.query().get("uploadId").orElse(""));
    }

    private static int number(Call call) throws S3Failed {
        int number = call.query().number("partNumber", 0, Integer.MAX_VALUE);
        Uploads.checkNumber(number);
        return number;
    }
}
