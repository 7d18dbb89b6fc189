package dev.mapwright.engine.interpreter;

import dev.mapwright.asl.definition.BatchSpec;
import dev.mapwright.asl.definition.MapMode;
import dev.mapwright.asl.definition.ReaderSpec;
import dev.mapwright.asl.definition.State;
import dev.mapwright.asl.definition.WriterSpec;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.expression.Scope;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.journal.HistoryEvent.BranchesEnded;
import dev.mapwright.engine.journal.HistoryEvent.BranchesStarted;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionRedriven;
import dev.mapwright.engine.journal.HistoryEvent.Kind;
import dev.mapwright.engine.journal.HistoryEvent.MapRunEnded;
import dev.mapwright.engine.journal.HistoryEvent.MapRunRedriven;
import dev.mapwright.engine.journal.HistoryEvent.MapRunStarted;
import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.RunPlan;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One try at a distributed Map state: plans a map run, has it run, and takes its result.
final class DistributedMapAttempt {
    private final State.MapState map;
    private final MapMode.Distributed mode;
    private final Visit visit;
    private final Interpreter.Run run;

    DistributedMapAttempt(State.MapState map, MapMode.Distributed mode, Visit visit) {
        this.map = map;
        this.mode = mode;
        this.visit = visit;
        this.run = visit.walk().run();
    }

    Json run() throws StateFailed, InterruptedException {
        Scope fields = MapAttempt.fields(map, visit);
        Optional<Json> items =
                mode.reader().isPresent() ? Optional.empty() : Optional.of(stateItems(fields));
        int concurrency = MapAttempt.concurrency(map, visit, fields);
        visit.once(
                BranchesStarted.class,
                () -> new BranchesStarted(Kind.MAP, items.map(this::count).orElse(0)));
        long forkedBy = visit.walk().previousEventId();
        Optional<MapRunStarted> begun = visit.recorded(MapRunStarted.class);
        Optional<MapRunRecord> known =
                begun.flatMap(started -> run.mapRuns().find(started.mapRunArn()));
        MapRunRecord opened =
                known.isPresent() ? known.get() : planned(begun, fields, items, concurrency);
        boolean redrives = visit.recorded(ExecutionRedriven.class).isPresent();
        boolean goesOn = known.isPresent() && (!redrives || visit.isNext(MapRunRedriven.class));
        MapRunRecord record = redrives ? redriven(opened, forkedBy) : opened;
        long startedId = visit.walk().previousEventId();
        visit.walk().opensMapRun();
        MapRunEnded ended = goesOn
                ? visit.outcome(MapRunEnded.class, () -> ended(record, fields))
                : visit.effect(MapRunEnded.class, () -> ended(record, fields));
        visit.walk().closesMapRun();
        run.checkDeadline();
        return output(ended, startedId);
    }

    /// A run that the journal names and the store does not know was not begun: it is planned again.
    private MapRunRecord planned(
            Optional<MapRunStarted> begun, Scope fields, Optional<Json> items, int concurrency)
            throws StateFailed {
        if (begun.isPresent()) {
            return opening(begun.get().mapRunArn(), fields, items, concurrency);
        }
        MapRunRecord opened = opening(newArn(), fields, items, concurrency);
        visit.walk().record(new MapRunStarted(opened.arn()));
        return opened;
    }

    private Json output(MapRunEnded ended, long startedId) throws StateFailed {
        return switch (ended.ending()) {
            case Ending.Succeeded(Json output) -> {
                visit.leaf(
                        BranchesEnded.class,
                        new BranchesEnded(Kind.MAP, new Ending.Succeeded(Json.NULL)));
                visit.walk().continueAfter(startedId);
                yield output;
            }
            case Ending.Failed(Failure failure) -> throw failed(failure);
            case Ending.TimedOut(Failure failure) -> throw failed(failure);
            case Ending.Aborted(Failure failure) -> throw failed(failure);
        };
    }

    /// AWS links MapRunRedriven to what MapRunStarted was linked to.
    private MapRunRecord redriven(MapRunRecord record, long forkedBy)
            throws StateFailed, InterruptedException {
        visit.walk().continueAfter(forkedBy);
        Recorded line = visit.line(
                MapRunRedriven.class,
                () -> new MapRunRedriven(record.arn(), nextRedriveCount(record)));
        int count = ((MapRunRedriven) line.entry()).count();
        return record.redriven(new Execution.Redriven(count, line.at()));
    }

    private int nextRedriveCount(MapRunRecord record) throws StateFailed {
        if (record.redriveCount() >= run.quotas().redrivesPerMapRunMax()) {
            throw visit.runtime("The Map Run %s was redriven %d times, which is the maximum."
                    .formatted(record.arn(), record.redriveCount()));
        }
        return record.redriveCount() + 1;
    }

    /// A run that is found aborted while nobody here aborts it was stopped by a former process,
    /// because a sibling had failed or the execution was stopped; that comes to pass here, too.
    private MapRunEnded ended(MapRunRecord record, Scope fields) throws InterruptedException {
        Ending ending = run.mapRuns()
                .run(record, Selection.of(map, visit, fields), run.deadline(), run.halt());
        if (ending instanceof Ending.Aborted && visit.now().isBefore(run.deadline())) {
            run.world().inbox().take(run.deadline());
        }
        return new MapRunEnded(ending);
    }

