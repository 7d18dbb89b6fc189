package dev.mapwright.server.s3;

import static dev.mapwright.adapters.objects.local.Listings.PAGE_ITEMS_MAX;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.Listings;
import dev.mapwright.adapters.objects.local.Listings.Listing;
import dev.mapwright.adapters.objects.local.Listings.Selection;
import dev.mapwright.adapters.objects.local.Listings.Start;
import dev.mapwright.adapters.objects.local.ObjectVersion;
import dev.mapwright.adapters.objects.local.S3Failed;
import dev.mapwright.adapters.objects.local.Upload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Listings of objects, versions and uploads, as XML.
final class ListOperations {
    private final Listings listings;
    private final S3Settings settings;

    ListOperations(Listings listings, S3Settings settings) {
        this.listings = listings;
        this.settings = settings;
    }

    void objectsV2(Call call) throws IOException {
        Query query = call.query();
        Optional<String> token = query.text("continuation-token");
        Optional<String> startAfter = query.text("start-after");
        Selection selection = selection(query);
        int keysMax = query.number("max-keys", PAGE_ITEMS_MAX, PAGE_ITEMS_MAX);
        Optional<String> after =
                token.isPresent() ? Optional.of(decodeToken(token.get())) : startAfter;
        Listing<ObjectVersion> page =
                listings.objects(call.bucket(), selection, start(after), keysMax);
        UnaryOperator<String> encoding = encoding(query);
        Xml xml = head("ListBucketResult", call, selection, encoding, page);
        xml.element("MaxKeys", keysMax)
                .element("KeyCount", page.items().size() + page.commonPrefixes().size());
        token.ifPresent(value -> xml.element("ContinuationToken", value));
        startAfter.ifPresent(value -> xml.element("StartAfter", encoding.apply(value)));
        if (page.truncated()) {
            xml.element("NextContinuationToken", encodeToken(page.last()));
        }
        boolean owner = query.get("fetch-owner").filter("true"::equals).isPresent();
        page.items()
                .forEach(item -> contents(
                        xml, item, encoding, owner ? Optional.of(settings) : Optional.empty()));
        commonPrefixes(xml, page, encoding);
        call.xml(xml);
    }

    void objects(Call call) throws IOException {
        Query query = call.query();
        Selection selection = selection(query);
        int keysMax = query.number("max-keys", PAGE_ITEMS_MAX, PAGE_ITEMS_MAX);
        Optional<String> marker = query.text("marker");
        Listing<ObjectVersion> page =
                listings.objects(call.bucket(), selection, start(marker), keysMax);
        UnaryOperator<String> encoding = encoding(query);
        Xml xml = head("ListBucketResult", call, selection, encoding, page);
        xml.element("MaxKeys", keysMax).element("Marker", encoding.apply(marker.orElse("")));
        if (page.truncated() && selection.delimiter().isPresent()) {
            xml.element("NextMarker", encoding.apply(page.last()));
        }
        page.items().forEach(item -> contents(xml, item, encoding, Optional.of(settings)));
        commonPrefixes(xml, page, encoding);
        call.xml(xml);
    }

    void versions(Call call) throws IOException {
        Query query = call.query();
        Selection selection = selection(query);
        int keysMax = query.number("max-keys", PAGE_ITEMS_MAX, PAGE_ITEMS_MAX);
        Start start = start(
                query.text("key-marker"), query.text("version-id-marker"), "version-id-marker");
        Listing<Listings.VersionEntry> page =
                listings.versions(call.bucket(), selection, start, keysMax);
        UnaryOperator<String> encoding = encoding(query);
        Xml xml = head("ListVersionsResult", call, selection, encoding, page);
        xml.element("MaxKeys", keysMax)
                .element("KeyMarker", encoding.apply(query.text("key-marker").orElse("")))
                .element("VersionIdMarker", query.text("version-id-marker").orElse(""));
        if (page.truncated()) {
            xml.element("NextKeyMarker", encoding.apply(page.last()));
            page.lastItem()
                    .ifPresent(item ->
                            xml.element("NextVersionIdMarker", item.version().id()));
        }
        page.items().forEach(item -> version(xml, item, encoding));
        commonPrefixes(xml, page, encoding);
        call.xml(xml);
    }

    void uploads(Call call) throws IOException {
        Query query = call.query();
        Selection selection = selection(query);
        int uploadsMax = query.number("max-uploads", PAGE_ITEMS_MAX, PAGE_ITEMS_MAX);
        Start start = query.text("upload-id-marker").isPresent()
                        && query.text("key-marker").isEmpty()
                ? new Start.First()
                : start(
                        query.text("key-marker"),
                        query.text("upload-id-marker"),
                        "upload-id-marker");
        Listing<Upload> page = listings.uploads(call.bucket(), selection, start, uploadsMax);
        UnaryOperator<String> encoding = encoding(query);
        Xml xml = Xml.document("ListMultipartUploadsResult").element("Bucket", call.bucket());
        selection(xml, query, selection, encoding);
        xml.element("MaxUploads", uploadsMax)
                .element("IsTruncated", page.truncated())
                .element("KeyMarker", encoding.apply(query.text("key-marker").orElse("")))
                .element("UploadIdMarker", query.text("upload-id-marker").orElse(""));
        if (page.truncated()) {
            xml.element("NextKeyMarker", encoding.apply(page.last()));
            page.lastItem().ifPresent(item -> xml.element("NextUploadIdMarker", item.id()));
        }
        page.items().forEach(item -> upload(xml, item, encoding));
        commonPrefixes(xml, page, encoding);
        call.xml(xml);
    }

