package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.engine.maprun.ChildName;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Child;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.Page;
import dev.mapwright.engine.store.RecordCodec;
import dev.mapwright.engine.store.RecordCodec.Progress;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/// Children of map runs. Their names tell run and batch ([ChildName]), so that their records lie
/// together, in order, and need no index to be found or listed: a child costs one value when it
/// starts and two when it ends, or its share of them ([RunRows]).
///
///     records   p run → what the run's children share
///
/// Those that run are listed from memory, which is rebuilt for an open run when it is first asked
/// for.
final class Children {
    private static final byte[] NOTHING = {};

    /// After a redrive there may be as many outcomes that no longer hold. A page ends when it has
    /// looked at so many batches, even if it is empty.
    private static final int LOOKS_PER_PAGE_MAX = 10_000;

    private final Space records;
    private final Space index;
    private final RunNumbers numbers;
    private final LongPredicate isRunOpen;
    private final Map<Long, OpenRun> openRuns = new ConcurrentHashMap<>();

    /// @param isRunOpen whether a map run's record says that children may run, or is not there
    Children(Space records, Space index, RunNumbers numbers, LongPredicate isRunOpen) {
        this.records = records;
        this.index = index;
        this.numbers = numbers;
        this.isRunOpen = isRunOpen;
    }

    Optional<Execution> find(ChildName name, String arn) {
        return new Finder(RunRows.of(name.run(), records, index), template(name.run()))
                .find(name.batch())
                .filter(execution -> execution.arn().equals(arn));
    }

    /// Finds the records of one run's children, fast where they are neighbours.
    private static final class Finder {
        private final long run;
        private final Optional<ChildTemplate> template;
        private final Rows.Lookup started;
        private final Rows.Lookup progress;

        Finder(RunRows rows, Optional<ChildTemplate> template) {
            this.run = rows.run();
            this.template = template;
            this.started = rows.started().lookup();
            this.progress = rows.progress().lookup();
        }

        Optional<Execution> find(long batch) {
            var name = new ChildName(run, batch);
            return started.find(batch)
                    .map(bytes -> ChildTemplate.decode(bytes, name, template))
                    .map(begun -> progress.find(batch)
                            .map(bytes -> RecordCodec.progress(bytes).of(begun.arn(), begun))
                            .orElse(begun));
        }
    }

    private Optional<ChildTemplate> template(long run) {
        OpenRun open = openRuns.get(run);
        return open != null && open.template().isPresent()
                ? open.template()
                : records.get(templateKey(run)).map(ChildTemplate::decode);
    }

    void put(Execution execution, Child child, Unit unit) {
        var name = new ChildName(numbers.of(child.mapRunArn()), child.batch());
        OpenRun run = openRun(name.run());
        RunRows rows = run.rows();
        Optional<Execution> before = unit.before(execution.arn());
        boolean known = before.isPresent() && startedAlike(before.get(), execution);
        boolean fresh = !known && run.isNew(name.batch());
        if (!known) {
            requireName(execution, child, name);
            byte[] started = started(execution, child, run, unit);
            if (fresh) {
                unit.started.add(rows.started(), name.batch(), started);
            } else {
                rows.started().put(unit.batch, name.batch(), started);
            }
        }
        boolean ended = execution.status().hasEnded();
        if (ended && (fresh || known && !run.isAlone(name.batch()))) {
            unit.progress.add(rows.progress(), name.batch(), progress(execution));
            unit.outcomes.add(rows.outcome(execution.status()), name.batch(), NOTHING);
        } else if (!fresh || !isJustStarted(execution)) {
            if (ended) {
                run.forgetAlone(name.batch());
            } else {
                run.standsAlone(name.batch());
            }
            rows.progress().put(unit.batch, name.batch(), progress(execution));
            noteOutcome(execution.status(), rows, name.batch(), unit);
        }
        unit.batch.whenCommitted(() -> run.learn(name.batch(), execution.status()));
        unit.put(execution);
    }

    /// A child under any other name could not be found again.
    private static void requireName(Execution execution, Child child, ChildName name) {
        String expected = name.uuid();
        if (!execution.name().startsWith(expected) || !execution.arn().endsWith(execution.name())) {
            throw new IllegalStateException("Expected batch %d of %s to be named %s, found %s"
                    .formatted(child.batch(), child.mapRunArn(), expected, execution.arn()));
        }
    }

    private byte[] started(Execution execution, Child child, OpenRun run, Unit unit) {
        var template = ChildTemplate.of(execution, child);
        if (run.template().isPresent() && run.template().get().equals(template)) {
            return template.encodeShort(execution, child);
        }
        if (run.mayWriteTemplate()) {
            unit.batch.put(records, templateKey(numbers.of(child.mapRunArn())), template.encode());
            unit.whenHandedIn(() -> run.share(template));
            return template.encodeShort(execution, child);
        }
        return ChildTemplate.encodeComplete(execution);
    }

    private static boolean isJustStarted(Execution execution) {
        return execution.status() == Status.RUNNING && execution.redriven().isEmpty();
    }

