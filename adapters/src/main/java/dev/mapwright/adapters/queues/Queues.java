package dev.mapwright.adapters.queues;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// The built-in SQS: one method takes every operation's request and gives its response, both as the
/// plain trees of SQS's JSON.
///
/// What was acknowledged is as durable as the store's writes are. Standard queues keep their order
/// as far as they can; a message can come twice.
public final class Queues {
    private final Catalog catalog;
    private final QueueOwner owner;
    private final Administration administration;
    private final Sending sending;
    private final Receiving receiving;
    private final Settling settling;

    /// @param store where definitions and messages are kept, in spaces of their own
    /// @param ids of messages
    public Queues(KeyValueStore store, QueueOwner owner, Supplier<UUID> ids, InstantSource clock) {
        var deduplication = new Deduplication(store);
        this.owner = owner;
        this.catalog = new Catalog(store, clock);
        this.administration = new Administration(store, catalog, deduplication, owner, clock);
        this.sending = new Sending(store, deduplication, ids, clock);
        this.receiving = new Receiving(store, catalog, owner, clock);
        this.settling = new Settling(store, clock);
    }

    /// Carries out one operation.
    ///
    /// @param operation `SendMessage`
    /// @param request a tree that nobody changes any more; so is the response
    /// @param origin how the client reached this server, for the URLs of queues:
    ///     `http://127.0.0.1:4566`
    /// @throws RefusedRequest with SQS's error name and message; `UnknownOperationException` for an
    ///     operation that isn't supported
    public Map<String, Object> call(String operation, Map<String, Object> request, String origin)
            throws InterruptedException {
        var members = new RequestMembers(request, new SqsErrors());
        return switch (operation) {
            case "CreateQueue" -> administration.create(members, origin);
            case "GetQueueUrl" -> administration.url(members, origin);
            case "ListQueues" -> administration.list(members, origin);
            default ->
                find(operation, origin)
                        .orElseThrow(() -> new RefusedRequest(
                                "UnknownOperationException",
                                "The operation '%s' is not supported by Mapwright's SQS"
                                        .formatted(operation)))
                        .call(queue(members), members);
        };
    }

    @FunctionalInterface
    private interface Operation {
        Map<String, Object> call(Queue queue, RequestMembers request) throws InterruptedException;
    }

    private Queue queue(RequestMembers request) {
        return catalog.queue(owner.name(request.text("QueueUrl")));
    }

    private Optional<Operation> find(String name, String origin) {
        return Optional.ofNullable(
                switch (name) {
                    case "SendMessage" -> sending::send;
                    case "SendMessageBatch" -> sending::sendAll;
                    case "ReceiveMessage" -> receiving::receive;
                    case "DeleteMessage" -> settling::delete;
                    case "DeleteMessageBatch" -> settling::deleteAll;
                    case "ChangeMessageVisibility" -> settling::changeVisibility;
                    case "ChangeMessageVisibilityBatch" -> settling::changeAllVisibilities;
                    case "DeleteQueue" -> (queue, _) -> administration.delete(queue);
                    case "PurgeQueue" -> (queue, _) -> administration.purge(queue);
                    case "GetQueueAttributes" -> administration::attributes;
                    case "SetQueueAttributes" -> administration::setAttributes;
                    case "TagQueue" -> administration::tag;
                    case "UntagQueue" -> administration::untag;
                    case "ListQueueTags" -> (queue, _) -> administration.tags(queue);
                    case "ListDeadLetterSourceQueues" ->
                        (queue, request) -> administration.listSources(queue, request, origin);
                    default -> null;
                });
    }
}
