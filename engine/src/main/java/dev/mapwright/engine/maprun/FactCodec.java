package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.binary.Decoder;
import dev.mapwright.engine.binary.Encoder;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.RunFact.Aborted;
import dev.mapwright.engine.maprun.RunFact.Checkpointed;
import dev.mapwright.engine.maprun.RunFact.Counted;
import dev.mapwright.engine.maprun.RunFact.Dispatched;
import dev.mapwright.engine.maprun.RunFact.DispatchingChanged;
import dev.mapwright.engine.maprun.RunFact.Ended;
import dev.mapwright.engine.maprun.RunFact.Exported;
import dev.mapwright.engine.maprun.RunFact.Finished;
import dev.mapwright.engine.maprun.RunFact.Halted;
import dev.mapwright.engine.maprun.RunFact.ReadTo;
import dev.mapwright.engine.maprun.RunFact.Reason;
import dev.mapwright.engine.maprun.RunFact.Redispatched;
import dev.mapwright.engine.maprun.RunFact.RedriveEnded;
import dev.mapwright.engine.maprun.RunFact.Redriven;
import dev.mapwright.engine.maprun.RunFact.Retained;
import dev.mapwright.engine.maprun.RunFact.SettingsChanged;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.MapRunRecord.Settings;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Facts as bytes: a tag that names type and version, then the members. A tag is never given a
/// second meaning; a new version of a fact gets a new tag beside the old one, which later versions
/// go on reading.
final class FactCodec {
    /// A snapshot: the whole [Progress] in place of all facts before it.
    static final int SNAPSHOT_1 = 1;

    /// As the first, and what a redrive adds.
    static final int SNAPSHOT_2 = 9;

    private static final int READ_TO_1 = 2;
    private static final int DISPATCHED_1 = 3;
    private static final int COUNTED_1 = 4;
    private static final int SETTINGS_CHANGED_1 = 5;
    private static final int CHECKPOINTED_1 = 6;
    private static final int HALTED_1 = 7;
    private static final int FINISHED_1 = 8;
    private static final int EXPORTED_1 = 10;
    private static final int REDRIVEN_1 = 11;
    private static final int REDISPATCHED_1 = 12;
    private static final int RETAINED_1 = 13;
    private static final int REDRIVE_ENDED_1 = 14;
    private static final int SUCCEEDED_1 = 16;
    private static final int FAILED_1 = 17;
    private static final int TIMED_OUT_1 = 18;
    private static final int ABORTED_1 = 19;
    private static final int DISPATCHING_CHANGED_1 = 20;
    private static final int RUN_ABORTED_1 = 21;

    private FactCodec() {}

    static void write(RunFact fact, Encoder line) {
        switch (fact) {
            case ReadTo(String position) -> {
                line.octet(READ_TO_1);
                line.text(position);
            }
            case Dispatched(long batch, long firstItem, int itemCount) -> {
                line.octet(DISPATCHED_1);
                line.number(batch);
                line.number(firstItem);
                line.number(itemCount);
            }
            case Ended(long batch, Status how) -> {
                line.octet(tagOf(how));
                line.number(batch);
            }
            case Counted(long items, long batches) -> {
                line.octet(COUNTED_1);
                line.number(items);
                line.number(batches);
            }
            case SettingsChanged(Settings settings) -> {
                line.octet(SETTINGS_CHANGED_1);
                writeSettings(settings, line);
            }
            case DispatchingChanged(Dispatching dispatching) -> {
                line.octet(DISPATCHING_CHANGED_1);
                writeDispatching(dispatching, line);
            }
            case Checkpointed(long covered, Json checkpoint) -> {
                line.octet(CHECKPOINTED_1);
                line.number(covered);
                line.text(checkpoint.text());
            }
            case Aborted(Failure why, Instant at) -> {
                line.octet(RUN_ABORTED_1);
                writeFailure(why, line);
                line.instant(at);
            }
            case Halted halted -> {
                line.octet(HALTED_1);
                writeHalted(halted, line);
            }
            case Exported() -> line.octet(EXPORTED_1);
            case Finished(Ending ending) -> {
                line.octet(FINISHED_1);
                writeEnding(ending, line);
            }
            case Redriven(int count, long items, long batches) -> {
                line.octet(REDRIVEN_1);
                line.number(count);
                line.number(items);
                line.number(batches);
            }
            case Redispatched(long batch, int itemCount, Status before) -> {
                line.octet(REDISPATCHED_1);
                writeChild(batch, itemCount, before, line);
            }
            case Retained(long batch, int itemCount, Status how) -> {
                line.octet(RETAINED_1);
                writeChild(batch, itemCount, how, line);
            }
            case RedriveEnded() -> line.octet(REDRIVE_ENDED_1);
        }
    }

    private static void writeChild(long batch, int itemCount, Status how, Encoder line) {
        line.number(batch);
        line.number(itemCount);
        line.octet(tagOf(how));
    }

