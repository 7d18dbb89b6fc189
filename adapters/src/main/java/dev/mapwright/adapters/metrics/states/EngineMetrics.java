package dev.mapwright.adapters.metrics.states;

import dev.mapwright.adapters.metrics.Metric;
import dev.mapwright.adapters.metrics.Resolution;
import dev.mapwright.adapters.metrics.Samples;
import dev.mapwright.adapters.metrics.Series;
import dev.mapwright.adapters.metrics.TimeSeries;
import dev.mapwright.adapters.metrics.TooManySeries;
import dev.mapwright.engine.execution.ExecutionListener;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.task.TaskListener;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/// Counts what the engine does. Samples are added up by source until [#collect] hands them to the
/// [TimeSeries]; what they are worth there is the minute in which they are collected.
///
/// As on AWS, an execution gives each of its counters one sample when it starts and one when it
/// ends, of 0 or 1: their sum is the count, their number is twice the count of executions.
/// https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
public final class EngineMetrics implements ExecutionListener, TaskListener {
    public static final String NAMESPACE = "AWS/States";

    /// Sources beyond these count for the account only, under the source that has no name.
    private static final int SOURCES_MAX = 10_000;

    private static final String OTHERS = "others";

    /// https://aws.amazon.com/step-functions/pricing/
    private static final long BILLED_STEP_MILLISECONDS = 100;

    /// The least that AWS bills; what an execution really needs is not measured.
    private static final long BILLED_MEMORY_BYTES = 64L * 1024 * 1024;

    private static final System.Logger LOG = System.getLogger(EngineMetrics.class.getName());

    private final TimeSeries series;
    private final Map<Source, Counted> sources = new ConcurrentHashMap<>();

    public EngineMetrics(TimeSeries series) {
        this.series = series;
    }

    @Override
    public void started(Execution execution) {
        Tally.Stripe stripe = machine(execution).stripe();
        synchronized (stripe) {
            stripe.add(ExecutionMetric.STARTED, 1);
            addOutcome(stripe, Status.RUNNING);
        }
    }

    @Override
    public void redriven(Execution execution) {
        Tally.Stripe stripe = machine(execution).stripe();
        synchronized (stripe) {
            stripe.add(ExecutionMetric.REDRIVEN, 1);
        }
    }

    @Override
    public void ended(Execution execution) {
        Counted machine = machine(execution);
        long took = Duration.between(
                        execution.startedAt(), execution.endedAt().orElse(execution.startedAt()))
                .toMillis();
        boolean first = execution.redriveCount() == 0;
        if (first) {
            machine.took(took);
        }
        Tally.Stripe stripe = machine.stripe();
        synchronized (stripe) {
            stripe.add(ExecutionMetric.STARTED, 0);
            addOutcome(stripe, execution.status());
            if (first) {
                stripe.add(ExecutionMetric.TIME, took);
            } else {
                addRedrivenOutcome(stripe, execution.status());
            }
            switch (execution.type()) {
                case EXPRESS -> addBill(stripe, took);
                case STANDARD -> {}
            }
        }
    }

    private static void addOutcome(Tally.Stripe stripe, Status status) {
        stripe.add(ExecutionMetric.SUCCEEDED, status == Status.SUCCEEDED ? 1 : 0);
        stripe.add(ExecutionMetric.FAILED, status == Status.FAILED ? 1 : 0);
        stripe.add(ExecutionMetric.TIMED_OUT, status == Status.TIMED_OUT ? 1 : 0);
        stripe.add(ExecutionMetric.ABORTED, status == Status.ABORTED ? 1 : 0);
    }

    private static void addRedrivenOutcome(Tally.Stripe stripe, Status status) {
        stripe.add(ExecutionMetric.REDRIVEN_SUCCEEDED, status == Status.SUCCEEDED ? 1 : 0);
        stripe.add(ExecutionMetric.REDRIVEN_FAILED, status == Status.FAILED ? 1 : 0);
        stripe.add(ExecutionMetric.REDRIVEN_TIMED_OUT, status == Status.TIMED_OUT ? 1 : 0);
        stripe.add(ExecutionMetric.REDRIVEN_ABORTED, status == Status.ABORTED ? 1 : 0);
    }

