package dev.mapwright.engine.execution;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.journal.Cursor;
import dev.mapwright.engine.journal.Frame;
import dev.mapwright.engine.journal.HistoryEvent.ExecutionRedriven;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.World;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// RedriveExecution: an execution that has ended without success goes on at the states where it
/// ended, under its old ARN and in its old journal. A map run that is among them is redriven by its
/// state.
/// https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
public final class Redrives {
    /// How long a redrive waits for map runs to be wound down that StopExecution has stopped.
    private static final Duration WIND_DOWN_PATIENCE = Duration.ofSeconds(10);

    /// A repeated client token gives the redrive that it made, if it is one of the last ten and no
    /// older than 15 minutes.
    private static final int CLIENT_TOKENS_MAX = 10;

    private static final Duration CLIENT_TOKEN_PERIOD = Duration.ofMinutes(15);
    private static final String CLIENT_TOKENS = "redrive-tokens";

    private final World world;
    private final Store store;
    private final Redrivability redrivability;
    private final Residents residents;
    private final Quotas quotas;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    Redrives(
            World world,
            Store store,
            Redrivability redrivability,
            Residents residents,
            Quotas quotas) {
        this.world = world;
        this.store = store;
        this.redrivability = redrivability;
        this.residents = residents;
        this.quotas = quotas;
    }

    /// Why the execution cannot be redriven now, in AWS's words; empty when it can be.
    public Optional<String> obstacle(Execution execution) {
        return redrivability.obstacle(execution);
    }

    /// Redrives, and returns the redrive's date once it is durable.
    public Instant redrive(String executionArn, Optional<String> clientToken)
            throws Refused, InterruptedException {
        if (!underWay.add(executionArn)) {
            throw notRedrivable("Execution is RUNNING and cannot be redriven");
        }
        try {
            return redriveAlone(executionArn, clientToken);
        } finally {
            underWay.remove(executionArn);
        }
    }

    private Instant redriveAlone(String executionArn, Optional<String> clientToken)
            throws Refused, InterruptedException {
        awaitRest(executionArn);
        Execution ended = store.execution(executionArn)
                .orElseThrow(() -> new Refused(
                        "ExecutionDoesNotExist",
                        "Execution Does Not Exist: '%s'".formatted(executionArn)));
        List<Used> used = used(executionArn);
        Optional<Instant> made = clientToken.flatMap(token -> used.stream()
                .filter(one -> one.clientToken().equals(token))
                .map(Used::redrivenAt)
                .findFirst());
        if (made.isPresent()) {
            return made.get();
        }
        Optional<String> obstacle = obstacle(ended);
        if (obstacle.isPresent()) {
            throw notRedrivable(obstacle.get());
        }
        return goOn(ended, clientToken, used);
    }

    private void awaitRest(String executionArn) throws InterruptedException {
        Optional<Resident> stopping = residents.find(executionArn).filter(Resident::isStopped);
        if (stopping.isPresent()) {
            Inbox<Execution> ended = world.inbox();
            stopping.get().whenEnded(ended::put);
            ended.take(world.now().plus(WIND_DOWN_PATIENCE));
        }
    }

    private Instant goOn(Execution ended, Optional<String> clientToken, List<Used> used)
            throws InterruptedException {
        Instant now = world.now();
        Execution redriven = ended.redriven(now);
        Cursor cursor = Cursor.fold(new JournalPages(store, ended.arn()));
        long fence = store.claim(ended.arn());
        var journal = new DurableJournal(
                world, store, ended.arn(), fence, cursor, quotas.historyEventsMax());
        journal.append(
                Frame.ROOT, cursor.eventId(), new ExecutionRedriven(redriven.redriveCount()));
        var changes = new ArrayList<Change>();
        changes.add(journal.take());
        changes.add(new Change.PutExecution(redriven));
        clientToken.ifPresent(
                token -> changes.add(remembering(ended.arn(), new Used(token, now), used)));
        store.write(changes).await();
        residents.redrive(redriven, _ -> {});
        return now;
    }

    private static Refused notRedrivable(String why) {
        return new Refused(
                "ExecutionNotRedrivable", "Execution Not Redrivable: '%s'".formatted(why));
    }

    /// A client token, and the redrive that it made.
    private record Used(String clientToken, Instant redrivenAt) {}

    /// Those that still count, newest first.
    private List<Used> used(String executionArn) {
        Instant oldest = world.now().minus(CLIENT_TOKEN_PERIOD);
        return store
                .document(CLIENT_TOKENS, executionArn)
                .map(kept -> (List<?>) kept.value())
                .orElse(List.of())
                .stream()
                .map(entry -> (Map<?, ?>) entry)
                .map(entry -> new Used((String) entry.get("clientToken"), Instant.parse((String)
                        entry.get("redrivenAt"))))
                .filter(entry -> entry.redrivenAt().isAfter(oldest))
                .toList();
    }

    /// What to write when the execution goes.
    static Change forget(String executionArn) {
        return new Change.DropDocument(CLIENT_TOKENS, executionArn);
    }

    private static Change remembering(String executionArn, Used newest, List<Used> others) {
        var entries = new ArrayList<Object>();
        entries.add(entry(newest));
        others.stream().limit(CLIENT_TOKENS_MAX - 1).map(Redrives::entry).forEach(entries::add);
        return new Change.PutDocument(new Document(CLIENT_TOKENS, executionArn, Json.of(entries)));
    }

    private static Map<String, Object> entry(Used used) {
        return Map.of(
                "clientToken",
                used.clientToken(),
                "redrivenAt",
                used.redrivenAt().toString());
    }
}
