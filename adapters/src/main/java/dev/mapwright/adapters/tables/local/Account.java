package dev.mapwright.adapters.tables.local;

/// Whose tables these are, as their ARNs say.
///
/// @param region `us-east-1`
/// @param id twelve digits
public record Account(String region, String id) {
    String tableArn(String tableName) {
        return "arn:aws:dynamodb:%s:%s:table/%s".formatted(region, id, tableName);
    }
}
