package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.sql.WorkGroup.Enforcement;
import dev.mapwright.adapters.sql.WorkGroup.Metrics;
import dev.mapwright.adapters.sql.WorkGroup.State;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.tags.Tags;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.execution.Refused;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// The workgroups, kept over restarts.
public final class WorkGroups {
    /// https://docs.aws.amazon.com/athena/latest/ug/service-limits.html
    static final int WORK_GROUPS_MAX = 1_000;

    private static final String INVALID = "InvalidRequestException";

    private final KeyValueStore store;
    private final Space space;
    private final Tags tags;
    private final ReentrantLock changing = new ReentrantLock();

    WorkGroups(KeyValueStore store) {
        this.store = store;
        this.space = store.space("sql.workgroups");
        this.tags = new Tags(store, "sql.workgroups.tags", INVALID);
    }

    public Optional<WorkGroup> find(String name) {
        Optional<WorkGroup> kept = space.get(key(name)).map(WorkGroups::read);
        return kept.isEmpty() && name.equals(WorkGroup.PRIMARY)
                ? Optional.of(WorkGroup.primary())
                : kept;
    }

    public WorkGroup get(String name) throws Refused {
        return find(name).orElseThrow(() -> invalid("WorkGroup %s is not found.".formatted(name)));
    }

    /// In the order of their names.
    public List<WorkGroup> list() {
        var all = new TreeMap<String, WorkGroup>();
        all.put(WorkGroup.PRIMARY, WorkGroup.primary());
        try (Space.Scan scan = space.scan(new byte[0], new byte[0], Space.Direction.FORWARD)) {
            while (scan.next()) {
                WorkGroup kept = read(scan.value());
                all.put(kept.name(), kept);
            }
        }
        return List.copyOf(all.values());
    }

    /// Of workgroups that are there.
    public Tags tags() {
        return tags;
    }

    public void create(WorkGroup workGroup, Map<String, String> tagged)
            throws Refused, InterruptedException {
        changing.lock();
        try {
            if (find(workGroup.name()).isPresent()) {
                throw invalid("WorkGroup %s is already created".formatted(workGroup.name()));
            }
            if (list().size() >= WORK_GROUPS_MAX) {
                throw invalid("Too many workgroups: at most %,d can exist. Delete one first"
                        .formatted(WORK_GROUPS_MAX));
            }
            var batch = put(workGroup);
            tags.put(batch, workGroup.name(), tagged);
            store.commit(batch);
        } finally {
            changing.unlock();
        }
    }

    public void update(String name, UnaryOperator<WorkGroup> change)
            throws Refused, InterruptedException {
        changing.lock();
        try {
            store.commit(put(change.apply(get(name))));
        } finally {
            changing.unlock();
        }
    }

    public void delete(String name) throws Refused, InterruptedException {
        changing.lock();
        try {
            get(name);
            if (name.equals(WorkGroup.PRIMARY)) {
                throw invalid("The primary workgroup cannot be deleted");
            }
            var batch = new Batch().delete(space, key(name));
            tags.drop(batch, name);
            store.commit(batch);
        } finally {
            changing.unlock();
        }
    }

    private static Refused invalid(String message) {
        return new Refused(INVALID, message);
    }

    private Batch put(WorkGroup workGroup) {
        return new Batch().put(space, key(workGroup.name()), write(workGroup));
    }

    /// Format 1 kept nothing of them.
    private static Metrics metrics(Map<?, ?> tree) {
        return tree.get("metrics") instanceof String name
                ? Metrics.valueOf(name)
                : Metrics.WITHHELD;
    }

    private static byte[] write(WorkGroup workGroup) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", workGroup.name());
        tree.put("description", workGroup.description());
        tree.put("state", workGroup.state().name());
        tree.put("created", workGroup.created().toString());
        workGroup.output().ifPresent(output -> tree.put("output", output.toString()));
        tree.put("enforcement", workGroup.enforcement().name());
        tree.put("metrics", workGroup.metrics().name());
        workGroup.scannedBytesMax().ifPresent(bytes -> tree.put("scannedBytesMax", bytes));
        return Json.of(tree).text().getBytes(StandardCharsets.UTF_8);
    }

    private static WorkGroup read(byte[] stored) {
        var tree = (Map<?, ?>)
                Json.ofText(new String(stored, StandardCharsets.UTF_8)).value();
        return new WorkGroup(
                (String) tree.get("name"),
                (String) tree.get("description"),
                State.valueOf((String) tree.get("state")),
                Instant.parse((String) tree.get("created")),
                Optional.ofNullable((String) tree.get("output")).flatMap(Location::of),
                Enforcement.valueOf((String) tree.get("enforcement")),
                metrics(tree),
                Optional.ofNullable((Number) tree.get("scannedBytesMax")).map(Number::longValue));
    }

    private static byte[] key(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
