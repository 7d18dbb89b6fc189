package dev.mapwright.server.api;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.execution.Aliases;
import dev.mapwright.engine.execution.Definitions;
import dev.mapwright.engine.execution.Engine;
import dev.mapwright.engine.execution.Executions;
import dev.mapwright.engine.execution.Executions.Order;
import dev.mapwright.engine.execution.Executions.Start;
import dev.mapwright.engine.execution.Machine;
import dev.mapwright.engine.execution.MapRuns;
import dev.mapwright.engine.execution.Redrives;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.ExecutionQuery;
import dev.mapwright.engine.store.ExecutionQuery.Of;
import dev.mapwright.engine.store.Page;
import dev.mapwright.server.api.HistoryRendering.Payloads;
import dev.mapwright.server.api.MachineOperations.IncludedData;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Operations on executions: starting, describing, listing and stopping them, and their history.
final class ExecutionOperations {
    private static final int CLIENT_TOKEN_CHARS_MAX = 64;
    private static final Pattern CLIENT_TOKEN = Pattern.compile("[!-~]+");
    private static final int NAME_CHARS_MAX = 80;
    private static final int TRACE_HEADER_CHARS_MAX = 256;
    private static final Pattern TRACE_HEADER = Pattern.compile("\\p{ASCII}*");
    private static final int ERROR_CHARS_MAX = 256;
    private static final int CAUSE_CHARS_MAX = 32_768;
    private static final int LIST_TOKEN_CHARS_MAX = 3_096;

    /// StartSyncExecution bills in steps of 100 ms and 64 MB.
    private static final long BILLED_STEP_MILLISECONDS = 100;

    private static final int BILLED_MEMORY_MEGABYTES = 64;

    private enum RedriveFilter {
        REDRIVEN,
        NOT_REDRIVEN
    }

    private final Executions executions;
    private final Definitions definitions;
    private final Aliases aliases;
    private final MapRuns mapRuns;
    private final Redrives redrives;
    private final String region;
    private final int payloadBytesMax;

    ExecutionOperations(Engine engine, String region) {
        this.executions = engine.executions();
        this.definitions = engine.definitions();
        this.aliases = engine.aliases();
        this.mapRuns = engine.mapRuns();
        this.redrives = engine.redrives();
        this.region = region;
        this.payloadBytesMax = engine.settings().quotas().payloadBytesMax();
    }

    Members start(Parameters in) throws Refused, InterruptedException {
        Execution execution = executions.start(readStart(in));
        return new Members()
                .with("executionArn", execution.arn())
                .withTime("startDate", execution.startedAt());
    }

    Members startSync(Parameters in) throws Refused, InterruptedException {
        IncludedData included = MachineOperations.included(in);
        Execution ended = executions.startSync(readStart(in));
        var members = new Members()
                .with("executionArn", ended.arn())
                .with("stateMachineArn", ended.machineArn())
                .with("name", ended.name())
                .withTime("startDate", ended.startedAt())
                .withTime("stopDate", ended.endedAt())
                .with("status", ended.status().name())
                .with("traceHeader", ended.traceHeader())
                .with("billingDetails", billing(ended));
        if (included == IncludedData.ALL_DATA) {
            members.withAll(failure(ended))
                    .with("input", ended.input().text())
                    .with("inputDetails", dataIncluded())
                    .with("output", ended.output().map(Json::text))
                    .with("outputDetails", dataIncluded());
        }
        return members;
    }

    private Start readStart(Parameters in) throws Refused {
        String machineArn = in.requiredArn("stateMachineArn");
        Optional<String> name = in.text("name", NAME_CHARS_MAX);
        Optional<String> input = in.text("input", 0, payloadBytesMax);
        Optional<String> traceHeader =
                in.text("traceHeader", 0, TRACE_HEADER_CHARS_MAX, TRACE_HEADER);
        in.check();
        Arn.ofUnlabelledMachine(machineArn);
        return new Start(machineArn, name, input(input, payloadBytesMax), traceHeader);
    }

    static Json input(Optional<String> text, int bytesMax) throws Refused {
        if (text.isEmpty()) {
            return Json.EMPTY_OBJECT;
        }
        try {
            Json input = Json.parse(text.get());
            if (input.bytes() > bytesMax) {
                throw invalidInput("%,d bytes exceed the limit of %,d bytes"
                        .formatted(input.bytes(), bytesMax));
            }
            return input;
        } catch (JsonSyntaxException notJson) {
            throw invalidInput(notJson.getMessage());
        }
    }

    private static Refused invalidInput(String why) {
        return new Refused(
                "InvalidExecutionInput",
                "Invalid State Machine Execution Input: '%s'".formatted(why));
    }

