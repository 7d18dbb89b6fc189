package dev.mapwright.server.api;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.parse.Diagnostic;
import dev.mapwright.asl.parse.Parser;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.execution.Definitions;
import dev.mapwright.engine.execution.Definitions.MachineUpdate;
import dev.mapwright.engine.execution.Definitions.NewMachine;
import dev.mapwright.engine.execution.Executions;
import dev.mapwright.engine.execution.Machine;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.engine.store.Page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Operations on state machines and their definitions.
final class MachineOperations {
    private static final int NAME_CHARS_MAX = 80;
    private static final int DESCRIPTION_CHARS_MAX = 256;
    private static final int DIAGNOSTICS_MAX = 100;
    private static final String LOGGING = "loggingConfiguration";
    private static final String TRACING = "tracingConfiguration";
    private static final String ENCRYPTION = "encryptionConfiguration";

    /// What AWS shows of a machine that was created without them.
    private static final Map<String, Object> CONFIGURATION_DEFAULTS = Map.of(
            LOGGING, Map.of("level", "OFF", "includeExecutionData", false),
            TRACING, Map.of("enabled", false),
            ENCRYPTION, Map.of("type", "AWS_OWNED_KEY"));

    /// Which part of an answer `includedData` asks for.
    enum IncludedData {
        ALL_DATA,
        METADATA_ONLY
    }

    private enum Severity {
        ERROR,
        WARNING
    }

    private final Definitions definitions;
    private final Executions executions;

    MachineOperations(Definitions definitions, Executions executions) {
        this.definitions = definitions;
        this.executions = executions;
    }

    Members create(Parameters in) throws Refused, InterruptedException {
        String name = in.required("name", NAME_CHARS_MAX);
        String definition = in.required("definition", Quotas.DEFINITION_CHARS_MAX);
        String roleArn = in.requiredArn("roleArn");
        Optional<Type> type = in.choice("type", Type.STANDARD, Type.EXPRESS);
        refuseVersions(in);
        in.check();
        if (in.hasElements("tags")) {
            throw notKept("tags");
        }
        Json configuration = configuration(in, CONFIGURATION_DEFAULTS);
        Machine machine = definitions.create(new NewMachine(
                name, type.orElse(Type.STANDARD), definition, roleArn, configuration));
        return new Members()
                .with("stateMachineArn", machine.arn())
                .withTime("creationDate", machine.createdAt());
    }

    Members update(Parameters in) throws Refused, InterruptedException {
        String arn = in.requiredArn("stateMachineArn");
        Optional<String> definition = in.text("definition", Quotas.DEFINITION_CHARS_MAX);
        Optional<String> roleArn = in.text("roleArn", Parameters.ARN_CHARS_MAX);
        refuseVersions(in);
        in.check();
        Machine before = find(Arn.ofUnlabelledMachine(arn));
        boolean configures = in.has(LOGGING) || in.has(TRACING) || in.has(ENCRYPTION);
        if (definition.isEmpty() && roleArn.isEmpty() && !configures) {
            throw new Refused(
                    "MissingRequiredParameter",
                    "Either the definition, the role ARN, the LoggingConfiguration, or the"
                            + " TracingConfiguration must be specified");
        }
        Optional<Json> configuration = configures
                ? Optional.of(configuration(in, object(before.configuration())))
                : Optional.empty();
        Machine after = definitions.update(
                before.arn(), new MachineUpdate(definition, roleArn, configuration));
        return new Members()
                .withTime("updateDate", after.updatedAt())
                .with("revisionId", after.revisionId());
    }

    Members describe(Parameters in) throws Refused {
        String arn = in.requiredArn("stateMachineArn");
        IncludedData included = included(in);
        in.check();
        Machine machine = find(Arn.ofMachine(arn));
        return shown(machine, included)
                .with("status", machine.status().name())
                .with("type", machine.type().name())
                .withTime("creationDate", machine.createdAt());
    }

    Members describeForExecution(Parameters in) throws Refused {
        String arn = in.requiredArn("executionArn");
        IncludedData included = included(in);
        in.check();
        Arn.ofExecution(arn);
        Execution execution =
                executions.find(arn).orElseThrow(() -> ExecutionOperations.missing(arn));
        Machine machine = definitions.forExecution(execution);
        return shown(machine, included)
                .withTime("updateDate", machine.updatedAt())
                .with("mapRunArn", execution.child().map(Execution.Child::mapRunArn))
                .with("label", Arn.ofMachine(machine.arn()).label());
    }