    private StateFailed failed(Failure failure) {
        return StateFailed.inWork(failure, visit.walk().previousEventId());
    }

    private Json stateItems(Scope fields) throws StateFailed {
        Json items = MapAttempt.items(map, visit, fields);
        if (items.value() instanceof List || items.value() instanceof Map) {
            return items;
        }
        throw visit.runtime("Map state input must be an array but was: " + items.text());
    }

    private int count(Json items) {
        return switch (items.value()) {
            case List<?> list -> list.size();
            case Map<?, ?> object -> object.size();
            default -> throw new IllegalStateException("neither array nor object: " + items);
        };
    }

    /// Everything is evaluated before MapRunStarted: a bad field fails the state without a run.
    private MapRunRecord opening(String arn, Scope fields, Optional<Json> items, int concurrency)
            throws StateFailed {
        var settings = new MapRunRecord.Settings(
                concurrency,
                MapAttempt.number(mode.tolerance().count(), visit, fields).map(Number::longValue),
                MapAttempt.number(mode.tolerance().percentage(), visit, fields)
                        .map(Number::doubleValue));
        var plan = new RunPlan(dataset(fields, items), batching(fields), writer(fields), format());
        return new MapRunRecord(
                arn,
                run.execution().arn(),
                machineArn() + "/" + label(),
                map.name(),
                childType(),
                MapRunRecord.Status.RUNNING,
                visit.now(),
                Optional.empty(),
                settings,
                plan.json(),
                MapRunRecord.Counts.NONE,
                MapRunRecord.Counts.NONE,
                Optional.empty());
    }

    private Dataset dataset(Scope fields, Optional<Json> items) throws StateFailed {
        if (items.isPresent()) {
            return new Dataset.StateItems(items.get());
        }
        ReaderSpec reader = mode.reader().orElseThrow();
        Json arguments = visit.evaluate(() -> reader.arguments().evaluate(fields));
        var config = new LinkedHashMap<String, Object>();
        for (Map.Entry<String, Expression> member : reader.config().entrySet()) {
            config.put(
                    member.getKey(),
                    visit.evaluate(() -> member.getValue().evaluate(fields)).value());
        }
        long maxItems = MapAttempt.number(reader.maxItems(), visit, fields)
                .map(Number::longValue)
                .orElse(0L);
        String resource = reader.resource().service() + ":" + reader.resource().action();
        return new Dataset.Read(resource, arguments, Json.of(config), maxItems);
    }

    private Optional<RunPlan.Batching> batching(Scope fields) throws StateFailed {
        if (mode.batch().isEmpty()) {
            return Optional.empty();
        }
        BatchSpec batch = mode.batch().get();
        int items = MapAttempt.number(batch.maxItemsPerBatch(), visit, fields)
                .map(Number::intValue)
                .orElse(0);
        int bytes = MapAttempt.number(batch.maxInputBytesPerBatch(), visit, fields)
                .map(Number::intValue)
                .orElse(run.quotas().payloadBytesMax());
        Optional<Json> input = batch.batchInput().isEmpty()
                ? Optional.empty()
                : Optional.of(visit.evaluate(() -> batch.batchInput().get().evaluate(fields)));
        return Optional.of(new RunPlan.Batching(items, bytes, input));
    }

    /// `{"Bucket", "Prefix", "Transformation", "OutputType"}`
    private Optional<Json> writer(Scope fields) throws StateFailed {
        if (mode.writer().isEmpty() || mode.writer().get().arguments().isEmpty()) {
            return Optional.empty();
        }
        WriterSpec writer = mode.writer().get();
        Json arguments = visit.evaluate(() -> writer.arguments().get().evaluate(fields));
        if (!(arguments.value() instanceof Map<?, ?> given)) {
            throw visit.runtime("The ResultWriter's parameters must be an object but were: "
                    + arguments.text());
        }
        var target = new LinkedHashMap<String, Object>();
        given.forEach((name, value) -> target.put((String) name, value));
        target.put(
                "Transformation",
                writer.transformation().orElse(WriterSpec.Transformation.NONE).name());
        target.put("OutputType", writer.outputType().name());
        return Optional.of(Json.of(target));
    }

    /// How the state's own result is formatted, where nothing is exported.
    private Optional<Json> format() {
        return mode.writer()
                .filter(writer -> writer.arguments().isEmpty())
                .map(writer -> Json.of(Map.of(
                        "Transformation",
                        writer.transformation()
                                .orElse(WriterSpec.Transformation.COMPACT)
                                .name(),
                        "OutputType",
                        writer.outputType().name())));
    }

    private String newArn() {
        return run.place()
                .arn("mapRun:" + machineName() + "/" + label() + ":"
                        + run.world().uuid());
    }

    private String label() {
        return mode.labelIn(machineArn(), map.name());
    }

    /// Without the label that a child of another map run carries.
    private String machineArn() {
        String arn = run.execution().machineArn();
        int slash = arn.indexOf('/');
        return slash < 0 ? arn : arn.substring(0, slash);
    }

    private String machineName() {
        return machineArn().substring(machineArn().lastIndexOf(':') + 1);
    }

    private Execution.Type childType() {
        return mode.express() ? Execution.Type.EXPRESS : Execution.Type.STANDARD;
    }
}