    private static Members billing(Execution ended) {
        long took = ended.endedAt()
                .map(end -> Duration.between(ended.startedAt(), end).toMillis())
                .orElse(0L);
        long steps = Math.max(1, Math.ceilDiv(took, BILLED_STEP_MILLISECONDS));
        return new Members()
                .with("billedDurationInMilliseconds", steps * BILLED_STEP_MILLISECONDS)
                .with("billedMemoryUsedInMB", BILLED_MEMORY_MEGABYTES);
    }

    Members describe(Parameters in) throws Refused {
        String arn = in.requiredArn("executionArn");
        IncludedData included = MachineOperations.included(in);
        in.check();
        Execution execution = mapRuns.asOfNow(find(Arn.ofExecution(arn)));
        var members = new Members()
                .with("executionArn", execution.arn())
                .with("stateMachineArn", execution.machineArn())
                .with("name", execution.name())
                .with("status", execution.status().name())
                .withTime("startDate", execution.startedAt())
                .withTime("stopDate", execution.endedAt())
                .with("traceHeader", execution.traceHeader())
                .with("mapRunArn", execution.child().map(Execution.Child::mapRunArn))
                .with("stateMachineVersionArn", execution.versionArn())
                .with("stateMachineAliasArn", execution.aliasArn());
        if (included == IncludedData.ALL_DATA) {
            members.with("input", execution.input().text()).with("inputDetails", dataIncluded());
            execution.output().ifPresent(output -> members.with("output", output.text())
                    .with("outputDetails", dataIncluded()));
            members.withAll(failure(execution));
        }
        return members.withAll(redriving(execution));
    }

    /// Error and cause; AWS shows none for an execution that timed out.
    private static Members failure(Execution execution) {
        Optional<Failure> shown =
                execution.failure().filter(_ -> execution.status() != Status.TIMED_OUT);
        return new Members()
                .with("error", shown.flatMap(Failure::error))
                .with("cause", shown.flatMap(Failure::cause));
    }

    private Members redriving(Execution execution) {
        var members = new Members()
                .with("redriveCount", execution.redriveCount())
                .withTime("redriveDate", redrivenAt(execution));
        Optional<String> obstacle = redrives.obstacle(execution);
        String redrivable = execution.child().isPresent() ? "REDRIVABLE_BY_MAP_RUN" : "REDRIVABLE";
        return members.with("redriveStatus", obstacle.isPresent() ? "NOT_REDRIVABLE" : redrivable)
                .with("redriveStatusReason", obstacle);
    }

    /// An EXPRESS child that is redriven begins anew, and AWS shows its start date only.
    private static Optional<Instant> redrivenAt(Execution execution) {
        return switch (execution.type()) {
            case STANDARD -> execution.redriven().map(Execution.Redriven::at);
            case EXPRESS -> Optional.empty();
        };
    }

    Members redrive(Parameters in) throws Refused, InterruptedException {
        String text = in.requiredArn("executionArn");
        Optional<String> clientToken =
                in.text("clientToken", 1, CLIENT_TOKEN_CHARS_MAX, CLIENT_TOKEN);
        in.check();
        Arn arn = Arn.ofStandardExecution(text);
        if (arn.label().isPresent()) {
            throw new Refused(
                    "ValidationException",
                    "Labeled Execution ARNs are not supported for this API",
                    Optional.of("API_DOES_NOT_SUPPORT_LABELED_ARNS"));
        }
        return new Members().withTime("redriveDate", redrives.redrive(arn.text(), clientToken));
    }

    private static Members dataIncluded() {
        return new Members().with("included", true);
    }

    Members list(Parameters in) throws Refused {
        Optional<String> machineArn = in.text("stateMachineArn", Parameters.ARN_CHARS_MAX);
        Optional<String> mapRunArn = in.text("mapRunArn", Parameters.LONG_ARN_CHARS_MAX);
        Optional<Status> status = in.choice(
                "statusFilter",
                Status.SUCCEEDED,
                Status.TIMED_OUT,
                Status.PENDING_REDRIVE,
                Status.ABORTED,
                Status.FAILED,
                Status.RUNNING);
        Optional<RedriveFilter> redriven =
                in.choice("redriveFilter", RedriveFilter.REDRIVEN, RedriveFilter.NOT_REDRIVEN);
        Paging paging = Paging.read(in, LIST_TOKEN_CHARS_MAX);
        in.check();
        if (machineArn.isPresent() == mapRunArn.isPresent()) {
            throw new Refused(
                    "ValidationException",
                    "Exactly one of stateMachineArn and mapRunArn must be specified");
        }
        if (mapRunArn.isEmpty()
                && (redriven.isPresent() || status.equals(Optional.of(Status.PENDING_REDRIVE)))) {
            throw new Refused(
                    "ValidationException",
                    "redriveFilter and the status PENDING_REDRIVE need a mapRunArn");
        }
        Of of = mapRunArn.isPresent() ? mapRun(mapRunArn.get()) : machine(machineArn.orElseThrow());
        String listing =
                "executions %s %s %s".formatted(machineArn.or(() -> mapRunArn), status, redriven);
        var query = new ExecutionQuery(of, status, paging.limit(), paging.position(listing));
        Predicate<Execution> wanted = execution -> isStartedAs(execution, machineArn)
                && redriven.map(filter -> passes(execution, filter)).orElse(true);
        Page<Execution> page = mapRunArn.isPresent()
                ? mapRuns.children(mapRunArn.get(), query, wanted)
                : executions.list(query, wanted);
        return new Members()
                .withList("executions", page.items(), ExecutionOperations::listed)
                .with("nextToken", PageToken.seal(listing, page.nextToken()));
    }

