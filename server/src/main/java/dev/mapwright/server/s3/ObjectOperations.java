package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.Checksum;
import dev.mapwright.adapters.objects.local.ChecksumAlgorithm;
import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.objects.local.NewObject;
import dev.mapwright.adapters.objects.local.ObjectVersion;
import dev.mapwright.adapters.objects.local.Objects;
import dev.mapwright.adapters.objects.local.OpenObject;
import dev.mapwright.adapters.objects.local.OpenObject.Slice;
import dev.mapwright.adapters.objects.local.Part;
import dev.mapwright.adapters.objects.local.ReadConditions;
import dev.mapwright.adapters.objects.local.S3Failed;
import dev.mapwright.adapters.objects.local.Staged;
import dev.mapwright.adapters.objects.local.Uploads;
import dev.mapwright.adapters.objects.local.Versioning;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Operations on single objects, and DeleteObjects.
final class ObjectOperations {
    private static final int BUFFER_BYTES = 64 * 1024;

    /// Query parameters of a GET that replace headers of the object.
    private static final Map<String, String> OVERRIDES = Map.of(
            "response-content-type", "content-type",
            "response-content-language", "content-language",
            "response-expires", "expires",
            "response-cache-control", "cache-control",
            "response-content-disposition", "content-disposition",
            "response-content-encoding", "content-encoding");

    private final LocalS3 s3;

    ObjectOperations(LocalS3 s3) {
        this.s3 = s3;
    }

    void put(Call call) throws IOException, InterruptedException {
        s3.buckets().require(call.bucket());
        ReceivedBody body = ReceivedBody.of(call);
        if (body.length().isEmpty()) {
            throw new S3Failed(
                    ErrorCode.MISSING_CONTENT_LENGTH,
                    "You must provide the Content-Length HTTP header.");
        }
        ChecksumAlgorithm algorithm = body.algorithm().orElse(ChecksumAlgorithm.CRC64NVME);
        NewObject object = new NewObject(ObjectHeaders.of(call), Tags.ofHeader(call), algorithm);
        try (Staged staged = s3.objects().stage(body.stream(), body.algorithmsWith(algorithm))) {
            body.verify(staged);
            ObjectVersion written = s3.objects()
                    .put(call.bucket(), call.key(), staged, object, call.writeConditions());
            giveVersion(call, written);
            call.give(written.content().orElseThrow().checksum())
                    .give("ETag", staged.etag())
                    .give(ObjectHeaders.ENCRYPTION, ObjectHeaders.ENCRYPTED_BY_S3)
                    .empty(200);
        }
    }

    /// GetObject; and HeadObject, whose body the HTTP port leaves out.
    void get(Call call) throws IOException {
        try (OpenObject object = s3.objects()
                .open(call.bucket(), call.key(), call.versionId(), ReadConditions.NONE)) {
            ObjectVersion.Content content = object.content();
            // Before the conditions are checked: 304 has them too.
            call.give("ETag", content.etag())
                    .give(ObjectHeaders.ENCRYPTION, ObjectHeaders.ENCRYPTED_BY_S3)
                    .give("Last-Modified", HttpDate.header(object.version().lastModified()));
            call.readConditions("").check(content.etag(), object.version().lastModified());
            Optional<Slice> part = part(call, object);
            Optional<Slice> slice = part.isPresent() || call.header("range").isEmpty()
                    ? part
                    : Range.of(call.header("range").get(), content.bytes());
            Slice sent = slice.orElse(new Slice(0, content.bytes()));
            describe(call, object.version(), content);
            if (slice.isPresent() && sent.bytes() > 0) {
                call.give(
                        "Content-Range",
                        "bytes %d-%d/%d"
                                .formatted(
                                        sent.from(),
                                        sent.from() + sent.bytes() - 1,
                                        content.bytes()));
            } else if (call.asks("x-amz-checksum-mode", "ENABLED")) {
                call.give(content.checksum());
            }
            if (part.isPresent() && content.partCount() > 0) {
                call.give("x-amz-mp-parts-count", Integer.toString(content.partCount()));
            }
            send(call, object, sent, slice.isPresent() ? 206 : 200);
        }
    }

