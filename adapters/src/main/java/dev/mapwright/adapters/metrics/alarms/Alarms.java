package dev.mapwright.adapters.metrics.alarms;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.metrics.Datapoint;
import dev.mapwright.adapters.metrics.MetricQuery;
import dev.mapwright.adapters.metrics.TimeSeries;
import dev.mapwright.adapters.metrics.alarms.AlarmState.Value;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// All alarms, by name. What changes is durable when the method returns, together with what the
/// listener made of it.
public final class Alarms {
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
    public static final int ALARMS_MAX = 5_000;

    private final KeyValueStore store;
    private final Space space;
    private final TimeSeries series;
    private final AlarmListener listener;
    private final AlarmHistory history;
    private final NavigableMap<String, Alarm> alarms = new TreeMap<>();

    /// @param listener told of every change of a state
    public Alarms(KeyValueStore store, TimeSeries series, AlarmListener listener) {
        this.store = store;
        this.space = store.space("alarms");
        this.series = series;
        this.listener = listener;
        this.history = new AlarmHistory(store, AlarmHistory.CHANGES_MAX);
        try (var scan = space.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                Alarm alarm = AlarmDocument.parse(scan.value()).alarm();
                alarms.put(alarm.name(), alarm);
            }
        }
    }

    /// Creates or replaces. A replaced one keeps its state until it is evaluated. False where there
    /// is no room for another one.
    public synchronized boolean put(AlarmSettings settings, Instant now)
            throws InterruptedException {
        Alarm before = alarms.get(settings.name());
        if (before == null && alarms.size() >= ALARMS_MAX) {
            return false;
        }
        AlarmState state = before == null ? AlarmState.initial(now) : before.state();
        write(new Batch(), new Alarm(settings, state, now));
        return true;
    }

    public synchronized Optional<Alarm> find(String name) {
        return Optional.ofNullable(alarms.get(name));
    }

    /// By name.
    public synchronized List<Alarm> all() {
        return List.copyOf(alarms.values());
    }

    /// Also of alarms that are not there any more.
    public AlarmHistory history() {
        return history;
    }

    public synchronized void delete(List<String> names) throws InterruptedException {
        var batch = new Batch();
        for (String name : names) {
            if (alarms.remove(name) != null) {
                batch.delete(space, key(name));
            }
        }
        store.commit(batch);
    }

    /// Names that are not there are no error.
    public synchronized void act(List<String> names, AlarmSettings.Acting acting)
            throws InterruptedException {
        for (String name : names) {
            change(
                    name,
                    alarm -> new Alarm(
                            alarm.settings().with(acting), alarm.state(), alarm.configuredAt()));
        }
    }

    /// Until the next evaluation.
    public synchronized void setState(
            String name, Value value, String reason, Optional<String> data, Instant now)
            throws InterruptedException {
        change(name, alarm -> alarm.in(alarm.state().changed(value, reason, data, now)));
    }

    /// Judges every alarm.
    void evaluate(Instant now) throws InterruptedException {
        for (Alarm alarm : all()) {
            evaluate(alarm, now);
        }
    }

    private void evaluate(Alarm alarm, Instant now) throws InterruptedException {
        AlarmSettings settings = alarm.settings();
        MetricQuery query = query(settings, now);
        List<Datapoint> points = series.readTogether(query);
        var evaluation = new Evaluation(settings.rule(), points);
        Optional<Value> verdict = evaluation.verdict();
        if (verdict.isPresent() && verdict.get() != alarm.state().value()) {
            String reason = evaluation.reason(verdict.get(), alarm.state().value());
            Optional<String> data = Optional.of(evaluation.data(now, query.start()));
            change(
                    alarm.name(),
                    same -> same.settings().equals(settings)
                            ? same.in(same.state().changed(verdict.get(), reason, data, now))
                            : same);
        } else if (verdict.isPresent() && alarm.state().reasonData().isEmpty()) {
            String reason = evaluation.reason(verdict.get(), verdict.get());
            Optional<String> data = Optional.of(evaluation.data(now, query.start()));
            change(
                    alarm.name(),
                    same -> same.in(same.state().changed(verdict.get(), reason, data, now)));
        }
    }

    /// The periods that are over. They end with a minute: a long period slides.
    private static MetricQuery query(AlarmSettings settings, Instant now) {
        AlarmRule rule = settings.rule();
        int step = Math.min(rule.periodSeconds(), 60);
        long end = Math.floorDiv(now.getEpochSecond(), step) * (long) step;
        long periods = rule.evaluationPeriods() + Evaluation.PERIODS_MORE;
        return new MetricQuery(
                settings.metric(),
                rule.unit(),
                Instant.ofEpochSecond(end - periods * rule.periodSeconds()),
                Instant.ofEpochSecond(end),
                rule.periodSeconds());
    }

    private synchronized void change(String name, UnaryOperator<Alarm> step)
            throws InterruptedException {
        Alarm before = alarms.get(name);
        if (before != null) {
            Alarm after = step.apply(before);
            if (!after.equals(before)) {
                var batch = new Batch();
                if (after.state().value() != before.state().value()) {
                    var change = new AlarmChange(after, before.state());
                    history.add(batch, change);
                    listener.changed(batch, change);
                }
                write(batch, after);
            }
        }
    }

    private void write(Batch batch, Alarm alarm) throws InterruptedException {
        alarms.put(alarm.name(), alarm);
        store.commit(batch.put(space, key(alarm.name()), AlarmDocument.bytes(alarm)));
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
