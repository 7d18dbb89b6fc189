package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.Bucket;
import dev.mapwright.adapters.objects.local.Buckets;
import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.S3Failed;
import dev.mapwright.adapters.objects.local.Versioning;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Operations on buckets themselves.
final class BucketOperations {
    /// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
    private static final int BUCKETS_A_PAGE_MAX = 10_000;

    private final Buckets buckets;
    private final S3Settings settings;

    BucketOperations(Buckets buckets, S3Settings settings) {
        this.buckets = buckets;
        this.settings = settings;
    }

    void list(Call call) throws IOException {
        String prefix = call.query().text("prefix").orElse("");
        String after = call.query().text("continuation-token").orElse("");
        int countMax = call.query().number("max-buckets", BUCKETS_A_PAGE_MAX, BUCKETS_A_PAGE_MAX);
        Optional<String> region = call.query().text("bucket-region");
        List<Bucket> found = buckets.list().stream()
                .filter(bucket ->
                        bucket.name().startsWith(prefix) && bucket.name().compareTo(after) > 0)
                .filter(bucket -> region.isEmpty() || region.get().equals(bucket.region()))
                .toList();
        List<Bucket> page = found.subList(0, Math.min(countMax, found.size()));
        Xml xml = Xml.document("ListAllMyBucketsResult");
        Owner.write(xml, "Owner", settings);
        xml.start("Buckets");
        for (Bucket bucket : page) {
            xml.start("Bucket")
                    .element("Name", bucket.name())
                    .element("CreationDate", HttpDate.xml(bucket.created()))
                    .element("BucketRegion", bucket.region())
                    .end();
        }
        xml.end();
        if (page.size() < found.size() && !page.isEmpty()) {
            xml.element("ContinuationToken", page.getLast().name());
        }
        if (!prefix.isEmpty()) {
            xml.element("Prefix", prefix);
        }
        call.xml(xml);
    }

    void create(Call call) throws IOException, InterruptedException {
        Optional<XmlRequest> configuration =
                ReceivedBody.of(call).optionalXml("CreateBucketConfiguration");
        for (String unsupported : List.of("Location", "Bucket")) {
            if (configuration.flatMap(each -> each.find(unsupported)).isPresent()) {
                throw Refusals.unsupported(
                        "CreateBucket with %s (a directory bucket)".formatted(unsupported));
            }
        }
        String region = configuration
                .flatMap(each -> each.textOf("LocationConstraint"))
                .filter(text -> !text.isEmpty())
                .orElse(settings.region());
        buckets.create(call.bucket(), region);
        Optional<XmlRequest> tags = configuration.flatMap(each -> each.find("Tags"));
        if (tags.isPresent()) {
            buckets.setTags(call.bucket(), Tags.of(tags.get()));
        }
        call.give("Location", "/" + call.bucket()).empty(200);
    }

    void head(Call call) throws IOException {
        Bucket bucket = buckets.require(call.bucket());
        call.give("x-amz-bucket-region", bucket.region())
                .give("x-amz-access-point-alias", "false")
                .give("Content-Type", "application/xml")
                .empty(200);
    }

    void delete(Call call) throws IOException, InterruptedException {
        buckets.delete(call.bucket());
        call.empty(204);
    }

    /// The region of the first days has no name here.
    void location(Call call) throws IOException {
        String region = buckets.require(call.bucket()).region();
        call.xml(Xml.document("LocationConstraint").text(region.equals("us-east-1") ? "" : region));
    }

    void versioning(Call call) throws IOException {
        Versioning versioning = buckets.require(call.bucket()).versioning();
        Xml xml = Xml.document("VersioningConfiguration");
        switch (versioning) {
            case OFF -> {}
            case ENABLED -> xml.element("Status", "Enabled");
            case SUSPENDED -> xml.element("Status", "Suspended");
        }
        call.xml(xml);
    }

    void setVersioning(Call call) throws IOException, InterruptedException {
        XmlRequest configuration = ReceivedBody.of(call).xml("VersioningConfiguration");
        if (configuration.textOf("MfaDelete").filter("Enabled"::equals).isPresent()) {
            throw Refusals.unsupported("PutBucketVersioning with MfaDelete");
        }
        String status = configuration.requiredTextOf("Status");
        Versioning versioning =
                switch (status) {
                    case "Enabled" -> Versioning.ENABLED;
                    case "Suspended" -> Versioning.SUSPENDED;
                    default ->
                        throw XmlRequest.malformed(
                                "Status is Enabled or Suspended, found " + status);
                };
        buckets.setVersioning(call.bucket(), versioning);
        call.empty(200);
    }

    void tags(Call call) throws IOException {
        Map<String, String> tags = buckets.require(call.bucket()).tags();
        if (tags.isEmpty()) {
            throw new S3Failed(
                    ErrorCode.NO_SUCH_TAG_SET, "The TagSet does not exist: " + call.bucket());
        }
        call.xml(Tags.xml(tags));
    }

    void setTags(Call call) throws IOException, InterruptedException {
        buckets.setTags(call.bucket(), Tags.ofBody(call));
        call.empty(204);
    }

    void deleteTags(Call call) throws IOException, InterruptedException {
        buckets.setTags(call.bucket(), Map.of());
        call.empty(204);
    }
}