    private static void send(Call call, OpenObject object, Slice slice, int status)
            throws IOException {
        if (slice.bytes() == 0) {
            call.empty(status);
            return;
        }
        try (OutputStream out = call.stream(status, slice.bytes())) {
            if (call.request().method().equals("HEAD")) {
                return;
            }
            try (InputStream in = object.bytesFrom(slice.from())) {
                byte[] buffer = new byte[BUFFER_BYTES];
                long rest = slice.bytes();
                while (rest > 0) {
                    int count = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
                    if (count < 0) {
                        throw new IOException("a body file is %d bytes too short".formatted(rest));
                    }
                    out.write(buffer, 0, count);
                    rest -= count;
                }
            }
        }
    }

    private static Optional<Slice> part(Call call, OpenObject object) throws S3Failed {
        if (call.query().text("partNumber").isEmpty()) {
            return Optional.empty();
        }
        if (call.header("range").isPresent()) {
            throw new S3Failed(
                    ErrorCode.INVALID_REQUEST,
                    "Cannot specify both Range header and partNumber query parameter");
        }
        int number = call.query().number("partNumber", 1, Integer.MAX_VALUE);
        Uploads.checkNumber(number);
        return Optional.of(object.part(number));
    }

    private void describe(Call call, ObjectVersion version, ObjectVersion.Content content)
            throws S3Failed {
        content.headers().forEach(call::give);
        for (Map.Entry<String, String> override : OVERRIDES.entrySet()) {
            call.query()
                    .text(override.getKey())
                    .ifPresent(value -> call.give(override.getValue(), value));
        }
        if (!content.tags().isEmpty()) {
            call.give("x-amz-tagging-count", Integer.toString(content.tags().size()));
        }
        giveVersion(call, version);
        call.give("Accept-Ranges", "bytes");
    }

    void delete(Call call) throws IOException, InterruptedException {
        Objects.Deletion deletion =
                new Objects.Deletion(call.key(), call.versionId(), call.header("if-match"));
        for (String header : List.of("x-amz-if-match-last-modified-time", "x-amz-if-match-size")) {
            if (call.header(header).isPresent()) {
                throw Refusals.unsupported("DeleteObject with " + header);
            }
        }
        Objects.Deleted deleted = s3.objects().delete(call.bucket(), deletion);
        deleted.removed().or(deleted::marker).ifPresent(version -> {
            if (version.isDeleteMarker()) {
                call.give("x-amz-delete-marker", "true");
            }
            call.give("x-amz-version-id", version.id());
        });
        call.empty(204);
    }

    void deleteAll(Call call) throws IOException, InterruptedException {
        XmlRequest delete = ReceivedBody.of(call).xml("Delete");
        List<XmlRequest> entries = delete.all("Object");
        if (entries.isEmpty() || entries.size() > Objects.DELETIONS_MAX) {
            throw XmlRequest.malformed("Delete has 1 to %d Objects, found %d"
                    .formatted(Objects.DELETIONS_MAX, entries.size()));
        }
        boolean quiet = delete.textOf("Quiet").filter("true"::equals).isPresent();
        Xml xml = Xml.document("DeleteResult");
        for (Objects.Outcome outcome : s3.objects().deleteAll(call.bucket(), deletions(entries))) {
            switch (outcome) {
                case Objects.Outcome.Done(Objects.Deletion deletion, Objects.Deleted deleted) -> {
                    if (!quiet) {
                        writeDeleted(xml, deletion, deleted);
                    }
                }
                case Objects.Outcome.Refused(Objects.Deletion deletion, S3Failed reason) -> {
                    xml.start("Error").element("Key", deletion.key());
                    deletion.versionId().ifPresent(id -> xml.element("VersionId", id));
                    xml.element("Code", reason.code().text())
                            .element("Message", reason.getMessage())
                            .end();
                }
            }
        }
        call.xml(xml);
    }

    private static List<Objects.Deletion> deletions(List<XmlRequest> entries) throws S3Failed {
        for (XmlRequest entry : entries) {
            if (entry.find("LastModifiedTime").isPresent() || entry.find("Size").isPresent()) {
                throw Refusals.unsupported("DeleteObjects with LastModifiedTime or Size");
            }
            entry.requiredTextOf("Key");
        }
        return entries.stream()
                .map(entry -> new Objects.Deletion(
                        entry.textOf("Key").orElseThrow(),
                        entry.textOf("VersionId").filter(id -> !id.isEmpty()),
                        entry.textOf("ETag")))
                .toList();
    }