    private Of machine(String text) throws Refused {
        Arn arn = Arn.ofUnlabelledMachine(text);
        Machine machine = definitions
                .find(arn.unqualified())
                .filter(_ -> arn.rest().isEmpty()
                        || definitions.findVersion(text).isPresent()
                        || aliases.find(text).isPresent())
                .orElseThrow(() -> MachineOperations.missing(text));
        if (machine.type() == Execution.Type.EXPRESS) {
            throw new Refused(
                    "StateMachineTypeNotSupported",
                    "This operation is not supported by this type of state machine");
        }
        return new Of.Machine(machine.arn());
    }

    private Of mapRun(String text) throws Refused {
        Arn arn = Arn.ofMapRun(text);
        if (mapRuns.find(arn.text()).isEmpty()) {
            throw MapRunOperations.missing(text);
        }
        return new Of.MapRun(text);
    }

    /// Whether it was started through this version or alias, if it is one.
    private static boolean isStartedAs(Execution execution, Optional<String> arn) {
        return arn.isEmpty()
                || arn.equals(Optional.of(execution.machineArn()))
                || arn.equals(execution.versionArn())
                || arn.equals(execution.aliasArn());
    }

    private static boolean passes(Execution execution, RedriveFilter filter) {
        return execution.redriven().isPresent() == (filter == RedriveFilter.REDRIVEN);
    }

    private static Members listed(Execution execution) {
        return new Members()
                .with("executionArn", execution.arn())
                .with("stateMachineArn", execution.machineArn())
                .with("name", execution.name())
                .with("status", execution.status().name())
                .withTime("startDate", execution.startedAt())
                .withTime("stopDate", execution.endedAt())
                .with("mapRunArn", execution.child().map(Execution.Child::mapRunArn))
                .with("itemCount", execution.child().map(Execution.Child::itemCount))
                .with("stateMachineVersionArn", execution.versionArn())
                .with("stateMachineAliasArn", execution.aliasArn())
                .with("redriveCount", execution.redriveCount())
                .withTime("redriveDate", redrivenAt(execution));
    }

    Members history(Parameters in) throws Refused {
        String arn = in.requiredArn("executionArn");
        Order order =
                in.flag("reverseOrder").orElse(false) ? Order.NEWEST_FIRST : Order.OLDEST_FIRST;
        Payloads payloads =
                in.flag("includeExecutionData").orElse(true) ? Payloads.SHOWN : Payloads.LEFT_OUT;
        Paging paging = Paging.read(in);
        in.check();
        find(Arn.ofStandardExecution(arn));
        String listing = "history %s %s".formatted(order, arn);
        long from = paging.position(listing).map(Long::valueOf).orElse(firstId(order));
        var page = executions.history(arn, order, from, paging.limit());
        Optional<String> next = page.next().stream().mapToObj(Long::toString).findFirst();
        return new Members()
                .withList("events", page.events(), new HistoryRendering(payloads, region)::render)
                .with("nextToken", PageToken.seal(listing, next));
    }

    private static long firstId(Order order) {
        return switch (order) {
            case OLDEST_FIRST -> 1;
            case NEWEST_FIRST -> 0;
        };
    }

    Members stop(Parameters in) throws Refused, InterruptedException {
        String arn = in.requiredArn("executionArn");
        Optional<String> error = in.text("error", 0, ERROR_CHARS_MAX);
        Optional<String> cause = in.text("cause", 0, CAUSE_CHARS_MAX);
        in.check();
        find(Arn.ofStandardExecution(arn));
        return new Members().withTime("stopDate", executions.stop(arn, new Failure(error, cause)));
    }

    private Execution find(Arn arn) throws Refused {
        return executions.find(arn.text()).orElseThrow(() -> missing(arn.text()));
    }

    static Refused missing(String arn) {
        return new Refused(
                "ExecutionDoesNotExist", "Execution Does Not Exist: '%s'".formatted(arn));
    }
}
