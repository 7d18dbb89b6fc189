package dev.mapwright.adapters.tables.local;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What of a table can be changed after it was created.
///
/// @param timeToLiveAttribute kept and shown; items do not expire
record TableSettings(
        Billing billing,
        Protection protection,
        Optional<String> tableClass,
        Map<String, String> tags,
        Optional<String> timeToLiveAttribute) {
    enum BillingMode {
        PROVISIONED,
        PAY_PER_REQUEST
    }

    /// @param onDemandSince when mode PAY_PER_REQUEST was last chosen, whatever the mode is now
    record Billing(BillingMode mode, Throughput throughput, Optional<Instant> onDemandSince) {}

    /// Whether DeleteTable is refused.
    enum Protection {
        ON,
        OFF
    }

    TableSettings withBilling(Billing changed) {
        return new TableSettings(changed, protection, tableClass, tags, timeToLiveAttribute);
    }

    TableSettings withProtection(Protection changed) {
        return new TableSettings(billing, changed, tableClass, tags, timeToLiveAttribute);
    }

    TableSettings withTableClass(String changed) {
        return new TableSettings(
                billing, protection, Optional.of(changed), tags, timeToLiveAttribute);
    }

    TableSettings withTags(Map<String, String> changed) {
        return new TableSettings(billing, protection, tableClass, changed, timeToLiveAttribute);
    }

    TableSettings withTimeToLive(Optional<String> attribute) {
        return new TableSettings(billing, protection, tableClass, tags, attribute);
    }
}