    private static void writeDeleted(Xml xml, Objects.Deletion deletion, Objects.Deleted deleted) {
        xml.start("Deleted").element("Key", deletion.key());
        deletion.versionId().ifPresent(id -> xml.element("VersionId", id));
        deleted.removed()
                .or(deleted::marker)
                .filter(ObjectVersion::isDeleteMarker)
                .ifPresent(marker -> xml.element("DeleteMarker", true)
                        .element("DeleteMarkerVersionId", marker.id()));
        xml.end();
    }

    void tags(Call call) throws IOException {
        ObjectVersion version = s3.objects().head(call.bucket(), call.key(), call.versionId());
        giveVersion(call, version);
        call.xml(Tags.xml(version.content().orElseThrow().tags()));
    }

    void setTags(Call call) throws IOException, InterruptedException {
        Map<String, String> tags = Tags.ofBody(call);
        giveVersion(call, s3.objects().setTags(call.bucket(), call.key(), call.versionId(), tags));
        call.empty(200);
    }

    void deleteTags(Call call) throws IOException, InterruptedException {
        giveVersion(
                call, s3.objects().setTags(call.bucket(), call.key(), call.versionId(), Map.of()));
        call.empty(204);
    }

    void attributes(Call call) throws IOException {
        List<String> wanted =
                Arrays.asList(call.header("x-amz-object-attributes").orElse("").split("\\s*,\\s*"));
        ObjectVersion version = s3.objects().head(call.bucket(), call.key(), call.versionId());
        ObjectVersion.Content content = version.content().orElseThrow();
        giveVersion(call, version);
        call.give("Last-Modified", HttpDate.header(version.lastModified()));
        Xml xml = Xml.document("GetObjectAttributesResponse");
        if (wanted.contains("ETag")) {
            xml.element("ETag", content.etag().replace("\"", ""));
        }
        if (wanted.contains("Checksum")) {
            xml.start("Checksum");
            writeChecksum(xml, content.checksum());
            xml.end();
        }
        if (wanted.contains("ObjectParts") && content.partCount() > 0) {
            writeParts(xml, call, version, content);
        }
        if (wanted.contains("StorageClass")) {
            xml.element("StorageClass", content.storageClass());
        }
        if (wanted.contains("ObjectSize")) {
            xml.element("ObjectSize", content.bytes());
        }
        call.xml(xml);
    }

    private void writeParts(
            Xml xml, Call call, ObjectVersion version, ObjectVersion.Content content)
            throws S3Failed {
        int partsMax = Integer.parseInt(call.header("x-amz-max-parts")
                .filter(value -> value.matches("\\d{1,4}"))
                .orElse("1000"));
        int marker = Integer.parseInt(call.header("x-amz-part-number-marker")
                .filter(value -> value.matches("\\d{1,5}"))
                .orElse("0"));
        List<Part> rest = s3.objects().parts(version).stream()
                .filter(part -> part.number() > marker)
                .toList();
        List<Part> page = rest.subList(0, Math.min(partsMax, rest.size()));
        xml.start("ObjectParts")
                .element("PartsCount", content.partCount())
                .element("PartNumberMarker", marker)
                .element(
                        "NextPartNumberMarker",
                        page.isEmpty() ? marker : page.getLast().number())
                .element("MaxParts", partsMax)
                .element("IsTruncated", page.size() < rest.size());
        for (Part part : page) {
            xml.start("Part")
                    .element("PartNumber", part.number())
                    .element("Size", part.bytes())
                    .element("Checksum" + content.checksum().algorithm(), part.checksum())
                    .end();
        }
        xml.end();
    }

    static void writeChecksum(Xml xml, Checksum checksum) {
        xml.element("Checksum" + checksum.algorithm(), checksum.value())
                .element("ChecksumType", checksum.type());
    }

    /// Only versioned buckets tell of versions.
    private void giveVersion(Call call, ObjectVersion version) throws S3Failed {
        if (s3.buckets().require(call.bucket()).versioning() != Versioning.OFF) {
            call.give("x-amz-version-id", version.id());
        }
    }
}