    private void contents(
            Xml xml,
            ObjectVersion item,
            UnaryOperator<String> encoding,
            Optional<S3Settings> owner) {
        ObjectVersion.Content content = item.content().orElseThrow();
        xml.start("Contents").element("Key", encoding.apply(item.key()));
        content(xml, item, content);
        owner.ifPresent(account -> Owner.write(xml, "Owner", account));
        xml.end();
    }

    private void version(Xml xml, Listings.VersionEntry entry, UnaryOperator<String> encoding) {
        ObjectVersion version = entry.version();
        xml.start(version.isDeleteMarker() ? "DeleteMarker" : "Version")
                .element("Key", encoding.apply(version.key()))
                .element("VersionId", version.id())
                .element("IsLatest", entry.latest());
        if (version.content().isPresent()) {
            content(xml, version, version.content().get());
        } else {
            xml.element("LastModified", HttpDate.xml(version.lastModified()));
        }
        Owner.write(xml, "Owner", settings);
        xml.end();
    }

    private static void content(Xml xml, ObjectVersion version, ObjectVersion.Content content) {
        xml.element("LastModified", HttpDate.xml(version.lastModified()))
                .element("ETag", content.etag())
                .element("ChecksumAlgorithm", content.checksum().algorithm())
                .element("ChecksumType", content.checksum().type())
                .element("Size", content.bytes())
                .element("StorageClass", content.storageClass());
    }

    private void upload(Xml xml, Upload upload, UnaryOperator<String> encoding) {
        xml.start("Upload")
                .element("Key", encoding.apply(upload.key()))
                .element("UploadId", upload.id());
        var shown = new ShownUpload(upload, settings);
        shown.writeOrigin(xml);
        xml.element("Initiated", HttpDate.xml(upload.initiated()));
        shown.writeChecksum(xml);
        xml.end();
    }

    private static Xml head(
            String root,
            Call call,
            Selection selection,
            UnaryOperator<String> encoding,
            Listing<?> page) {
        Xml xml = Xml.document(root).element("Name", call.bucket());
        selection(xml, call.query(), selection, encoding);
        return xml.element("IsTruncated", page.truncated());
    }

    private static void selection(
            Xml xml, Query query, Selection selection, UnaryOperator<String> encoding) {
        xml.element("Prefix", encoding.apply(selection.prefix()));
        selection
                .delimiter()
                .ifPresent(delimiter -> xml.element("Delimiter", encoding.apply(delimiter)));
        query.text("encoding-type").ifPresent(type -> xml.element("EncodingType", type));
    }

    private static void commonPrefixes(Xml xml, Listing<?> page, UnaryOperator<String> encoding) {
        for (String prefix : page.commonPrefixes()) {
            xml.start("CommonPrefixes")
                    .element("Prefix", encoding.apply(prefix))
                    .end();
        }
    }

    private static Selection selection(Query query) {
        return new Selection(query.text("prefix").orElse(""), query.text("delimiter"));
    }

    private static Start start(Optional<String> after) {
        return after.<Start>map(Start.AfterKey::new).orElse(new Start.First());
    }

    private static Start start(Optional<String> key, Optional<String> id, String idName)
            throws S3Failed {
        if (id.isEmpty()) {
            return start(key);
        }
        if (key.isEmpty()) {
            throw new S3Failed(
                    ErrorCode.INVALID_ARGUMENT,
                    "A %s cannot be specified without a key marker.".formatted(idName));
        }
        return new Start.AfterItem(key.get(), id.get());
    }

    private static UnaryOperator<String> encoding(Query query) throws S3Failed {
        Optional<String> type = query.text("encoding-type");
        if (type.isEmpty()) {
            return UnaryOperator.identity();
        }
        if (!type.get().equals("url")) {
            throw new S3Failed(
                    ErrorCode.INVALID_ARGUMENT,
                    "Invalid Encoding Method specified in Request: '%s', url is the one."
                            .formatted(type.get()));
        }
        return PercentCoding::encode;
    }

    private static String encodeToken(String last) {
        return Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    private static String decodeToken(String token) throws S3Failed {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException foreign) {
            throw new S3Failed(
                    ErrorCode.INVALID_ARGUMENT,
                    "The continuation token provided is incorrect: '%s'.".formatted(token));
        }
    }
}
