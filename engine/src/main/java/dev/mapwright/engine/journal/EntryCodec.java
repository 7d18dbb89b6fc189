package dev.mapwright.engine.journal;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.binary.Decoder;
import dev.mapwright.engine.binary.Encoder;
import dev.mapwright.engine.journal.HistoryEvent.BranchesEnded;
import dev.mapwright.engine.journal.HistoryEvent.BranchesStarted;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionEnded;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionRedriven;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionStarted;
import dev.mapwright.engine.journal.HistoryEvent.Flavor;
import dev.mapwright.engine.journal.HistoryEvent.IterationEnded;
import dev.mapwright.engine.journal.HistoryEvent.IterationStarted;
import dev.mapwright.engine.journal.HistoryEvent.Kind;
import dev.mapwright.engine.journal.HistoryEvent.MapRunEnded;
import dev.mapwright.engine.journal.HistoryEvent.MapRunRedriven;
import dev.mapwright.engine.journal.HistoryEvent.MapRunStarted;
import dev.mapwright.engine.journal.HistoryEvent.QueryFailed;
import dev.mapwright.engine.journal.HistoryEvent.Stage;
import dev.mapwright.engine.journal.HistoryEvent.StateAborted;
import dev.mapwright.engine.journal.HistoryEvent.StateEntered;
import dev.mapwright.engine.journal.HistoryEvent.StateExited;
import dev.mapwright.engine.journal.HistoryEvent.TaskEnded;
import dev.mapwright.engine.journal.HistoryEvent.TaskNotStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskScheduled;
import dev.mapwright.engine.journal.HistoryEvent.TaskStarted;
import dev.mapwright.engine.journal.HistoryEvent.TaskSubmitted;
import dev.mapwright.engine.journal.Note.ForkFailed;
import dev.mapwright.engine.journal.Note.ItemsChosen;
import dev.mapwright.engine.journal.Note.JobStarted;
import dev.mapwright.engine.journal.Note.TaskAnswered;
import dev.mapwright.engine.journal.Note.TokenIssued;
import dev.mapwright.engine.journal.Note.WakeAt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The lines of one commit as bytes, for every store alike. Later versions read what earlier ones
/// wrote: each entry carries a tag for its type and the version of its shape, and neither is ever
/// given another meaning.
///
/// Most payloads pass through several lines unchanged (a state's output is the next one's input),
/// and the first is the execution's input. Each is written once, and then referred to: see
/// [Payloads].
public final class EntryCodec {
    private static final int FORMAT = 1;
    private static final int VERSION = 1;

    private EntryCodec() {}

    /// @param input the execution's input, where the store can give it back when the lines are read
    public static byte[] encode(List<Recorded> lines, Optional<Json> input) {
        var out = new Encoder().octet(FORMAT).number(lines.size());
        var payloads = new Payloads.Writer(out, input);
        for (Recorded line : lines) {
            out.number(line.sequence())
                    .number(line.eventId())
                    .number(line.previousEventId())
                    .instant(line.at());
            frame(out, line.frame());
            new LineWriter(out, payloads).entry(line.entry());
        }
        return out.toBytes();
    }

    /// @param input asked only when a line refers to the execution's input
    public static List<Recorded> decode(byte[] bytes, Supplier<Json> input) {
        var in = new Decoder(bytes);
        int format = in.octet();
        if (format != FORMAT) {
            throw new IllegalStateException(
                    "Expected journal lines of format %d, found %d".formatted(FORMAT, format));
        }
        int count = in.count();
        var payloads = new Payloads.Reader(in, input);
        var lines = new ArrayList<Recorded>();
        for (int i = 0; i < count; i++) {
            lines.add(new Recorded(
                    in.number(),
                    in.number(),
                    in.number(),
                    in.instant(),
                    frame(in),
                    new LineReader(in, payloads).entry()));
        }
        return lines;
    }

    /// The way from the execution's own frame inwards; nothing for the execution itself.
    private static void frame(Encoder out, Frame frame) {
        var path = new ArrayList<Frame>();
        Frame at = frame;
        while (at.outer().isPresent()) {
            path.add(at);
            at = at.outer().get();
        }
        if (!at.equals(Frame.ROOT)) {
            throw new IllegalStateException(
                    "Expected the outermost frame to be the execution's, found " + at);
        }
        out.number(path.size());
        for (Frame inner : path.reversed()) {
            out.number(inner.openedBy()).number(inner.index());
        }
    }

    private static Frame frame(Decoder in) {
        int depth = in.count();
        Frame frame = Frame.ROOT;
        for (int i = 0; i < depth; i++) {
            frame = frame.inner(in.number(), in.count());
        }
        return frame;
    }

