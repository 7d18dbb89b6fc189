package dev.mapwright.adapters.metrics.alarms;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The strand that evaluates alarms and does their actions.
public final class AlarmWatch {
    private static final Duration EVALUATING = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(AlarmWatch.class.getName());

    private final World world;
    private final Alarms alarms;
    private final AlarmArn arns;
    private final AlarmActions actions;
    private final Strand strand;

    private AlarmWatch(World world, Alarms alarms, AlarmArn arns, AlarmActions actions) {
        this.world = world;
        this.alarms = alarms;
        this.arns = arns;
        this.actions = actions;
        this.strand = world.start("alarms", this::watch);
    }

    public static AlarmWatch start(
            World world, Alarms alarms, AlarmArn arns, AlarmActions actions) {
        return new AlarmWatch(world, alarms, arns, actions);
    }

    private void watch() throws InterruptedException {
        while (true) {
            Instant now = world.now();
            alarms.evaluate(now);
            for (Alarm alarm : alarms.unannounced()) {
                announce(alarm);
            }
            world.sleepUntil(now.plus(EVALUATING));
        }
    }

    private void announce(Alarm alarm) throws InterruptedException {
        for (String action : actions(alarm)) {
            try {
                actions.perform(action, subject(alarm), message(alarm));
            } catch (RuntimeException failed) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "The alarm " + alarm.name() + " could not do " + action,
                        failed);
            }
        }
        alarms.announced(alarm);
    }

    private static List<String> actions(Alarm alarm) {
        return switch (alarm.settings().acting()) {
            case ENABLED ->
                alarm.settings().actions().getOrDefault(alarm.state().value(), List.of());
            case DISABLED -> List.of();
        };
    }

    private String subject(Alarm alarm) {
        return "%s: \"%s\" in %s".formatted(alarm.state().value(), alarm.name(), arns.region());
    }

    private String message(Alarm alarm) {
        AlarmSettings settings = alarm.settings();
        var message = new LinkedHashMap<String, Object>();
        message.put("AlarmName", alarm.name());
        message.put("AlarmDescription", settings.description().orElse(""));
        message.put("AWSAccountId", arns.account());
        message.put("AlarmConfigurationUpdatedTimestamp", alarm.configuredAt().toString());
        message.put("NewStateValue", alarm.state().value().name());
        message.put("NewStateReason", alarm.state().reason());
        message.put("StateChangeTime", alarm.state().transitionedAt().toString());
        message.put("Region", arns.region());
        message.put("AlarmArn", arns.of(alarm.name()));
        message.put("OldStateValue", alarm.left().map(Enum::name).orElse(""));
        message.put("OKActions", on(settings, AlarmState.Value.OK));
        message.put("AlarmActions", on(settings, AlarmState.Value.ALARM));
        message.put("InsufficientDataActions", on(settings, AlarmState.Value.INSUFFICIENT_DATA));
        message.put("Trigger", trigger(settings));
        return Json.of(message).text();
    }

    private static List<String> on(AlarmSettings settings, AlarmState.Value state) {
        return settings.actions().getOrDefault(state, List.of());
    }

    private static LinkedHashMap<String, Object> trigger(AlarmSettings settings) {
        var trigger = new LinkedHashMap<String, Object>();
        trigger.put("MetricName", settings.metric().name());
        trigger.put("Namespace", settings.metric().namespace());
        trigger.put("StatisticType", "Statistic");
        trigger.put("Statistic", settings.statistic().name());
        trigger.put("Unit", settings.unit().map(unit -> (Object) unit.text()).orElse("None"));
        var dimensions = new ArrayList<>();
        settings.metric().dimensions().forEach((name, value) -> {
            var dimension = new LinkedHashMap<String, Object>();
            dimension.put("value", value);
            dimension.put("name", name);
            dimensions.add(dimension);
        });
        trigger.put("Dimensions", dimensions);
        trigger.put("Period", settings.periodSeconds());
        trigger.put("EvaluationPeriods", settings.evaluationPeriods());
        Optional<Integer> needed = settings.datapointsToAlarm();
        needed.ifPresent(count -> trigger.put("DatapointsToAlarm", count));
        trigger.put("ComparisonOperator", settings.comparison().text());
        trigger.put("Threshold", settings.threshold());
        trigger.put(
                "TreatMissingData",
                settings.missingData().orElse(MissingData.MISSING).text());
        return trigger;
    }

    public void close() throws InterruptedException {
        strand.cancel();
        strand.join();
    }
}
