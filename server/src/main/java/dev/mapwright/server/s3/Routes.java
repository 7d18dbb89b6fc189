package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.objects.local.S3Failed;
import dev.mapwright.server.s3.Address.Level;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Which operation a request asks for: by level, method, and the one query parameter that names a
/// subresource. What S3 has and this server doesn't is a route too, which refuses by the
/// operation's name.
final class Routes {
    private static final String ANY = "";

    /// Subresources of a bucket that are refused, and how S3's operations call them.
    private static final Map<String, String> REFUSED_OF_BUCKET = Map.ofEntries(
            Map.entry("abac", "BucketAbac"),
            Map.entry("accelerate", "BucketAccelerateConfiguration"),
            Map.entry("acl", "BucketAcl"),
            Map.entry("analytics", "BucketAnalyticsConfiguration"),
            Map.entry("cors", "BucketCors"),
            Map.entry("encryption", "BucketEncryption"),
            Map.entry("intelligent-tiering", "BucketIntelligentTieringConfiguration"),
            Map.entry("inventory", "BucketInventoryConfiguration"),
            Map.entry("lifecycle", "BucketLifecycleConfiguration"),
            Map.entry("logging", "BucketLogging"),
            Map.entry("metadataConfiguration", "BucketMetadataConfiguration"),
            Map.entry("metadataTable", "BucketMetadataTableConfiguration"),
            Map.entry("metrics", "BucketMetricsConfiguration"),
            Map.entry("notification", "BucketNotificationConfiguration"),
            Map.entry("object-lock", "ObjectLockConfiguration"),
            Map.entry("ownershipControls", "BucketOwnershipControls"),
            Map.entry("policy", "BucketPolicy"),
            Map.entry("policyStatus", "BucketPolicyStatus"),
            Map.entry("publicAccessBlock", "PublicAccessBlock"),
            Map.entry("replication", "BucketReplication"),
            Map.entry("requestPayment", "BucketRequestPayment"),
            Map.entry("session", "Session"),
            Map.entry("website", "BucketWebsite"));

    private static final Map<String, String> REFUSED_OF_OBJECT = Map.of(
            "acl", "ObjectAcl",
            "encryption", "ObjectEncryption",
            "legal-hold", "ObjectLegalHold",
            "renameObject", "RenameObject",
            "restore", "RestoreObject",
            "retention", "ObjectRetention",
            "select", "SelectObjectContent",
            "torrent", "ObjectTorrent");

    private static final Map<String, String> VERBS =
            Map.of("GET", "Get", "PUT", "Put", "DELETE", "Delete", "POST", "", "HEAD", "Head");

    private final List<Route> routes = new ArrayList<>();

    @FunctionalInterface
    interface Action {
        void answer(Call call) throws IOException, InterruptedException;
    }

    private record Route(Level level, String method, String parameter, Action action) {}

    Routes(LocalS3 s3, S3Settings settings) {
        var buckets = new BucketOperations(s3.buckets(), settings);
        var lists = new ListOperations(s3.listings(), settings);
        var objects = new ObjectOperations(s3);
        var copies = new CopyOperation(s3);
        var uploads = new UploadOperations(s3, settings);

        add(Level.SERVICE, "GET", ANY, buckets::list);

        add(Level.BUCKET, "GET", "location", buckets::location);
        add(Level.BUCKET, "GET", "versioning", buckets::versioning);
        add(Level.BUCKET, "PUT", "versioning", buckets::setVersioning);
        add(Level.BUCKET, "GET", "tagging", buckets::tags);
        add(Level.BUCKET, "PUT", "tagging", buckets::setTags);
        add(Level.BUCKET, "DELETE", "tagging", buckets::deleteTags);
        add(Level.BUCKET, "GET", "versions", lists::versions);
        add(Level.BUCKET, "GET", "uploads", lists::uploads);
        add(Level.BUCKET, "POST", "delete", objects::deleteAll);
        REFUSED_OF_BUCKET.forEach((parameter, name) -> refuse(Level.BUCKET, parameter, name));
        add(Level.BUCKET, "GET", "list-type", lists::objectsV2);
        add(Level.BUCKET, "GET", ANY, lists::objects);
        add(Level.BUCKET, "HEAD", ANY, buckets::head);
        add(Level.BUCKET, "PUT", ANY, buckets::create);
        add(Level.BUCKET, "DELETE", ANY, buckets::delete);
        add(Level.BUCKET, "POST", ANY, refusal("POST Object (a browser's form)"));

        add(Level.OBJECT, "GET", "uploadId", uploads::list);
        add(Level.OBJECT, "POST", "uploadId", uploads::complete);
        add(Level.OBJECT, "DELETE", "uploadId", uploads::abort);
        add(Level.OBJECT, "PUT", "uploadId", copyOr(uploads::copy, uploads::put));
        add(Level.OBJECT, "POST", "uploads", uploads::begin);
        add(Level.OBJECT, "GET", "tagging", objects::tags);
        add(Level.OBJECT, "PUT", "tagging", objects::setTags);
        add(Level.OBJECT, "DELETE", "tagging", objects::deleteTags);
        add(Level.OBJECT, "GET", "attributes", objects::attributes);
        REFUSED_OF_OBJECT.forEach((parameter, name) -> refuse(Level.OBJECT, parameter, name));
        add(Level.OBJECT, "GET", ANY, objects::get);
        add(Level.OBJECT, "HEAD", ANY, objects::get);
        add(Level.OBJECT, "PUT", ANY, copyOr(copies::copy, objects::put));
        add(Level.OBJECT, "DELETE", ANY, objects::delete);
    }

    /// @throws S3Failed `MethodNotAllowed` where S3 has no operation either
    Action find(Call call) throws S3Failed {
        String method = call.request().method();
        for (Route route : routes) {
            if (route.level() == call.address().level()
                    && route.method().equals(method)
                    && (route.parameter().equals(ANY) || call.query().has(route.parameter()))) {
                return route.action();
            }
        }
        throw new S3Failed(
                ErrorCode.METHOD_NOT_ALLOWED,
                "The specified method is not allowed against this resource: %s of %s."
                        .formatted(method, call.request().rawPath()));
    }

    private void add(Level level, String method, String parameter, Action action) {
        routes.add(new Route(level, method, parameter, action));
    }

    private void refuse(Level level, String parameter, String noun) {
        VERBS.forEach((method, verb) -> add(level, method, parameter, refusal(verb + noun)));
    }

    private static Action refusal(String operation) {
        return _ -> {
            throw Refusals.unsupported(operation);
        };
    }

    private static Action copyOr(Action copy, Action other) {
        return call -> (call.header(CopySource.HEADER).isPresent() ? copy : other).answer(call);
    }
}
