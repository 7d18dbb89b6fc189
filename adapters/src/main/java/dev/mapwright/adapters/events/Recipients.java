package dev.mapwright.adapters.events;

import dev.mapwright.adapters.outbox.Courier;
import dev.mapwright.adapters.outbox.DeliveryFailed;
import dev.mapwright.adapters.outbox.DeliveryFailed.Prospect;
import dev.mapwright.adapters.outbox.Patience;
import dev.mapwright.adapters.outbox.Targets;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Hands parcels over. What cannot be delivered goes to the target's dead-letter queue, or else is
/// named in the log.
final class Recipients implements Courier {
    private static final System.Logger LOG = System.getLogger(Recipients.class.getName());

    private final Targets targets;

    Recipients(Targets targets) {
        this.targets = targets;
    }

    @Override
    public void deliver(byte[] content) throws DeliveryFailed, InterruptedException {
        Parcel parcel = Parcel.read(content);
        String arn = parcel.targetArn();
        switch (Targets.service(arn).orElse("")) {
            case "sqs" -> targets.sendToQueue(arn, message(parcel, Map.of()));
            case "lambda" ->
                targets.invokeFunction(arn, parcel.input().getBytes(StandardCharsets.UTF_8));
            case "sns" -> targets.publish(arn, Optional.empty(), parcel.input());
            case "states" -> targets.startExecution(arn, parcel.id(), parcel.input());
            default ->
                throw new DeliveryFailed(Prospect.LASTING, "nothing can be delivered to " + arn);
        }
    }

    private static Targets.Parcel message(
            Parcel parcel, Map<String, Map<String, Object>> attributes) {
        return new Targets.Parcel(
                parcel.input(),
                attributes,
                parcel.messageGroup(),
                parcel.messageGroup().map(_ -> parcel.id()));
    }

    @Override
    public Patience patience(byte[] content) {
        return Parcel.read(content).patience();
    }

    /// Why it lies in a dead-letter queue.
    /// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
    private static Map<String, Map<String, Object>> attributes(
            Parcel parcel, DeliveryFailed reason) {
        return Map.of(
                "RULE_ARN", text(parcel.rule()),
                "TARGET_ARN", text(parcel.targetArn()),
                "ERROR_MESSAGE", text(reason.getMessage()));
    }

    private static Map<String, Object> text(String value) {
        return Map.of("DataType", "String", "StringValue", value);
    }

    @Override
    public void giveUp(byte[] content, DeliveryFailed reason)
            throws DeliveryFailed, InterruptedException {
        Parcel parcel = Parcel.read(content);
        Optional<String> queue = parcel.deadLetterQueue();
        if (queue.isEmpty()) {
            lost(parcel, reason.getMessage());
            return;
        }
        try {
            targets.sendToQueue(queue.get(), message(parcel, attributes(parcel, reason)));
        } catch (DeliveryFailed failed) {
            if (failed.prospect() == Prospect.PASSING) {
                throw failed;
            }
            lost(
                    parcel,
                    reason.getMessage() + "; nor does the dead-letter queue take it: "
                            + failed.getMessage());
        }
    }

    private static void lost(Parcel parcel, String reason) {
        LOG.log(
                System.Logger.Level.WARNING,
                "The event {0} of the rule {1} is lost to {2}: {3}",
                parcel.id(),
                parcel.rule(),
                parcel.targetArn(),
                reason);
    }
}
