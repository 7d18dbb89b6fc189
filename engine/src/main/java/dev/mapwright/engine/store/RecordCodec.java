package dev.mapwright.engine.store;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.binary.Decoder;
import dev.mapwright.engine.binary.Encoder;
import dev.mapwright.engine.store.Execution.Child;
import dev.mapwright.engine.store.Execution.Redriven;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.engine.store.MapRunRecord.Counts;
import dev.mapwright.engine.store.MapRunRecord.Settings;

import java.time.Instant;
import java.util.Optional;

/// Records as bytes, for every store alike. Each begins with the version of its shape; later
/// versions read what earlier ones wrote.
public final class RecordCodec {
    private static final int VERSION = 1;

    private RecordCodec() {}

    /// What changes about an execution while it lives. The rest of its record stays as it was
    /// created.
    public record Progress(
            Status status,
            Instant startedAt,
            Optional<Instant> endedAt,
            Optional<Json> output,
            Optional<Failure> failure,
            Optional<Redriven> redriven) {
        public static Progress of(Execution execution) {
            return new Progress(
                    execution.status(),
                    execution.startedAt(),
                    execution.endedAt(),
                    execution.output(),
                    execution.failure(),
                    execution.redriven());
        }

        public Execution of(String arn, Execution from) {
            return new Execution(
                    arn,
                    from.machineArn(),
                    from.name(),
                    from.type(),
                    from.definitionId(),
                    from.roleArn(),
                    from.input(),
                    status,
                    startedAt,
                    endedAt,
                    output,
                    failure,
                    from.child(),
                    redriven,
                    from.versionArn(),
                    from.aliasArn(),
                    from.traceHeader());
        }
    }

    public static byte[] encode(Execution execution) {
        var out = new Encoder().octet(VERSION);
        out.text(execution.arn())
                .text(execution.machineArn())
                .text(execution.name())
                .constant(execution.type());
        out.text(execution.definitionId())
                .text(execution.roleArn())
                .text(execution.input().text());
        write(out, Progress.of(execution));
        out.optional(execution.child(), RecordCodec::write);
        out.optional(execution.versionArn(), Encoder::text);
        out.optional(execution.aliasArn(), Encoder::text);
        out.optional(execution.traceHeader(), Encoder::text);
        return out.toBytes();
    }

    public static Execution execution(byte[] bytes) {
        var in = versioned(bytes, "an execution");
        String arn = in.text();
        String machineArn = in.text();
        String name = in.text();
        Type type = in.constant(Type.values());
        String definitionId = in.text();
        String roleArn = in.text();
        Json input = Json.ofText(in.text());
        Progress progress = progress(in);
        return new Execution(
                arn,
                machineArn,
                name,
                type,
                definitionId,
                roleArn,
                input,
                progress.status(),
                progress.startedAt(),
                progress.endedAt(),
                progress.output(),
                progress.failure(),
                in.optional(RecordCodec::child),
                progress.redriven(),
                in.optional(Decoder::text),
                in.optional(Decoder::text),
                in.optional(Decoder::text));
    }

    public static byte[] encode(Progress progress) {
        var out = new Encoder().octet(VERSION);
        write(out, progress);
        return out.toBytes();
    }

    public static Progress progress(byte[] bytes) {
        return progress(versioned(bytes, "an execution's progress"));
    }

    public static byte[] encode(MapRunRecord run) {
        var out = new Encoder().octet(VERSION);
        out.text(run.arn()).text(run.executionArn()).text(run.machineArn()).text(run.mapState());
        out.constant(run.childType()).constant(run.status()).instant(run.startedAt());
        out.optional(run.endedAt(), Encoder::instant);
        out.number(run.settings().maxConcurrency());
        out.optional(run.settings().toleratedFailureCount(), Encoder::number);
        out.optional(run.settings().toleratedFailurePercentage(), Encoder::real);
        out.text(run.plan().text());
        write(out, run.items());
        write(out, run.executions());
        out.optional(run.redriven(), RecordCodec::write);
        return out.toBytes();
    }

    public static MapRunRecord mapRun(byte[] bytes) {
        var in = versioned(bytes, "a map run");
        return new MapRunRecord(
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.constant(Type.values()),
                in.constant(MapRunRecord.Status.values()),
                in.instant(),
                in.optional(Decoder::instant),
                new Settings(in.count(), in.optional(Decoder::number), in.optional(Decoder::real)),
                Json.ofText(in.text()),
                counts(in),
                counts(in),
                in.optional(RecordCodec::redriven));
    }

    private static Decoder versioned(byte[] bytes, String what) {
        var in = new Decoder(bytes);
        int version = in.octet();
        if (version != VERSION) {
            throw new IllegalStateException("Expected the record of %s in version %d, found %d"
                    .formatted(what, VERSION, version));
        }
        return in;
    }

    private static void write(Encoder out, Progress progress) {
        out.constant(progress.status()).instant(progress.startedAt());
        out.optional(progress.endedAt(), Encoder::instant);
        out.optional(progress.output(), (to, output) -> to.text(output.text()));
        out.optional(
                progress.failure(), (to, failure) -> to.optional(failure.error(), Encoder::text)
                        .optional(failure.cause(), Encoder::text));
        out.optional(progress.redriven(), RecordCodec::write);
    }

    private static Progress progress(Decoder in) {
        return new Progress(
                in.constant(Status.values()),
                in.instant(),
                in.optional(Decoder::instant),
                in.optional(from -> Json.ofText(from.text())),
                in.optional(from ->
                        new Failure(from.optional(Decoder::text), from.optional(Decoder::text))),
                in.optional(RecordCodec::redriven));
    }

    private static void write(Encoder out, Child child) {
        out.text(child.mapRunArn()).text(child.mapState());
        out.number(child.batch()).number(child.firstItem()).number(child.itemCount());
    }

    private static Child child(Decoder in) {
        return new Child(in.text(), in.text(), in.number(), in.number(), in.count());
    }

    private static void write(Encoder out, Redriven redriven) {
        out.number(redriven.count()).instant(redriven.at());
    }

    private static Redriven redriven(Decoder in) {
        return new Redriven(in.count(), in.instant());
    }

    private static void write(Encoder out, Counts counts) {
        out.number(counts.pending()).number(counts.running()).number(counts.succeeded());
        out.number(counts.failed()).number(counts.timedOut()).number(counts.aborted());
        out.number(counts.resultsWritten())
                .number(counts.failuresNotRedrivable())
                .number(counts.pendingRedrive());
    }

    private static Counts counts(Decoder in) {
        return new Counts(
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number());
    }
}
