package dev.mapwright.adapters.topics;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.outbox.Deliveries;
import dev.mapwright.adapters.request.RequestMembers;
import dev.mapwright.adapters.topics.Subscription.Protocol;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Operations on subscriptions. One by HTTP gets nothing until it is confirmed with the token that
/// it is sent.
final class Subscribing {
    private final Catalog catalog;
    private final TopicOwner owner;
    private final Deliveries deliveries;
    private final Supplier<UUID> ids;
    private final InstantSource clock;

    Subscribing(
            Catalog catalog,
            TopicOwner owner,
            Deliveries deliveries,
            Supplier<UUID> ids,
            InstantSource clock) {
        this.catalog = catalog;
        this.owner = owner;
        this.deliveries = deliveries;
        this.ids = ids;
        this.clock = clock;
    }

    Map<String, Object> subscribe(Topic topic, RequestMembers request, String origin)
            throws InterruptedException {
        Protocol protocol = Protocol.of(request.text("Protocol"));
        String endpoint = request.text("Endpoint");
        requireForm(topic, protocol, endpoint);
        Optional<String> token = needsConfirmation(protocol)
                ? Optional.of(ids.get().toString().replace("-", ""))
                : Optional.empty();
        var made = Subscription.of(
                ids.get().toString(),
                topic.name(),
                protocol,
                endpoint,
                request.texts("Attributes"),
                token);
        var batch = new Batch();
        token.ifPresent(_ -> deliveries.add(batch, confirmation(made, origin), ""));
        Subscription subscription = catalog.findOrSubscribe(
                made,
                each -> each.protocol() == protocol && each.endpoint().equals(endpoint),
                batch);
        boolean hidden =
                subscription.token().isPresent() && !request.truth("ReturnSubscriptionArn");
        return Map.of("SubscriptionArn", hidden ? "pending confirmation" : subscription.arn(owner));
    }

    private byte[] confirmation(Subscription of, String origin) {
        return Notice.confirmation(
                        of, ids.get().toString(), owner.arn(of.topic()), origin, clock.instant())
                .stored();
    }

    private static boolean needsConfirmation(Protocol protocol) {
        return switch (protocol) {
            case HTTP, HTTPS -> true;
            case SQS, LAMBDA -> false;
        };
    }

    private static void requireForm(Topic topic, Protocol protocol, String endpoint) {
        boolean fits =
                switch (protocol) {
                    case SQS, LAMBDA ->
                        endpoint.matches("arn:[^:]+:" + protocol.text() + ":[^:]+:\\d{12}:.+");
                    case HTTP, HTTPS -> endpoint.startsWith(protocol.text() + "://");
                };
        if (!fits) {
            throw SnsErrors.invalid("Endpoint Reason: '%s' is no endpoint for the protocol %s"
                    .formatted(endpoint, protocol.text()));
        }
        if (topic.isFifo() && protocol != Protocol.SQS) {
            throw SnsErrors.invalid(
                    "Invalid protocol type: %s. A FIFO topic delivers to queues only"
                            .formatted(protocol.text()));
        }
        if (!topic.isFifo() && endpoint.endsWith(Topic.FIFO_SUFFIX)) {
            throw SnsErrors.invalid(
                    "Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
        }
    }

    Map<String, Object> confirm(Topic topic, RequestMembers request) throws InterruptedException {
        Optional<String> token = Optional.of(request.text("Token"));
        Subscription subscription = catalog.subscriptionsOf(topic.name()).stream()
                .filter(each -> each.token().equals(token))
                .findFirst()
                .orElseThrow(() -> SnsErrors.invalid("Token"));
        catalog.change(subscription, Subscription::confirmed);
        return Map.of("SubscriptionArn", subscription.arn(owner));
    }

    /// One that is not there is no error.
    Map<String, Object> unsubscribe(RequestMembers request) throws InterruptedException {
        Optional<Subscription> subscription = find(request.text("SubscriptionArn"));
        if (subscription.isPresent()) {
            catalog.drop(subscription.get());
        }
        return Map.of();
    }

    Map<String, Object> attributes(RequestMembers request) {
        Subscription subscription = subscription(request);
        var shown = new LinkedHashMap<String, Object>(listed(subscription));
        shown.put("PendingConfirmation", Boolean.toString(subscription.token().isPresent()));
        shown.put(
                "ConfirmationWasAuthenticated",
                Boolean.toString(subscription.token().isEmpty()));
        shown.put("RawMessageDelivery", "false");
        shown.putAll(subscription.attributes());
        if (subscription.filter().isPresent()) {
            shown.putIfAbsent("FilterPolicyScope", "MessageAttributes");
        }
        return Map.of("Attributes", shown);
    }

    Map<String, Object> setAttribute(RequestMembers request) throws InterruptedException {
        String name = request.text("AttributeName");
        String value = request.findText("AttributeValue").orElse("");
        catalog.change(subscription(request), current -> current.withAttribute(name, value));
        return Map.of();
    }

    /// As lists show it.
    Map<String, Object> listed(Subscription subscription) {
        boolean pending = subscription.token().isPresent();
        var shown = new LinkedHashMap<String, Object>();
        shown.put("SubscriptionArn", pending ? "PendingConfirmation" : subscription.arn(owner));
        shown.put("Owner", owner.account());
        shown.put("Protocol", subscription.protocol().text());
        shown.put("Endpoint", subscription.endpoint());
        shown.put("TopicArn", owner.arn(subscription.topic()));
        return shown;
    }

    private Subscription subscription(RequestMembers request) {
        return find(request.text("SubscriptionArn")).orElseThrow(SnsErrors::noSuchSubscription);
    }

    private Optional<Subscription> find(String arn) {
        int colon = arn.lastIndexOf(':');
        if (colon < 0 || !arn.startsWith(owner.arn(""))) {
            throw SnsErrors.invalid("SubscriptionArn Reason: '%s' is none".formatted(arn));
        }
        int start = Math.min(colon, owner.arn("").length());
        return catalog.findSubscription(arn.substring(start, colon), arn.substring(colon + 1));
    }
}
