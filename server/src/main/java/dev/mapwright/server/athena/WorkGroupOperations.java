package dev.mapwright.server.athena;

import dev.mapwright.adapters.sql.Queries;
import dev.mapwright.adapters.sql.WorkGroup;
import dev.mapwright.adapters.sql.WorkGroup.Enforcement;
import dev.mapwright.adapters.sql.WorkGroup.Metrics;
import dev.mapwright.adapters.sql.WorkGroup.State;
import dev.mapwright.adapters.sql.WorkGroups;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;
import dev.mapwright.server.awsjson.TagList;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Operations on workgroups.
final class WorkGroupOperations {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,128}");
    private static final int NAME_CHARS_MAX = 128;
    private static final int TEXT_CHARS_MAX = 1_024;
    private static final int ARN_CHARS_MAX = 1_011;
    private static final long BYTES_MIN = 10_000_000;
    private static final String METRICS = "PublishCloudWatchMetricsEnabled";
    private static final List<String> ENGINES = List.of("AUTO", "Athena engine version 3");

    private static final List<String> UNSUPPORTED = List.of(
            "AdditionalConfiguration",
            "CustomerContentEncryptionConfiguration",
            "EngineConfiguration",
            "ExecutionRole",
            "IdentityCenterConfiguration",
            "ManagedQueryResultsConfiguration",
            "QueryResultsS3AccessGrantsConfiguration");

    private final WorkGroups workGroups;
    private final Place place;
    private final InstantSource clock;

    WorkGroupOperations(WorkGroups workGroups, Place place, InstantSource clock) {
        this.workGroups = workGroups;
        this.place = place;
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
                Metrics.PUBLISHED,
                Optional.empty());
        WorkGroup configured = given.isPresent()
                ? configured(initial, given.get(), given.get().object("ResultConfiguration"))
                : initial;
        Map<String, String> tags = TagList.read(in);
        in.check();
        workGroups.create(configured, tags);
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
                        changed.metrics(),
                        changed.scannedBytesMax()));
        return new Members();
    }

    /// @param given what a creation calls its configuration, and an update its changes
    /// @param result likewise, for the place of results
    private static WorkGroup configured(
            WorkGroup before, Parameters given, Optional<Parameters> result) throws Refused {
        for (String member : UNSUPPORTED) {
            if (given.has(member)) {
                throw unsupported(member);
            }
        }
        requireEngine(given);
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
        Optional<Metrics> metrics = given.flag(METRICS)
                .map(isWanted -> isWanted ? Metrics.PUBLISHED : Metrics.WITHHELD);
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
                metrics.orElse(before.metrics()),
                isUnlimited ? Optional.empty() : bytes.or(before::scannedBytesMax));
    }

    private static void requireEngine(Parameters given) throws Refused {
        if (given.flag("RequesterPaysEnabled").orElse(false)) {
            throw unsupported("RequesterPaysEnabled");
        }
        Optional<Parameters> version = given.object("EngineVersion");
        if (version.isPresent()) {
            String selected = version.get()
                    .text("SelectedEngineVersion", NAME_CHARS_MAX)
                    .orElse(ENGINES.getFirst());
            if (!ENGINES.contains(selected)) {
                throw unsupported("EngineVersion " + selected);
            }
        }
    }

    private static Refused unsupported(String what) {
        return new Refused(
                "InvalidRequestException",
                "%s is not supported by Mapwright's Athena".formatted(what));
    }

    Members tags(Parameters in) throws Refused {
        String name = tagged(in);
        return TagList.shown("Tags", workGroups.tags().of(name));
    }

    Members tag(Parameters in) throws Refused, InterruptedException {
        Map<String, String> added = TagList.required(in);
        workGroups.tags().add(tagged(in), added);
        return new Members();
    }

    Members untag(Parameters in) throws Refused, InterruptedException {
        List<String> keys = TagList.requiredKeys(in);
        workGroups.tags().remove(tagged(in), keys);
        return new Members();
    }

    /// The name of the workgroup that the request's ARN is for.
    private String tagged(Parameters in) throws Refused {
        String arn = in.required("ResourceARN", ARN_CHARS_MAX);
        in.check();
        String start = "arn:%s:athena:%s:%s:workgroup/"
                .formatted(place.partition(), place.region(), place.account());
        if (!arn.startsWith(start)
                || workGroups.find(arn.substring(start.length())).isEmpty()) {
            throw new Refused(
                    "ResourceNotFoundException", "There is no workgroup '%s'".formatted(arn));
        }
        return arn.substring(start.length());
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
                .with(METRICS, workGroup.metrics() == Metrics.PUBLISHED)
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