    /// Whether `first`, as it lies in the store, serves `second` as what it started with.
    private static boolean startedAlike(Execution first, Execution second) {
        return first.input().text().equals(second.input().text())
                && ChildTemplate.of(first, first.child().orElseThrow())
                        .equals(ChildTemplate.of(second, second.child().orElseThrow()))
                && first.child().equals(second.child())
                && first.traceHeader().equals(second.traceHeader());
    }

    /// What was packed stays: a listing looks at the record, too.
    private static void noteOutcome(Status now, RunRows rows, long batch, Unit unit) {
        for (Status status : Status.values()) {
            if (status != now) {
                rows.outcome(status).deleteAlone(unit.batch, batch);
            }
        }
        rows.outcome(now).put(unit.batch, batch, NOTHING);
    }

    private static byte[] progress(Execution execution) {
        return RecordCodec.encode(Progress.of(execution));
    }

    void drop(long run, Unit unit) {
        RunRows.drop(run, records, index, unit.batch);
        unit.batch.delete(records, templateKey(run));
        unit.batch.whenCommitted(() -> forget(run));
    }

    /// A run needs no memory once its children have ended.
    void forget(long run) {
        openRuns.remove(run);
    }

    private OpenRun openRun(long run) {
        return openRuns.computeIfAbsent(run, this::load);
    }

    /// Nothing of this process's is on its way for the run yet, so that what is on the disk is all
    /// there is.
    private OpenRun load(long run) {
        Optional<ChildTemplate> template = records.get(templateKey(run)).map(ChildTemplate::decode);
        var rows = RunRows.of(run, records, index);
        long highest;
        try (var begun = rows.started().below(Long.MAX_VALUE)) {
            highest = begun.next().orElse(-1);
        }
        var loaded = new OpenRun(rows, template, highest);
        if (highest >= 0 && isRunOpen.test(run)) {
            rebuild(highest, template, loaded);
        }
        return loaded;
    }

    private void rebuild(long highest, Optional<ChildTemplate> template, OpenRun loaded) {
        RunRows rows = loaded.rows();
        var ended = new BatchSet();
        for (Status status : Status.values()) {
            if (status.hasEnded()) {
                forEach(rows.outcome(status), ended::add);
            }
        }
        forEach(rows.outcome(Status.RUNNING), ended::remove);
        var finder = new Finder(rows, template);
        ended.forEachMissing(highest, batch -> finder.find(batch)
                .ifPresent(execution -> loaded.learn(batch, execution.status())));
    }

    private static void forEach(Rows rows, LongConsumer action) {
        try (var batches = rows.below(Long.MAX_VALUE)) {
            for (var next = batches.next(); next.isPresent(); next = batches.next()) {
                action.accept(next.getAsLong());
            }
        }
    }

    Page<Execution> list(long run, Optional<Status> status, int limit, Optional<String> pageToken) {
        var rows = RunRows.of(run, records, index);
        long below =
                pageToken.map(key(run)::tokenKey).map(key(run)::numberIn).orElse(Long.MAX_VALUE);
        var finder = new Finder(rows, template(run));
        return switch (status.orElse(null)) {
            case null -> list(rows.started().below(below), finder::find, run, limit);
            case Status ended
            when ended.hasEnded() ->
                list(
                        rows.outcome(ended).below(below),
                        batch -> finder.find(batch).filter(child -> child.status() == ended),
                        run,
                        limit);
            case Status open -> listRunning(run, open, limit, below, finder);
        };
    }

    private static Page<Execution> list(
            Rows.Descent batches, LongFunction<Optional<Execution>> find, long run, int limit) {
        Key prefix = key(run);
        var page = new PageMaker<>(prefix, limit, Execution::payloadChars);
        try (batches) {
            int looks = 0;
            for (var next = batches.next();
                    next.isPresent() && !page.isFull();
                    next = batches.next()) {
                long batch = next.getAsLong();
                byte[] key = prefix.number(batch).bytes();
                find.apply(batch).ifPresent(child -> page.add(child, key));
                looks++;
                if (looks == LOOKS_PER_PAGE_MAX) {
                    page.endAt(key);
                }
            }
        }
        return page.toPage();
    }

    private Page<Execution> listRunning(
            long run, Status status, int limit, long below, Finder finder) {
        Key prefix = key(run);
        var page = new PageMaker<>(prefix, limit, Execution::payloadChars);
        if (!openRuns.containsKey(run) && !isRunOpen.test(run)) {
            return page.toPage();
        }
        for (var entry : openRun(run).runningBelow(below).entrySet()) {
            if (page.isFull()) {
                break;
            }
            if (entry.getValue() == status) {
                finder.find(entry.getKey())
                        .filter(child -> child.status() == status)
                        .ifPresent(child ->
                                page.add(child, prefix.number(entry.getKey()).bytes()));
            }
        }
        return page.toPage();
    }

    /// Beginning of a child's keys, here and in its journal.
    static Key key(long run) {
        return Key.of('c').number(run);
    }

    private static byte[] templateKey(long run) {
        return Key.of('p').number(run).bytes();
    }
}