    private static void addBill(Tally.Stripe stripe, long took) {
        long steps = Math.max(1, Math.ceilDiv(took, BILLED_STEP_MILLISECONDS));
        stripe.add(
                ExecutionMetric.EXPRESS_BILLED_DURATION, (double) steps * BILLED_STEP_MILLISECONDS);
        stripe.add(ExecutionMetric.EXPRESS_BILLED_MEMORY, BILLED_MEMORY_BYTES);
    }

    @Override
    public void scheduled(Flavor flavor, String resourceArn) {
        Tally.Stripe stripe = resource(flavor, resourceArn).stripe();
        synchronized (stripe) {
            stripe.add(TaskMetric.SCHEDULED, 1);
        }
    }

    @Override
    public void started(Flavor flavor, String resourceArn, Duration waited) {
        Tally.Stripe stripe = resource(flavor, resourceArn).stripe();
        synchronized (stripe) {
            stripe.add(TaskMetric.STARTED, 1);
            stripe.add(TaskMetric.SCHEDULE_TIME, waited.toMillis());
        }
    }

    @Override
    public void ended(
            Flavor flavor,
            String resourceArn,
            Ending ending,
            Optional<Duration> ran,
            Duration took) {
        Tally.Stripe stripe = resource(flavor, resourceArn).stripe();
        synchronized (stripe) {
            stripe.add(outcome(flavor, ending), 1);
            if (ran.isPresent()) {
                stripe.add(TaskMetric.RUN_TIME, ran.get().toMillis());
            }
            stripe.add(TaskMetric.TIME, took.toMillis());
        }
    }

    private static TaskMetric outcome(Flavor flavor, Ending ending) {
        return switch (ending) {
            case Ending.Succeeded _ -> TaskMetric.SUCCEEDED;
            case Ending.Failed _, Ending.Aborted _ -> TaskMetric.FAILED;
            case Ending.TimedOut timedOut ->
                flavor == Flavor.ACTIVITY
                                && timedOut.failure().name().equals("States.HeartbeatTimeout")
                        ? TaskMetric.HEARTBEAT_TIMED_OUT
                        : TaskMetric.TIMED_OUT;
        };
    }

    private Counted machine(Execution execution) {
        return counted(new Source.Machine(
                execution.machineArn(), execution.versionArn(), execution.aliasArn()));
    }

    private Counted resource(Flavor flavor, String arn) {
        return counted(new Source.Resource(flavor, arn));
    }

    private Counted counted(Source source) {
        Counted known = sources.get(source);
        if (known != null) {
            return known;
        }
        Source kept = sources.size() < SOURCES_MAX ? source : unnamed(source);
        return sources.computeIfAbsent(kept, Counted::new);
    }

    private static Source unnamed(Source source) {
        return switch (source) {
            case Source.Machine _ -> new Source.Machine(OTHERS, Optional.empty(), Optional.empty());
            case Source.Resource(Flavor flavor, String _) -> new Source.Resource(flavor, OTHERS);
        };
    }

    /// Hands everything over that was counted since the last time.
    public void collect(Instant now) throws InterruptedException {
        for (Counted source : sources.values()) {
            Map<MetricName, Samples> news = source.take();
            for (Map<String, String> dimensions : source.source().dimensions()) {
                for (Map.Entry<MetricName, Samples> one : news.entrySet()) {
                    add(one.getKey(), dimensions, now, one.getValue());
                }
            }
        }
    }

    /// Takes one sample of each gauge that reports something.
    public void look(Gauges gauges, Instant now) throws InterruptedException {
        for (Gauge gauge : Gauge.values()) {
            OptionalLong value = gauges.now(gauge);
            if (value.isPresent()) {
                add(gauge.metric(), Map.of(), now, Samples.of(value.getAsLong()));
            }
        }
    }

    private void add(MetricName name, Map<String, String> dimensions, Instant now, Samples samples)
            throws InterruptedException {
        var metric = Metric.of(NAMESPACE, name.text(), dimensions);
        try {
            series.add(new Series(metric, name.unit()), Resolution.STANDARD, now, samples);
        } catch (TooManySeries full) {
            LOG.log(System.Logger.Level.WARNING, full.getMessage());
        }
    }

    /// Of every source, as of the last [#collect].
    public List<Totals> totals() {
        return sources.values().stream().map(Counted::totals).toList();
    }
}
