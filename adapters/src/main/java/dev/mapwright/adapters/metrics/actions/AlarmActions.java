package dev.mapwright.adapters.metrics.actions;

import dev.mapwright.adapters.aws.RegionName;
import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.metrics.alarms.AlarmArn;
import dev.mapwright.adapters.metrics.alarms.AlarmChange;
import dev.mapwright.adapters.metrics.alarms.AlarmListener;
import dev.mapwright.adapters.outbox.Courier;
import dev.mapwright.adapters.outbox.Deliveries;
import dev.mapwright.adapters.outbox.DeliveryFailed;
import dev.mapwright.adapters.outbox.DeliveryFailed.Prospect;
import dev.mapwright.adapters.outbox.Targets;
import dev.mapwright.engine.world.World;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Does what alarms ask for when their state changes. An action is durable together with the
/// change, and done at least once, also over a crash.
public final class AlarmActions implements AlarmListener, AutoCloseable {
    private static final Set<String> SERVICES = Set.of("sns", "lambda");

    private final AlarmArn arns;
    private final AlarmEvents events;
    private final Deliveries deliveries;

    /// Where changes are announced as events.
    @FunctionalInterface
    public interface AlarmEvents {
        void announce(Batch batch, AlarmEvent event);
    }

    /// @param store where actions wait until they are done, in spaces of their own
    /// @param targets to reach topics and functions by
    public AlarmActions(
            World world, KeyValueStore store, AlarmArn arns, Targets targets, AlarmEvents events) {
        this.arns = arns;
        this.events = events;
        this.deliveries = new Deliveries(world, store, "alarms.actions", new Recipients(targets));
    }

    /// Whether it is something that can be done here.
    ///
    /// @param actionArn of a topic or a function
    public static boolean accepts(String actionArn) {
        return Targets.service(actionArn).filter(SERVICES::contains).isPresent();
    }

    /// Begins, with what a former process left. Once, when topics and functions can be reached.
    public void start() {
        deliveries.start();
    }

    @Override
    public void changed(Batch batch, AlarmChange change) {
        var notice = new AlarmNotice(change, arns, RegionName.of(arns.region()));
        events.announce(
                batch,
                new AlarmEvent(
                        arns.of(change.alarm().name()),
                        change.alarm().state().transitionedAt(),
                        notice.detail()));
        for (String arn : actions(change)) {
            deliveries.add(batch, errand(arn, notice).stored(), "");
        }
    }

    private static List<String> actions(AlarmChange change) {
        var settings = change.alarm().settings();
        return switch (settings.acting()) {
            case ENABLED ->
                settings.actions().getOrDefault(change.alarm().state().value(), List.of());
            case DISABLED -> List.of();
        };
    }

    private static Errand errand(String arn, AlarmNotice notice) {
        return switch (Targets.service(arn).orElse("")) {
            case "sns" -> new Errand(arn, Optional.of(notice.subject()), notice.message());
            case "lambda" -> new Errand(arn, Optional.empty(), notice.functionEvent());
            case String other ->
                throw new IllegalStateException(
                        "expected an action of %s, found %s".formatted(SERVICES, other));
        };
    }

    @Override
    public void close() {
        deliveries.close();
    }

    private record Recipients(Targets targets) implements Courier {
        private static final System.Logger LOG = System.getLogger(AlarmActions.class.getName());

        @Override
        public void deliver(byte[] content) throws DeliveryFailed, InterruptedException {
            Errand errand = Errand.read(content);
            switch (Targets.service(errand.arn()).orElse("")) {
                case "sns" -> targets.publish(errand.arn(), errand.subject(), errand.message());
                case "lambda" ->
                    targets.invokeFunction(
                            errand.arn(), errand.message().getBytes(StandardCharsets.UTF_8));
                default ->
                    throw new DeliveryFailed(
                            Prospect.LASTING, "alarms can do nothing with " + errand.arn());
            }
        }

        @Override
        public void giveUp(byte[] content, DeliveryFailed reason) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "An alarm''s action {0} was not done: {1}",
                    Errand.read(content).arn(),
                    reason.getMessage());
        }
    }
}