    Members delete(Parameters in) throws Refused, InterruptedException {
        String arn = in.requiredArn("stateMachineArn");
        in.check();
        definitions.delete(Arn.ofUnlabelledMachine(arn).text());
        return new Members();
    }

    Members list(Parameters in) throws Refused {
        Paging paging = Paging.read(in);
        in.check();
        Page<Machine> page = definitions.list(paging.limit(), paging.position("machines"));
        return new Members()
                .withList("stateMachines", page.items(), machine -> new Members()
                        .with("stateMachineArn", machine.arn())
                        .with("name", machine.name())
                        .with("type", machine.type().name())
                        .withTime("creationDate", machine.createdAt()))
                .with("nextToken", PageToken.seal("machines", page.nextToken()));
    }

    Members validate(Parameters in) throws Refused {
        String definition = in.required("definition", Quotas.DEFINITION_CHARS_MAX);
        Optional<Type> type = in.choice("type", Type.STANDARD, Type.EXPRESS);
        Severity least =
                in.choice("severity", Severity.ERROR, Severity.WARNING).orElse(Severity.ERROR);
        int limit = in.number("maxResults", 0, DIAGNOSTICS_MAX)
                .filter(given -> given > 0)
                .map(Long::intValue)
                .orElse(DIAGNOSTICS_MAX);
        in.check();
        List<Diagnostic> found = Parser.parse(
                        definition, type.filter(Type.EXPRESS::equals).isPresent())
                .diagnostics();
        List<Diagnostic> wanted = found.stream()
                .filter(one -> isError(one) || least == Severity.WARNING)
                .toList();
        return new Members()
                .with("result", found.stream().anyMatch(MachineOperations::isError) ? "FAIL" : "OK")
                .withList("diagnostics", wanted.stream().limit(limit).toList(), one -> new Members()
                        .with("severity", one.severity().name())
                        .with("code", one.code())
                        .with("message", one.message())
                        .with("location", one.location()))
                .with("truncated", wanted.size() > limit);
    }

    private static boolean isError(Diagnostic diagnostic) {
        return diagnostic.severity() == Diagnostic.Severity.ERROR;
    }

    private Machine find(Arn arn) throws Refused {
        return (arn.rest().isPresent() ? Optional.<Machine>empty() : definitions.find(arn.text()))
                .orElseThrow(() -> missing(arn.text()));
    }

    static Refused missing(String arn) {
        return new Refused(
                "StateMachineDoesNotExist", "State Machine Does Not Exist: '%s'".formatted(arn));
    }

    static IncludedData included(Parameters in) throws Refused {
        return in.choice("includedData", IncludedData.ALL_DATA, IncludedData.METADATA_ONLY)
                .orElse(IncludedData.ALL_DATA);
    }

    private static Members shown(Machine machine, IncludedData included) {
        var members = new Members()
                .with("stateMachineArn", machine.arn())
                .with("name", machine.name())
                .with("roleArn", machine.roleArn())
                .with("revisionId", machine.revisionId());
        if (included == IncludedData.ALL_DATA) {
            members.with("definition", machine.definition());
        }
        object(machine.configuration()).forEach((name, value) -> members.with(name, value));
        return members;
    }

    private static Json configuration(Parameters in, Map<String, Object> others) throws Refused {
        var all = new LinkedHashMap<>(others);
        for (String member : List.of(LOGGING, TRACING, ENCRYPTION)) {
            in.object(member).ifPresent(given -> all.put(member, given));
        }
        if (all.get(ENCRYPTION) instanceof Map<?, ?> encryption
                && !"AWS_OWNED_KEY".equals(encryption.get("type"))) {
            throw new Refused(
                    "InvalidEncryptionConfiguration",
                    "Mapwright does not encrypt with keys of its user's: the type has to be AWS_OWNED_KEY.");
        }
        return Json.of(all);
    }

    private static Map<String, Object> object(Json json) {
        var members = new LinkedHashMap<String, Object>();
        if (json.value() instanceof Map<?, ?> map) {
            map.forEach((name, value) -> members.put((String) name, value));
        }
        return members;
    }

    private static void refuseVersions(Parameters in) throws Refused {
        boolean publish = in.flag("publish").orElse(false);
        Optional<String> description = in.text("versionDescription", 0, DESCRIPTION_CHARS_MAX);
        if (publish) {
            throw notKept("versions (publish)");
        }
        if (description.isPresent()) {
            throw new Refused(
                    "ValidationException",
                    "Version description can only be set when publish is true");
        }
    }

    private static Refused notKept(String what) {
        return new Refused(
                "ValidationException", "Mapwright does not support %s yet.".formatted(what));
    }
}
