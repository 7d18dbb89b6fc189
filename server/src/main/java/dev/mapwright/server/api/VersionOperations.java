package dev.mapwright.server.api;

import dev.mapwright.engine.execution.Definitions;
import dev.mapwright.engine.execution.Publication;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.execution.Version;
import dev.mapwright.engine.store.Page;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.util.Optional;

/// Operations on published versions of state machines.
final class VersionOperations {
    private static final int DESCRIPTION_CHARS_MAX = 256;
    private static final int REVISION_CHARS_MAX = 256;

    private final Definitions definitions;

    VersionOperations(Definitions definitions) {
        this.definitions = definitions;
    }

    /// `publish` with `versionDescription`, as creating and updating a machine take them.
    static Optional<Publication> publication(Parameters in) throws Refused {
        boolean publish = in.flag("publish").orElse(false);
        Optional<String> description = in.text("versionDescription", 0, DESCRIPTION_CHARS_MAX);
        if (description.isPresent() && !publish) {
            throw new Refused(
                    "ValidationException",
                    "Version description can only be set when publish is true");
        }
        return publish ? Optional.of(new Publication(description)) : Optional.empty();
    }

    Members publish(Parameters in) throws Refused, InterruptedException {
        String machineArn = in.requiredArn("stateMachineArn");
        Optional<String> revisionId = in.text("revisionId", REVISION_CHARS_MAX);
        Optional<String> description = in.text("description", 0, DESCRIPTION_CHARS_MAX);
        in.check();
        Arn.ofUnlabelledMachine(machineArn);
        Version version = definitions.publish(machineArn, revisionId, new Publication(description));
        return listed(version);
    }

    Members list(Parameters in) throws Refused {
        String machineArn = in.requiredArn("stateMachineArn");
        Paging paging = Paging.read(in);
        in.check();
        Arn.ofUnlabelledMachine(machineArn);
        if (definitions.find(machineArn).isEmpty()) {
            throw MachineOperations.missing(machineArn);
        }
        String listing = "versions " + machineArn;
        Page<Version> page =
                definitions.listVersions(machineArn, paging.limit(), paging.position(listing));
        return new Members()
                .withList("stateMachineVersions", page.items(), VersionOperations::listed)
                .with("nextToken", PageToken.seal(listing, page.nextToken()));
    }

    private static Members listed(Version version) {
        return new Members()
                .with("stateMachineVersionArn", version.arn())
                .withTime("creationDate", version.createdAt());
    }

    Members delete(Parameters in) throws Refused, InterruptedException {
        String versionArn = in.required("stateMachineVersionArn", Parameters.LONG_ARN_CHARS_MAX);
        in.check();
        definitions.deleteVersion(Arn.ofQualifiedMachine(versionArn).text());
        return new Members();
    }
}
