package dev.mapwright.adapters.topics;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.outbox.Deliveries;
import dev.mapwright.adapters.outbox.HttpTarget;
import dev.mapwright.adapters.outbox.Targets;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;
import dev.mapwright.engine.world.World;

import java.util.Map;

/// The built-in SNS: one method takes every operation's request and gives its response, both as
/// plain trees.
///
/// A message that was acknowledged is delivered at least once, also over a crash: what is on its
/// way is kept in the store.
public final class Topics implements AutoCloseable {
    private final TopicOwner owner;
    private final Catalog catalog;
    private final HttpTarget http = new HttpTarget();
    private final SigningKey key;
    private final Deliveries deliveries;
    private final Administration administration;
    private final Subscribing subscribing;
    private final Publishing publishing;

    /// @param store where topics and pending deliveries are kept, in spaces of their own
    public Topics(World world, KeyValueStore store, TopicOwner owner, Targets targets) {
        this.owner = owner;
        this.catalog = new Catalog(store);
        this.key = SigningKey.in(store, world.now());
        this.deliveries = new Deliveries(
                world,
                store,
                "topics.pending",
                new Subscribers(catalog, owner, targets, http, key));
        this.subscribing = new Subscribing(catalog, owner, deliveries, world::uuid, world::now);
        this.administration = new Administration(catalog, owner, subscribing);
        this.publishing = new Publishing(store, catalog, deliveries, world::uuid, world::now);
    }

    /// Carries out one operation.
    ///
    /// @param operation `Publish`
    /// @param request a tree that nobody changes any more; so is the response
    /// @param origin of this server, for the addresses in messages: `http://127.0.0.1:4566`
    /// @throws RefusedRequest with SNS's error name and message; `InvalidAction` for an operation
    ///     that isn't supported
    public Map<String, Object> call(String operation, Map<String, Object> request, String origin)
            throws InterruptedException {
        var members = new RequestMembers(request, new SnsErrors());
        return switch (operation) {
            case "CreateTopic" -> administration.create(members);
            case "DeleteTopic" -> administration.delete(name(members, "TopicArn"));
            case "ListTopics" -> administration.list(members);
            case "GetTopicAttributes" -> administration.attributes(topic(members, "TopicArn"));
            case "SetTopicAttributes" ->
                administration.setAttribute(topic(members, "TopicArn"), members);
            case "TagResource" -> administration.tag(topic(members, "ResourceArn"), members);
            case "UntagResource" -> administration.untag(topic(members, "ResourceArn"), members);
            case "ListTagsForResource" -> administration.tags(topic(members, "ResourceArn"));
            case "ListSubscriptions" -> administration.listSubscriptions(members);
            case "ListSubscriptionsByTopic" ->
                administration.listSubscriptions(topic(members, "TopicArn"), members);
            case "Subscribe" -> subscribing.subscribe(topic(members, "TopicArn"), members, origin);
            case "ConfirmSubscription" -> subscribing.confirm(topic(members, "TopicArn"), members);
            case "Unsubscribe" -> subscribing.unsubscribe(members);
            case "GetSubscriptionAttributes" -> subscribing.attributes(members);
            case "SetSubscriptionAttributes" -> subscribing.setAttribute(members);
            case "Publish" -> publishing.publish(publishedTo(members), members, origin);
            case "PublishBatch" ->
                publishing.publishAll(topic(members, "TopicArn"), members, origin);
            default ->
                throw new RefusedRequest(
                        "InvalidAction",
                        "The operation '%s' is not supported by Mapwright's SNS"
                                .formatted(operation));
        };
    }

    private Topic publishedTo(RequestMembers request) {
        if (request.has("PhoneNumber")) {
            throw SnsErrors.invalid("PhoneNumber is not supported by Mapwright's SNS");
        }
        return topic(request, request.has("TargetArn") ? "TargetArn" : "TopicArn");
    }

    private Topic topic(RequestMembers request, String member) {
        return catalog.topic(name(request, member));
    }

    private String name(RequestMembers request, String member) {
        String arn = request.text(member);
        String start = owner.arn("");
        if (!arn.matches("arn:[^:]+:sns:[^:]*:[^:]*:[^:]+")) {
            throw SnsErrors.invalid(
                    "%s Reason: '%s' is not the ARN of a topic".formatted(member, arn));
        }
        if (!arn.startsWith(start)) {
            throw SnsErrors.noSuchTopic();
        }
        return arn.substring(start.length());
    }

    /// Where the certificate is that signatures are checked with, below the origin of this server.
    public String certificatePath() {
        return key.path();
    }

    /// That certificate, as PEM.
    public String certificate() {
        return key.certificate();
    }

    /// Begins to deliver, with what a former process left. Once, when the recipients can be
    /// reached.
    public void start() {
        deliveries.start();
    }

    @Override
    public void close() {
        deliveries.close();
        http.close();
    }
}
