package dev.mapwright.adapters.metrics.actions;

import java.time.Instant;
import java.util.Map;

/// What EventBridge says of a change.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
public record AlarmEvent(String alarmArn, Instant time, Map<String, Object> detail) {
    public static final String SOURCE = "aws.cloudwatch";
    public static final String DETAIL_TYPE = "CloudWatch Alarm State Change";
}
