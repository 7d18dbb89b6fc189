package dev.mapwright.adapters.metrics.alarms;

/// Where alarms are, which is part of their ARNs.
public record AlarmArn(String region, String account) {
    public String of(String name) {
        return "arn:aws:cloudwatch:%s:%s:alarm:%s".formatted(region, account, name);
    }
}