    static RunFact read(int tag, Decoder line) {
        return switch (tag) {
            case READ_TO_1 -> new ReadTo(line.text());
            case DISPATCHED_1 -> new Dispatched(line.number(), line.number(), line.count());
            case SUCCEEDED_1 -> new Ended(line.number(), Status.SUCCEEDED);
            case FAILED_1 -> new Ended(line.number(), Status.FAILED);
            case TIMED_OUT_1 -> new Ended(line.number(), Status.TIMED_OUT);
            case ABORTED_1 -> new Ended(line.number(), Status.ABORTED);
            case COUNTED_1 -> new Counted(line.number(), line.number());
            case SETTINGS_CHANGED_1 -> new SettingsChanged(readSettings(line));
            case DISPATCHING_CHANGED_1 -> new DispatchingChanged(readDispatching(line));
            case CHECKPOINTED_1 -> new Checkpointed(line.number(), Json.ofText(line.text()));
            case RUN_ABORTED_1 -> new Aborted(readFailure(line), line.instant());
            case HALTED_1 -> readHalted(line);
            case EXPORTED_1 -> new Exported();
            case FINISHED_1 -> new Finished(readEnding(line));
            case REDRIVEN_1 -> new Redriven(line.count(), line.number(), line.number());
            case REDISPATCHED_1 ->
                new Redispatched(line.number(), line.count(), statusOf(line.octet()));
            case RETAINED_1 -> new Retained(line.number(), line.count(), statusOf(line.octet()));
            case REDRIVE_ENDED_1 -> new RedriveEnded();
            default ->
                throw new IllegalStateException(
                        "tag %d in a run journal is of a later version of this program"
                                .formatted(tag));
        };
    }

    private static int tagOf(Status how) {
        return switch (how) {
            case SUCCEEDED -> SUCCEEDED_1;
            case FAILED -> FAILED_1;
            case TIMED_OUT -> TIMED_OUT_1;
            case ABORTED -> ABORTED_1;
            case RUNNING, PENDING_REDRIVE -> throw new IllegalStateException(how + " is no ending");
        };
    }

    private static Status statusOf(int tag) {
        return switch (tag) {
            case SUCCEEDED_1 -> Status.SUCCEEDED;
            case FAILED_1 -> Status.FAILED;
            case TIMED_OUT_1 -> Status.TIMED_OUT;
            case ABORTED_1 -> Status.ABORTED;
            default -> throw new IllegalStateException("tag %d is no ending".formatted(tag));
        };
    }

    static void writeSettings(Settings settings, Encoder line) {
        line.number(settings.maxConcurrency());
        line.optional(settings.toleratedFailureCount().map(Object::toString), Encoder::text);
        line.optional(settings.toleratedFailurePercentage().map(Object::toString), Encoder::text);
    }

    static Settings readSettings(Decoder line) {
        return new Settings(
                line.count(),
                line.optional(Decoder::text).map(Long::valueOf),
                line.optional(Decoder::text).map(Double::valueOf));
    }

    private static void writeDispatching(Dispatching dispatching, Encoder line) {
        line.constant(dispatching.state());
        line.optional(dispatching.pace(), (to, pace) -> to.real(pace.perSecond())
                .number(pace.rampUp().toMillis()));
        line.instant(dispatching.since());
    }

    private static Dispatching readDispatching(Decoder line) {
        return new Dispatching(
                line.constant(Dispatching.State.values()),
                line.optional(from -> new Pace(from.real(), Duration.ofMillis(from.number()))),
                line.instant());
    }

    static void writeHalted(Halted halted, Encoder line) {
        line.octet(
                switch (halted.reason()) {
                    case STOPPED -> 0;
                    case FAILED -> 1;
                    case UNWRITABLE -> 2;
                });
        writeFailure(halted.failure(), line);
        line.number(halted.pendingItems());
    }

    static Halted readHalted(Decoder line) {
        var reason =
                switch (line.octet()) {
                    case 0 -> Reason.STOPPED;
                    case 1 -> Reason.FAILED;
                    default -> Reason.UNWRITABLE;
                };
        return new Halted(reason, readFailure(line), line.number());
    }

    static void writeEnding(Ending ending, Encoder line) {
        switch (ending) {
            case Ending.Succeeded(Json output) -> {
                line.octet(0);
                line.text(output.text());
            }
            case Ending.Failed(Failure failure) -> {
                line.octet(1);
                writeFailure(failure, line);
            }
            case Ending.TimedOut(Failure failure) -> {
                line.octet(2);
                writeFailure(failure, line);
            }
            case Ending.Aborted(Failure failure) -> {
                line.octet(3);
                writeFailure(failure, line);
            }
        }
    }

    static Ending readEnding(Decoder line) {
        return switch (line.octet()) {
            case 0 -> new Ending.Succeeded(Json.ofText(line.text()));
            case 1 -> new Ending.Failed(readFailure(line));
            case 2 -> new Ending.TimedOut(readFailure(line));
            default -> new Ending.Aborted(readFailure(line));
        };
    }

    private static void writeFailure(Failure failure, Encoder line) {
        line.optional(failure.error(), Encoder::text);
        line.optional(failure.cause(), Encoder::text);
    }

    private static Failure readFailure(Decoder line) {
        Optional<String> error = line.optional(Decoder::text);
        return new Failure(error, line.optional(Decoder::text));
    }
}
