package dev.mapwright.adapters.topics;

/// Whose topics these are.
///
/// @param region `us-east-1`
/// @param account twelve digits
public record TopicOwner(String region, String account) {
    String arn(String topic) {
        return "arn:aws:sns:%s:%s:%s".formatted(region, account, topic);
    }
}
