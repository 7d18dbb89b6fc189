package dev.mapwright.adapters.tables.local;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table as it was defined, without its items.
///
/// @param number never used twice: the first bytes of the table's keys
/// @param attributeTypes of the attributes that are keys of the table or an index
/// @param onDemandSince when billing mode PAY_PER_REQUEST was last chosen, whatever the mode is now
/// @param timeToLiveAttribute kept and shown; items do not expire
record TableDefinition(
        String name,
        int number,
        String id,
        Instant created,
        KeySchema key,
        Map<String, String> attributeTypes,
        List<IndexDefinition> indexes,
        BillingMode billingMode,
        Throughput throughput,
        Optional<Instant> onDemandSince,
        Protection protection,
        Optional<String> tableClass,
        Map<String, String> tags,
        Optional<String> timeToLiveAttribute) {
    enum BillingMode {
        PROVISIONED,
        PAY_PER_REQUEST
    }

    /// Whether DeleteTable is refused.
    enum Protection {
        ON,
        OFF
    }

    Optional<IndexDefinition> index(String indexName) {
        return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
    }

    boolean hasLocalIndex() {
        return indexes.stream().anyMatch(index -> index.reach() == IndexDefinition.Reach.LOCAL);
    }

    TableDefinition withNumber(int given) {
        return new TableDefinition(
                name,
                given,
                id,
                created,
                key,
                attributeTypes,
                indexes,
                billingMode,
                throughput,
                onDemandSince,
                protection,
                tableClass,
                tags,
                timeToLiveAttribute);
    }

    TableDefinition withBilling(BillingMode mode, Throughput capacity, Optional<Instant> onDemand) {
        return new TableDefinition(
                name,
                number,
                id,
                created,
                key,
                attributeTypes,
                indexes,
                mode,
                capacity,
                onDemand,
                protection,
                tableClass,
                tags,
                timeToLiveAttribute);
    }

    TableDefinition withProtection(Protection changed) {
        return new TableDefinition(
                name,
                number,
                id,
                created,
                key,
                attributeTypes,
                indexes,
                billingMode,
                throughput,
                onDemandSince,
                changed,
                tableClass,
                tags,
                timeToLiveAttribute);
    }

    TableDefinition withTableClass(String changed) {
        return new TableDefinition(
                name,
                number,
                id,
                created,
                key,
                attributeTypes,
                indexes,
                billingMode,
                throughput,
                onDemandSince,
                protection,
                Optional.of(changed),
                tags,
                timeToLiveAttribute);
    }

    TableDefinition withTags(Map<String, String> changed) {
        return new TableDefinition(
                name,
                number,
                id,
                created,
                key,
                attributeTypes,
                indexes,
                billingMode,
                throughput,
                onDemandSince,
                protection,
                tableClass,
                changed,
                timeToLiveAttribute);
    }

    TableDefinition withTimeToLive(Optional<String> attribute) {
        return new TableDefinition(
                name,
                number,
                id,
                created,
                key,
                attributeTypes,
                indexes,
                billingMode,
                throughput,
                onDemandSince,
                protection,
                tableClass,
                tags,
                attribute);
    }
}
