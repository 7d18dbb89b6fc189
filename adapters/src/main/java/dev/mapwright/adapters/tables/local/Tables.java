package dev.mapwright.adapters.tables.local;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.tables.local.item.TableException;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// The built-in DynamoDB: one method takes every operation's request and gives its response, both
/// as the plain trees of DynamoDB's JSON. The HTTP endpoint and the Task integrations call it
/// alike, and so see the same data.
///
/// Acknowledged writes are as durable as the store's writes are; reads see every acknowledged
/// write.
public final class Tables {
    private final TableAdministration administration;
    private final ItemReads reads;
    private final ItemWrites writes;
    private final Queries queries;
    private final Batches batches;
    private final Transactions transactions;

    /// @param store where definitions and items are kept, in spaces of their own
    /// @param clock tells when a table was made, and how old a transaction's token is
    public Tables(KeyValueStore store, Account account, InstantSource clock) {
        var items = new ItemStore(store);
        var catalog = new Catalog(store, items, account);
        this.administration = new TableAdministration(catalog, account, clock);
        this.reads = new ItemReads(catalog, items);
        this.writes = new ItemWrites(catalog, items);
        this.queries = new Queries(catalog, items);
        this.batches = new Batches(reads, writes, items);
        this.transactions = new Transactions(reads, writes, items, clock);
    }

    /// Carries out one operation.
    ///
    /// @param operation `PutItem`
    /// @param request a tree that nobody changes any more; so is the response
    /// @throws TableException with DynamoDB's error name and message; `UnknownOperationException`
    ///     for an operation that isn't supported
    public Map<String, Object> call(String operation, Map<String, Object> request)
            throws InterruptedException {
        return find(operation)
                .orElseThrow(() -> new TableException(
                        "UnknownOperationException",
                        "The operation '%s' is not supported by Mapwright's DynamoDB"
                                .formatted(operation)))
                .call(request);
    }

    /// Whether the operation is supported.
    public boolean supports(String operation) {
        return find(operation).isPresent();
    }

    @FunctionalInterface
    private interface Operation {
        Map<String, Object> call(Map<String, Object> request) throws InterruptedException;
    }

    private Optional<Operation> find(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "PutItem" -> writes::put;
                    case "GetItem" -> reads::get;
                    case "UpdateItem" -> writes::update;
                    case "DeleteItem" -> writes::delete;
                    case "Query" -> queries::query;
                    case "Scan" -> queries::scan;
                    case "BatchGetItem" -> batches::get;
                    case "BatchWriteItem" -> batches::write;
                    case "TransactGetItems" -> transactions::get;
                    case "TransactWriteItems" -> transactions::write;
                    case "CreateTable" -> administration::create;
                    case "DescribeTable" -> administration::describe;
                    case "UpdateTable" -> administration::update;
                    case "DeleteTable" -> administration::delete;
                    case "ListTables" -> administration::list;
                    case "TagResource" -> administration::tag;
                    case "UntagResource" -> administration::untag;
                    case "ListTagsOfResource" -> administration::listTags;
                    case "DescribeTimeToLive" -> administration::describeTimeToLive;
                    case "UpdateTimeToLive" -> administration::updateTimeToLive;
                    case "DescribeContinuousBackups" -> administration::describeContinuousBackups;
                    case "DescribeLimits" -> administration::describeLimits;
                    default -> null;
                });
    }
}
