package dev.mapwright.server.athena;

import dev.mapwright.adapters.sql.Queries;
import dev.mapwright.adapters.sql.WorkGroup;
import dev.mapwright.adapters.sql.WorkGroup.Enforcement;
import dev.mapwright.adapters.sql.WorkGroup.State;
import dev.mapwright.adapters.sql.WorkGroups;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Operations on workgroups.
final class WorkGroupOperations {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,128}");
    private static final int NAME_CHARS_MAX = 128;
    private static final int TEXT_CHARS_MAX = 1_024;
    private static final long BYTES_MIN = 10_000_000;

    private final WorkGroups workGroups;
    private final InstantSource clock;

    WorkGroupOperations(WorkGroups workGroups, InstantSource clock) {
        this.workGroups = workGroups;
        this.clock = clock;
    }

    Members create(Parameters in) throws Refused, InterruptedException {
        String name = name(in);
        String description = in.text("Description", 0, TEXT_CHARS_MAX).orElse("");
        Optional<Parameters> given = in.object("Configuration");
        var initial = new WorkGroup(
                name,
                description,
                State.ENABLED,
                clock.instant(),
                Optional.empty(),
                Enforcement.ENFORCED,
                Optional.empty());
        WorkGroup configured = given.isPresent()
                ? configured(initial, given.get(), given.get().object("ResultConfiguration"))
                : initial;
        in.check();
        workGroups.create(configured);
        return new Members();
    }

    Members update(Parameters in) throws Refused, InterruptedException {
        String name = name(in);
        Optional<String> description = in.text("Description", 0, TEXT_CHARS_MAX);
        Optional<State> state = in.choice("State", State.ENABLED, State.DISABLED);
        Optional<Parameters> updates = in.object("ConfigurationUpdates");
        WorkGroup before = workGroups.get(name);
        WorkGroup changed = updates.isPresent()
                ? configured(
                        before, updates.get(), updates.get().object("ResultConfigurationUpdates"))
                : before;
        in.check();
        workGroups.update(
                name,
                _ -> new WorkGroup(
                        name,
                        description.orElse(changed.description()),
                        state.orElse(changed.state()),
                        changed.created(),
                        changed.output(),
                        changed.enforcement(),
                        changed.scannedBytesMax()));
        return new Members();
    }

    /// @param given what a creation calls its configuration, and an update its changes
    /// @param result likewise, for the place of results
    private static WorkGroup configured(
            WorkGroup before, Parameters given, Optional<Parameters> result) throws Refused {
        Optional<Location> output = before.output();
        if (result.isPresent()) {
            Encryption.refuse(result.get());
            Optional<String> uri = result.get().text("OutputLocation", 0, TEXT_CHARS_MAX);
            if (result.get().flag("RemoveOutputLocation").orElse(false)) {
                output = Optional.empty();
            } else if (uri.isPresent()) {
                output = Optional.of(Queries.location(uri.get()));
            }
        }
        Optional<Enforcement> enforcement = given.flag("EnforceWorkGroupConfiguration")
                .map(isEnforced -> isEnforced ? Enforcement.ENFORCED : Enforcement.CLIENT_DECIDES);
        Optional<Long> bytes =
                given.number("BytesScannedCutoffPerQuery", BYTES_MIN, Long.MAX_VALUE);
        boolean isUnlimited = given.flag("RemoveBytesScannedCutoffPerQuery").orElse(false);
        return new WorkGroup(
                before.name(),
                before.description(),
                before.state(),
                before.created(),
                output,
                enforcement.orElse(before.enforcement()),
                isUnlimited ? Optional.empty() : bytes.or(before::scannedBytesMax));
    }

    Members describe(Parameters in) throws Refused {
        String name = name(in);
        in.check();
        return new Members().with("WorkGroup", shown(workGroups.get(name)));
    }

    Members delete(Parameters in) throws Refused, InterruptedException {
        String name = name(in);
        in.check();
        workGroups.delete(name);
        return new Members();
    }

    /// All on one page.
    Members list(Parameters in) throws Refused {
        in.check();
        List<WorkGroup> all = workGroups.list();
        return new Members().withList("WorkGroups", all, workGroup -> new Members()
                .with("Name", workGroup.name())
                .with("State", workGroup.state().name())
                .with("Description", workGroup.description())
                .withTime("CreationTime", workGroup.created())
                .with("EngineVersion", engineVersion()));
    }

    private static String name(Parameters in) throws Refused {
        String member = in.has("Name") ? "Name" : "WorkGroup";
        return in.required(member, NAME_CHARS_MAX, NAME);
    }

    private static Members shown(WorkGroup workGroup) {
        var result =
                new Members().with("OutputLocation", workGroup.output().map(Location::toString));
        var configuration = new Members()
                .with("ResultConfiguration", result)
                .with(
                        "EnforceWorkGroupConfiguration",
                        workGroup.enforcement() == Enforcement.ENFORCED)
                .with("PublishCloudWatchMetricsEnabled", false)
                .with("BytesScannedCutoffPerQuery", workGroup.scannedBytesMax())
                .with("RequesterPaysEnabled", false)
                .with("EngineVersion", engineVersion());
        return new Members()
                .with("Name", workGroup.name())
                .with("State", workGroup.state().name())
                .with("Configuration", configuration)
                .with("Description", workGroup.description())
                .withTime("CreationTime", workGroup.created());
    }

    private static Members engineVersion() {
        return new Members()
                .with("SelectedEngineVersion", "AUTO")
                .with("EffectiveEngineVersion", "Athena engine version 3");
    }
}
