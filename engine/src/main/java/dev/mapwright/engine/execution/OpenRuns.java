package dev.mapwright.engine.execution;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.MapRun;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.Store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The map runs that have not ended, in the order in which they came. As many as the quota allows
/// are at work, and these are always the first ones; the others wait, without a count, until one of
/// those ends. The order is kept in the store, so that it is the same after a restart.
/// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
final class OpenRuns {
    private static final String PLACE = "open-map-run";
    private static final int PAGE = 1_000;

    private final Store store;
    private final int atWorkMax;
    private final Map<String, Place> places = new HashMap<>();
    private final NavigableMap<Long, Place> atWork = new TreeMap<>();
    private final NavigableMap<Long, Place> waiting = new TreeMap<>();
    private long lastNumber;

    OpenRuns(Store store, int atWorkMax) {
        this.store = store;
        this.atWorkMax = atWorkMax;
    }

    /// @param run absent while the Map state of a run that a former process left behind has not
    ///     come to it again
    private record Place(long number, String mapRunArn, Optional<MapRun> run) {
        String key() {
            return "%019d".formatted(number);
        }
    }

    /// Reads what a former process left behind, before any of its runs goes on.
    synchronized void load() {
        var gone = new ArrayList<Change>();
        Optional<String> token = Optional.empty();
        do {
            Page<Document> page = store.documents(PLACE, "", PAGE, token);
            for (Document document : page.items()) {
                String arn = (String) document.content().value();
                if (isUnfinished(arn)) {
                    add(new Place(Long.parseLong(document.key()), arn, Optional.empty()));
                } else {
                    gone.add(new Change.DropDocument(PLACE, document.key()));
                }
            }
            token = page.nextToken();
        } while (token.isPresent());
        if (!gone.isEmpty()) {
            store.write(gone);
        }
    }

    /// A run whose parent has ended will not be gone on with.
    private boolean isUnfinished(String mapRunArn) {
        return store.mapRun(mapRunArn)
                .filter(run -> run.status() == MapRunRecord.Status.RUNNING)
                .flatMap(run -> store.execution(run.executionArn()))
                .map(Execution::status)
                .filter(status -> !status.hasEnded())
                .isPresent();
    }

    private void add(Place place) {
        lastNumber = Math.max(lastNumber, place.number());
        places.put(place.mapRunArn(), place);
        (atWork.size() < atWorkMax ? atWork : waiting).put(place.number(), place);
    }

    /// Admits the run, now or when its turn has come.
    ///
    /// @param alongside written together with its place in the order, if it has none yet
    synchronized void enter(String mapRunArn, MapRun run, List<Change> alongside) {
        Place known = places.get(mapRunArn);
        if (known == null) {
            var place = new Place(lastNumber + 1, mapRunArn, Optional.of(run));
            var changes = new ArrayList<Change>(alongside);
            changes.add(
                    new Change.PutDocument(new Document(PLACE, place.key(), Json.of(mapRunArn))));
            store.write(changes);
            add(place);
        } else {
            var place = new Place(known.number(), mapRunArn, Optional.of(run));
            places.put(mapRunArn, place);
            (atWork.containsKey(known.number()) ? atWork : waiting).put(known.number(), place);
        }
        if (atWork.containsKey(places.get(mapRunArn).number())) {
            run.admit();
        }
    }

    /// The run has ended, or winds down: the next one may begin. Without effect on one that has
    /// left.
    synchronized void leave(String mapRunArn) {
        Place place = places.remove(mapRunArn);
        if (place == null) {
            return;
        }
        store.write(List.of(new Change.DropDocument(PLACE, place.key())));
        waiting.remove(place.number());
        if (atWork.remove(place.number()) != null && !waiting.isEmpty()) {
            Place next = waiting.pollFirstEntry().getValue();
            atWork.put(next.number(), next);
            next.run().ifPresent(MapRun::admit);
        }
    }

    /// In the order in which they came.
    synchronized List<String> arns() {
        return Stream.concat(atWork.values().stream(), waiting.values().stream())
                .map(Place::mapRunArn)
                .toList();
    }

    synchronized MapRuns.Turn turn(String mapRunArn) {
        Place place = places.get(mapRunArn);
        return place != null && waiting.containsKey(place.number())
                ? MapRuns.Turn.WAITING
                : MapRuns.Turn.AT_WORK;
    }

    synchronized int atWork() {
        return atWork.size();
    }

    synchronized int waiting() {
        return waiting.size();
    }
}
