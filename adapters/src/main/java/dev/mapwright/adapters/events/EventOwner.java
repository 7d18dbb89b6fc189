package dev.mapwright.adapters.events;

/// Whose events these are.
///
/// @param region `us-east-1`
/// @param account twelve digits
public record EventOwner(String region, String account) {
    static final String DEFAULT_BUS = "default";

    String ruleArn(String bus, String rule) {
        String path = bus.equals(DEFAULT_BUS) ? rule : bus + "/" + rule;
        return "arn:aws:events:%s:%s:rule/%s".formatted(region, account, path);
    }

    String busArn(String bus) {
        return "arn:aws:events:%s:%s:event-bus/%s".formatted(region, account, bus);
    }

    /// @param nameOrArn as requests give it
    String busName(String nameOrArn) {
        String start = busArn("");
        return nameOrArn.startsWith(start) ? nameOrArn.substring(start.length()) : nameOrArn;
    }
}