    /// The type of an entry, as it is kept. The number is the position: new ones are added at the
    /// end.
    private enum Tag {
        EXECUTION_STARTED,
        EXECUTION_REDRIVEN,
        EXECUTION_ENDED,
        STATE_ENTERED,
        STATE_EXITED,
        STATE_ABORTED,
        TASK_SCHEDULED,
        TASK_NOT_STARTED,
        TASK_STARTED,
        TASK_SUBMITTED,
        TASK_ENDED,
        BRANCHES_STARTED,
        BRANCHES_ENDED,
        ITERATION_STARTED,
        ITERATION_ENDED,
        MAP_RUN_STARTED,
        MAP_RUN_REDRIVEN,
        MAP_RUN_ENDED,
        QUERY_FAILED,
        WAKE_AT,
        TOKEN_ISSUED,
        JOB_STARTED,
        ITEMS_CHOSEN,
        FORK_FAILED,
        TASK_ANSWERED
    }

    private enum How {
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        ABORTED
    }

    private record LineWriter(Encoder out, Payloads.Writer payloads) {
        void entry(Entry entry) {
            switch (entry) {
                case ExecutionStarted(
                        Json input,
                        String role,
                        Optional<String> alias,
                        Optional<String> version) -> {
                    tag(Tag.EXECUTION_STARTED);
                    payloads.write(input);
                    out.text(role).optional(alias, Encoder::text).optional(version, Encoder::text);
                }
                case ExecutionRedriven(int count) -> tag(Tag.EXECUTION_REDRIVEN).number(count);
                case ExecutionEnded(Ending ending) -> {
                    tag(Tag.EXECUTION_ENDED);
                    ending(ending);
                }
                case StateEntered(Kind kind, String name, Json input) -> {
                    tag(Tag.STATE_ENTERED).constant(kind).text(name);
                    payloads.write(input);
                }
                case StateExited exited -> exited(exited);
                case StateAborted(Kind kind) -> tag(Tag.STATE_ABORTED).constant(kind);
                case TaskScheduled scheduled -> scheduled(scheduled);
                case TaskNotStarted(
                        Flavor flavor,
                        Stage stage,
                        String type,
                        String resource,
                        Failure failure) -> {
                    tag(Tag.TASK_NOT_STARTED)
                            .constant(flavor)
                            .constant(stage)
                            .text(type)
                            .text(resource);
                    failure(failure);
                }
                case TaskStarted(
                        Flavor flavor,
                        String type,
                        String resource,
                        Optional<String> worker) ->
                    tag(Tag.TASK_STARTED)
                            .constant(flavor)
                            .text(type)
                            .text(resource)
                            .optional(worker, Encoder::text);
                case TaskSubmitted(String type, String resource, Json output) -> {
                    tag(Tag.TASK_SUBMITTED).text(type).text(resource);
                    payloads.write(output);
                }
                case TaskEnded(Flavor flavor, String type, String resource, Ending ending) -> {
                    tag(Tag.TASK_ENDED).constant(flavor).text(type).text(resource);
                    ending(ending);
                }
                case BranchesStarted(Kind kind, int length) ->
                    tag(Tag.BRANCHES_STARTED).constant(kind).number(length);
                case BranchesEnded(Kind kind, Ending ending) -> {
                    tag(Tag.BRANCHES_ENDED).constant(kind);
                    ending(ending);
                }
                case IterationStarted(String name, int index) ->
                    tag(Tag.ITERATION_STARTED).text(name).number(index);
                case IterationEnded(String name, int index, Ending ending) -> {
                    tag(Tag.ITERATION_ENDED).text(name).number(index);
                    ending(ending);
                }
                case MapRunStarted(String arn) -> tag(Tag.MAP_RUN_STARTED).text(arn);
                case MapRunRedriven(String arn, int count) ->
                    tag(Tag.MAP_RUN_REDRIVEN).text(arn).number(count);
                case MapRunEnded(Ending ending) -> {
                    tag(Tag.MAP_RUN_ENDED);
                    ending(ending);
                }
                case QueryFailed(String state, Optional<String> location, Failure failure) -> {
                    tag(Tag.QUERY_FAILED).text(state).optional(location, Encoder::text);
                    failure(failure);
                }
                case WakeAt(var time) -> tag(Tag.WAKE_AT).instant(time);
                case TokenIssued(String token) -> tag(Tag.TOKEN_ISSUED).text(token);
                case JobStarted(String jobId, Json submitted) -> {
                    tag(Tag.JOB_STARTED).text(jobId);
                    payloads.write(submitted);
                }
                case ForkFailed(Failure failure, long eventId) -> {
                    tag(Tag.FORK_FAILED).number(eventId);
                    failure(failure);
                }
                case TaskAnswered(Ending ending) -> {
                    tag(Tag.TASK_ANSWERED);
                    ending(ending);
                }
                case ItemsChosen(Json items, int concurrency) -> {
                    tag(Tag.ITEMS_CHOSEN);
                    payloads.write(items);
                    out.number(concurrency);
                }
            }
        }

        private Encoder tag(Tag tag) {
            return out.constant(tag).number(VERSION);
        }

        private void exited(StateExited exited) {
            tag(Tag.STATE_EXITED).constant(exited.kind()).text(exited.name());
            payloads.write(exited.output());
            out.number(exited.assigned().size());
            exited.assigned().forEach((name, value) -> {
                out.text(name);
                payloads.write(value);
            });
            out.optional(exited.next(), Encoder::text);
        }

