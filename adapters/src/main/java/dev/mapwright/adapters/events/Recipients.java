package dev.mapwright.adapters.events;

import dev.mapwright.adapters.outbox.Courier;
import dev.mapwright.adapters.outbox.DeliveryFailed;
import dev.mapwright.adapters.outbox.DeliveryFailed.Prospect;
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
            case "sqs" -> targets.sendToQueue(arn, message(parcel));
            case "lambda" ->
                targets.invokeFunction(arn, parcel.input().getBytes(StandardCharsets.UTF_8));
            case "sns" -> targets.publish(arn, parcel.input());
            case "states" -> targets.startExecution(arn, parcel.id(), parcel.input());
            default ->
                throw new DeliveryFailed(Prospect.LASTING, "nothing can be delivered to " + arn);
        }
    }

    private static Targets.Parcel message(Parcel parcel) {
        return new Targets.Parcel(
                parcel.input(),
                Map.of(),
                parcel.messageGroup(),
                parcel.messageGroup().map(_ -> parcel.id()));
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
            targets.sendToQueue(queue.get(), message(parcel));
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
