package dev.mapwright.server.api;

import dev.mapwright.asl.parse.Diagnostic;
import dev.mapwright.asl.parse.Parser;
import dev.mapwright.asl.parse.VariableReferences;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.execution.Definitions;
import dev.mapwright.engine.execution.Definitions.MachineUpdate;
import dev.mapwright.engine.execution.Definitions.NewMachine;
import dev.mapwright.engine.execution.Definitions.Published;
import dev.mapwright.engine.execution.Definitions.Updated;
import dev.mapwright.engine.execution.Executions;
import dev.mapwright.engine.execution.Machine;
import dev.mapwright.engine.execution.Publication;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.execution.Version;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.engine.store.Page;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Operations on state machines and their definitions.
final class MachineOperations {
    private static final int NAME_CHARS_MAX = 80;
    private static final int DIAGNOSTICS_MAX = 100;

    /// What stands in the place of the definition when only metadata are asked for.
    private static final String NO_DEFINITION = "{}";

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
        Configuration configuration = Configuration.read(in);
        Map<String, String> tags = TagOperations.read(in).orElse(Map.of());
        Optional<Publication> publication = VersionOperations.publication(in);
        in.check();
        Machine machine = definitions.create(new NewMachine(
                name,
                type.orElse(Type.STANDARD),
                definition,
                roleArn,
                configuration.complete(),
                publication,
                tags));
        return new Members()
                .with("stateMachineArn", machine.arn())
                .withTime("creationDate", machine.createdAt())
                .with("stateMachineVersionArn", machine.firstVersionArn());
    }

    Members update(Parameters in) throws Refused, InterruptedException {
        String arn = in.requiredArn("stateMachineArn");
        Optional<String> definition = in.text("definition", Quotas.DEFINITION_CHARS_MAX);
        Optional<String> roleArn = in.text("roleArn", Parameters.ARN_CHARS_MAX);
        Configuration configuration = Configuration.read(in);
        Optional<Publication> publication = VersionOperations.publication(in);
        in.check();
        Arn.ofUnlabelledMachine(arn);
        if (definition.isEmpty() && roleArn.isEmpty() && !configuration.isGiven()) {
            throw new Refused(
                    "MissingRequiredParameter",
                    "Either the definition, the role ARN, the LoggingConfiguration, or the"
                            + " TracingConfiguration must be specified");
        }
        Updated updated = definitions.update(
                arn, new MachineUpdate(definition, roleArn, configuration.given(), publication));
        return new Members()
                .withTime("updateDate", updated.machine().updatedAt())
                .with("revisionId", updated.machine().revisionId())
                .with("stateMachineVersionArn", updated.version().map(Version::arn));
    }

    Members describe(Parameters in) throws Refused {
        String arn = in.requiredArn("stateMachineArn");
        IncludedData included = included(in);
        in.check();
        Arn named = Arn.ofMachine(arn);
        if (named.label().isPresent()) {
            return describeProcessor(named, included);
        }
        return named.rest().isPresent()
                ? describeVersion(arn, included)
                : describeMachine(arn, included);
    }

    /// What the children of a labelled Map state run, as its machine is now.
    private Members describeProcessor(Arn arn, IncludedData included) throws Refused {
        Machine machine = definitions.find(arn.unlabelled()).orElseThrow(() -> missing(arn.text()));
        String label = arn.label().orElseThrow();
        String processor = Parser.parse(machine.definition(), machine.type() == Type.EXPRESS)
                .machine()
                .flatMap(compiled -> compiled.processorOf(label, machine.arn()))
                .orElseThrow(() -> missing(arn.text()));
        return shown(machine, processor, included)
                .with("stateMachineArn", arn.text())
                .with("label", label)
                .with("status", machine.status().name())
                .with("type", machine.type().name())
                .withTime("creationDate", machine.createdAt());
    }

    private Members describeMachine(String arn, IncludedData included) throws Refused {
        Machine machine = definitions.find(arn).orElseThrow(() -> missing(arn));
        return shown(machine, included)
                .with("status", machine.status().name())
                .with("type", machine.type().name())
                .withTime("creationDate", machine.createdAt());
    }

    private Members describeVersion(String arn, IncludedData included) throws Refused {
        Published published = definitions.findVersion(arn).orElseThrow(() -> missing(arn));
        return shown(published.machine(), included)
                .with("stateMachineArn", arn)
                .with("status", published.machine().status().name())
                .with("type", published.machine().type().name())
                .with("description", published.version().description())
                .withTime("creationDate", published.version().createdAt());
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
        List<Diagnostic> found = definitions.validate(definition, type.orElse(Type.STANDARD));
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

    static Refused missing(String arn) {
        return new Refused(
                "StateMachineDoesNotExist", "State Machine Does Not Exist: '%s'".formatted(arn));
    }

    static IncludedData included(Parameters in) throws Refused {
        return in.choice("includedData", IncludedData.ALL_DATA, IncludedData.METADATA_ONLY)
                .orElse(IncludedData.ALL_DATA);
    }

    private static Members shown(Machine machine, IncludedData included) {
        return shown(machine, machine.definition(), included);
    }

    private static Members shown(Machine machine, String definition, IncludedData included) {
        var members = new Members()
                .with("stateMachineArn", machine.arn())
                .with("name", machine.name())
                .with("roleArn", machine.roleArn())
                .with("revisionId", machine.revisionId());
        switch (included) {
            case ALL_DATA -> {
                members.with("definition", definition);
                Map<String, List<String>> references = VariableReferences.of(definition);
                if (!references.isEmpty()) {
                    members.with("variableReferences", references);
                }
            }
            case METADATA_ONLY -> members.with("definition", NO_DEFINITION);
        }
        ((Map<?, ?>) machine.configuration().value())
                .forEach((name, value) -> members.with((String) name, value));
        return members;
    }
}
