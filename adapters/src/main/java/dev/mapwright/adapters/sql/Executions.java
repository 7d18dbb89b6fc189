package dev.mapwright.adapters.sql;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The query executions that are kept: by id, by workgroup with the newest first, by the client's
/// token, and those that have not ended.
final class Executions {
    /// https://docs.aws.amazon.com/athena/latest/ug/querying.html
    static final Duration KEPT = Duration.ofDays(45);

    /// As many as one look for old ones deletes.
    private static final int DELETED_MAX = 10_000;

    private static final String BY_ID = "q";
    private static final String BY_WORK_GROUP = "w";
    private static final String BY_TOKEN = "t";
    private static final String ACTIVE = "a";

    private final KeyValueStore store;
    private final Space space;

    Executions(KeyValueStore store) {
        this.store = store;
        this.space = store.space("sql.queries");
    }

    Optional<QueryExecution> find(String id) {
        return space.get(key(BY_ID, id)).map(ExecutionRecord::read);
    }

    Optional<QueryExecution> ofToken(String token) {
        return space.get(key(BY_TOKEN, token))
                .flatMap(id -> find(new String(id, StandardCharsets.UTF_8)));
    }

    /// What has not ended, in no order.
    List<QueryExecution> active() {
        return keys(ACTIVE, Optional.empty(), Integer.MAX_VALUE).stream()
                .flatMap(key -> find(lastPart(key)).stream())
                .toList();
    }

    /// A page of ids, the newest first.
    ///
    /// @param after where the page before ended
    Page list(String workGroup, Optional<String> after, int max) {
        String start = BY_WORK_GROUP + "\0" + workGroup;
        List<String> keys = keys(start, after, max + 1);
        List<String> shown = keys.subList(0, Math.min(max, keys.size()));
        Optional<String> next = keys.size() > max
                ? Optional.of(shown.getLast().substring(start.length() + 1))
                : Optional.empty();
        return new Page(shown.stream().map(Executions::lastPart).toList(), next);
    }

    record Page(List<String> ids, Optional<String> next) {}

    void add(QueryExecution execution) throws InterruptedException {
        var batch = new Batch()
                .put(space, key(BY_ID, execution.id()), ExecutionRecord.write(execution))
                .put(space, key(ACTIVE, execution.id()), new byte[0])
                .put(space, workGroupKey(execution), new byte[0]);
        execution
                .token()
                .ifPresent(token -> batch.put(
                        space,
                        key(BY_TOKEN, token),
                        execution.id().getBytes(StandardCharsets.UTF_8)));
        store.commit(batch);
    }

    void update(QueryExecution execution) throws InterruptedException {
        var batch = new Batch()
                .put(space, key(BY_ID, execution.id()), ExecutionRecord.write(execution));
        if (execution.progress().state().isEnd()) {
            batch.delete(space, key(ACTIVE, execution.id()));
        }
        store.commit(batch);
    }

    void forgetOld(List<String> workGroups, Instant now) throws InterruptedException {
        String oldest = reversed(now.minus(KEPT));
        for (String workGroup : workGroups) {
            String start = BY_WORK_GROUP + "\0" + workGroup;
            var batch = new Batch();
            for (String key : keys(start, Optional.of(oldest), DELETED_MAX)) {
                find(lastPart(key)).ifPresent(execution -> forget(execution, batch));
            }
            store.commit(batch);
        }
    }

    private void forget(QueryExecution execution, Batch batch) {
        if (execution.progress().state().isEnd()) {
            batch.delete(space, key(BY_ID, execution.id())).delete(space, workGroupKey(execution));
            execution.token().ifPresent(token -> batch.delete(space, key(BY_TOKEN, token)));
        }
    }

    private static byte[] workGroupKey(QueryExecution execution) {
        return key(
                BY_WORK_GROUP,
                execution.workGroup(),
                reversed(execution.progress().submitted()),
                execution.id());
    }

    /// Sorts the newest first.
    private static String reversed(Instant time) {
        return HexFormat.of().toHexDigits(Long.MAX_VALUE - time.toEpochMilli());
    }

    private List<String> keys(String start, Optional<String> after, int max) {
        var keys = new ArrayList<String>();
        String from = after.map(key -> start + "\0" + key + "\0").orElse(start + "\0");
        try (Space.Scan scan = space.scan(
                from.getBytes(StandardCharsets.UTF_8),
                (start + "\1").getBytes(StandardCharsets.UTF_8),
                Space.Direction.FORWARD)) {
            while (keys.size() < max && scan.next()) {
                keys.add(new String(scan.key(), StandardCharsets.UTF_8));
            }
        }
        return keys;
    }

    private static String lastPart(String key) {
        return key.substring(key.lastIndexOf('\0') + 1);
    }

    private static byte[] key(String... parts) {
        return String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
    }
}