        private void scheduled(TaskScheduled scheduled) {
            tag(Tag.TASK_SCHEDULED).constant(scheduled.flavor());
            out.text(scheduled.resourceType()).text(scheduled.resource());
            payloads.write(scheduled.parameters());
            out.optional(scheduled.timeoutSeconds(), Encoder::number)
                    .optional(scheduled.heartbeatSeconds(), Encoder::number)
                    .optional(scheduled.credentialsRoleArn(), Encoder::text);
        }

        private void ending(Ending ending) {
            switch (ending) {
                case Ending.Succeeded(Json output) -> {
                    out.constant(How.SUCCEEDED);
                    payloads.write(output);
                }
                case Ending.Failed(Failure failure) -> unsuccessful(How.FAILED, failure);
                case Ending.TimedOut(Failure failure) -> unsuccessful(How.TIMED_OUT, failure);
                case Ending.Aborted(Failure failure) -> unsuccessful(How.ABORTED, failure);
            }
        }

        private void unsuccessful(How how, Failure failure) {
            out.constant(how);
            failure(failure);
        }

        private void failure(Failure failure) {
            out.optional(failure.error(), Encoder::text).optional(failure.cause(), Encoder::text);
        }
    }

    private record LineReader(Decoder in, Payloads.Reader payloads) {
        Entry entry() {
            Tag tag = in.constant(Tag.values());
            long version = in.number();
            if (version != VERSION) {
                throw new IllegalStateException("Expected %s of version %d, found version %d"
                        .formatted(tag, VERSION, version));
            }
            return switch (tag) {
                case EXECUTION_STARTED ->
                    new ExecutionStarted(
                            payloads.read(),
                            in.text(),
                            in.optional(Decoder::text),
                            in.optional(Decoder::text));
                case EXECUTION_REDRIVEN -> new ExecutionRedriven(in.count());
                case EXECUTION_ENDED -> new ExecutionEnded(ending());
                case STATE_ENTERED -> new StateEntered(kind(), in.text(), payloads.read());
                case STATE_EXITED ->
                    new StateExited(
                            kind(),
                            in.text(),
                            payloads.read(),
                            assigned(),
                            in.optional(Decoder::text));
                case STATE_ABORTED -> new StateAborted(kind());
                case TASK_SCHEDULED ->
                    new TaskScheduled(
                            flavor(),
                            in.text(),
                            in.text(),
                            payloads.read(),
                            in.optional(Decoder::number),
                            in.optional(Decoder::number),
                            in.optional(Decoder::text));
                case TASK_NOT_STARTED ->
                    new TaskNotStarted(
                            flavor(), in.constant(Stage.values()), in.text(), in.text(), failure());
                case TASK_STARTED ->
                    new TaskStarted(flavor(), in.text(), in.text(), in.optional(Decoder::text));
                case TASK_SUBMITTED -> new TaskSubmitted(in.text(), in.text(), payloads.read());
                case TASK_ENDED -> new TaskEnded(flavor(), in.text(), in.text(), ending());
                case BRANCHES_STARTED -> new BranchesStarted(kind(), in.count());
                case BRANCHES_ENDED -> new BranchesEnded(kind(), ending());
                case ITERATION_STARTED -> new IterationStarted(in.text(), in.count());
                case ITERATION_ENDED -> new IterationEnded(in.text(), in.count(), ending());
                case MAP_RUN_STARTED -> new MapRunStarted(in.text());
                case MAP_RUN_REDRIVEN -> new MapRunRedriven(in.text(), in.count());
                case MAP_RUN_ENDED -> new MapRunEnded(ending());
                case QUERY_FAILED ->
                    new QueryFailed(in.text(), in.optional(Decoder::text), failure());
                case WAKE_AT -> new WakeAt(in.instant());
                case TOKEN_ISSUED -> new TokenIssued(in.text());
                case JOB_STARTED -> new JobStarted(in.text(), payloads.read());
                case FORK_FAILED -> forkFailed();
                case TASK_ANSWERED -> new TaskAnswered(ending());
                case ITEMS_CHOSEN -> new ItemsChosen(payloads.read(), in.count());
            };
        }

        private ForkFailed forkFailed() {
            long eventId = in.number();
            return new ForkFailed(failure(), eventId);
        }

        private Kind kind() {
            return in.constant(Kind.values());
        }

        private Flavor flavor() {
            return in.constant(Flavor.values());
        }

        private Map<String, Json> assigned() {
            int count = in.count();
            var assigned = new LinkedHashMap<String, Json>();
            for (int i = 0; i < count; i++) {
                assigned.put(in.text(), payloads.read());
            }
            return Collections.unmodifiableMap(assigned);
        }

        private Ending ending() {
            return switch (in.constant(How.values())) {
                case SUCCEEDED -> new Ending.Succeeded(payloads.read());
                case FAILED -> new Ending.Failed(failure());
                case TIMED_OUT -> new Ending.TimedOut(failure());
                case ABORTED -> new Ending.Aborted(failure());
            };
        }

        private Failure failure() {
            return new Failure(in.optional(Decoder::text), in.optional(Decoder::text));
        }
    }
}
