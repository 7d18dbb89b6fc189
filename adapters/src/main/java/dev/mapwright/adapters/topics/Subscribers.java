package dev.mapwright.adapters.topics;

import dev.mapwright.adapters.outbox.Courier;
import dev.mapwright.adapters.outbox.DeliveryFailed;
import dev.mapwright.adapters.outbox.DeliveryFailed.Prospect;
import dev.mapwright.adapters.outbox.HttpTarget;
import dev.mapwright.adapters.outbox.Targets;
import dev.mapwright.adapters.outbox.Targets.Parcel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Hands notices over, each in the form that its subscription gets. What cannot be delivered goes
/// to the subscription's dead-letter queue, or else is named in the log.
final class Subscribers implements Courier {
    private static final System.Logger LOG = System.getLogger(Subscribers.class.getName());

    private final Catalog catalog;
    private final TopicOwner owner;
    private final Targets targets;
    private final HttpTarget http;
    private final SigningKey key;

    Subscribers(
            Catalog catalog, TopicOwner owner, Targets targets, HttpTarget http, SigningKey key) {
        this.catalog = catalog;
        this.owner = owner;
        this.key = key;
        this.targets = targets;
        this.http = http;
    }

    /// A notice for who has unsubscribed since is done.
    @Override
    public void deliver(byte[] content) throws DeliveryFailed, InterruptedException {
        Notice notice = Notice.read(content);
        Optional<Subscription> subscription =
                catalog.findSubscription(notice.topic(), notice.subscription());
        if (subscription.isPresent()) {
            deliver(notice, subscription.get());
        }
    }

    private void deliver(Notice notice, Subscription to)
            throws DeliveryFailed, InterruptedException {
        switch (to.protocol()) {
            case SQS -> targets.sendToQueue(to.endpoint(), parcel(notice, to));
            case LAMBDA ->
                targets.invokeFunction(
                        to.endpoint(), notice.lambdaEvent(owner, signer(notice), to.arn(owner)));
            case HTTP, HTTPS -> http.post(to.endpoint(), headers(notice, to), body(notice, to));
        }
    }

    private Parcel parcel(Notice notice, Subscription to) {
        boolean toFifo = to.endpoint().endsWith(Topic.FIFO_SUFFIX);
        return new Parcel(
                body(notice, to),
                to.isRaw() ? notice.attributes() : Map.of(),
                toFifo ? notice.group() : Optional.empty(),
                toFifo ? notice.deduplicationId() : Optional.empty());
    }

    private String body(Notice notice, Subscription to) {
        boolean isPlain = to.isRaw() && notice.type().equals(Notice.NOTIFICATION);
        return isPlain ? notice.message() : notice.json(owner, signer(notice));
    }

    private Signer signer(Notice notice) {
        SigningKey.Version version = catalog.findTopic(notice.topic())
                .map(Topic::signatureVersion)
                .orElse(SigningKey.Version.ONE);
        return new Signer(key, version);
    }

    private Map<String, String> headers(Notice notice, Subscription to) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "text/plain; charset=UTF-8");
        headers.put("User-Agent", "Amazon Simple Notification Service Agent");
        headers.put("x-amz-sns-message-type", notice.type());
        headers.put("x-amz-sns-message-id", notice.id());
        headers.put("x-amz-sns-topic-arn", owner.arn(notice.topic()));
        if (notice.type().equals(Notice.NOTIFICATION)) {
            headers.put("x-amz-sns-subscription-arn", to.arn(owner));
            if (to.isRaw()) {
                headers.put("x-amz-sns-rawdelivery", "true");
            }
        }
        return headers;
    }

    @Override
    public void giveUp(byte[] content, DeliveryFailed reason)
            throws DeliveryFailed, InterruptedException {
        Notice notice = Notice.read(content);
        Optional<Subscription> subscription =
                catalog.findSubscription(notice.topic(), notice.subscription());
        Optional<String> deadLetters = subscription.flatMap(Subscription::deadLetterQueue);
        if (deadLetters.isEmpty()) {
            lost(notice, reason.getMessage());
            return;
        }
        try {
            targets.sendToQueue(deadLetters.get(), parcel(notice, subscription.get()));
        } catch (DeliveryFailed failed) {
            if (failed.prospect() == Prospect.PASSING) {
                throw failed;
            }
            lost(
                    notice,
                    reason.getMessage() + "; nor does the dead-letter queue take it: "
                            + failed.getMessage());
        }
    }

    private void lost(Notice notice, String reason) {
        LOG.log(
                System.Logger.Level.WARNING,
                "The message {0} of the topic {1} is lost to the subscription {2}: {3}",
                notice.id(),
                owner.arn(notice.topic()),
                notice.subscription(),
                reason);
    }
}
