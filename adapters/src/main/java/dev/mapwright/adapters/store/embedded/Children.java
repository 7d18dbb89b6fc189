package dev.mapwright.adapters.store.embedded;

import dev.mapwright.adapters.keyvalue.Space;
import dev.mapwright.adapters.keyvalue.Space.Direction;
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
import java.util.function.LongPredicate;

/// Children of map runs. Their names tell run and batch ([ChildName]), so that their records lie
/// together, in order, and need no index to be found or listed: a child costs one value when it
/// starts and two when it ends.
///
///     records   c run batch 0     → what it started with
///     records   c run batch 1     → its progress, once it is more than having started
///     records   p run             → what the run's children share
///     index     t run status batch → nothing, once it has ended
///
/// Those that run are listed from memory, which is rebuilt for an open run when it is first asked
/// for.
final class Children {
    private static final int STARTED = 0;
    private static final int PROGRESS = 1;

    private final Space records;
    private final Space index;
    private final RunNumbers numbers;
    private final LongPredicate isRunOpen;
    private final Map<Long, OpenRun> openRuns = new ConcurrentHashMap<>();

    /// @param isRunOpen whether a map run's record says that it still runs, or is not there
    Children(Space records, Space index, RunNumbers numbers, LongPredicate isRunOpen) {
        this.records = records;
        this.index = index;
        this.numbers = numbers;
        this.isRunOpen = isRunOpen;
    }

    Optional<Execution> find(ChildName name, String arn) {
        return find(name, template(name.run()))
                .filter(execution -> execution.arn().equals(arn));
    }

    private Optional<Execution> find(ChildName name, Optional<ChildTemplate> template) {
        Key key = key(name.run()).number(name.batch());
        return records.get(key.octet(STARTED).bytes())
                .map(bytes -> ChildTemplate.decode(bytes, name, template))
                .map(started -> records.get(key.octet(PROGRESS).bytes())
                        .map(bytes -> RecordCodec.progress(bytes).of(started.arn(), started))
                        .orElse(started));
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
        Key key = key(name.run()).number(name.batch());
        Optional<Execution> before = unit.before(execution.arn());
        boolean known = before.isPresent() && startedAlike(before.get(), execution);
        boolean fresh = !known && run.isNew(name.batch());
        if (!known) {
            requireName(execution, child, name);
            unit.batch.put(
                    records, key.octet(STARTED).bytes(), started(execution, child, run, unit));
        }
        if (!fresh || !isJustStarted(execution)) {
            unit.batch.put(
                    records,
                    key.octet(PROGRESS).bytes(),
                    RecordCodec.encode(Progress.of(execution)));
        }
        if (execution.status().hasEnded()) {
            unit.batch.put(
                    index,
                    statusKey(name.run(), execution.status())
                            .number(name.batch())
                            .bytes(),
                    new byte[0]);
        } else if (!fresh && !known) {
            dropEndings(name, unit);
        }
        unit.batch.whenCommitted(() -> run.learn(name.batch(), execution.status()));
        unit.put(execution);
    }

    /// A child under any other name could not be found again.
    private static void requireName(Execution execution, Child child, ChildName name) {
        String expected = name.arn(execution.machineArn(), execution.type());
        if (!expected.equals(execution.arn())) {
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

    private void dropEndings(ChildName name, Unit unit) {
        for (Status status : Status.values()) {
            if (status.hasEnded()) {
                unit.batch.delete(
                        index,
                        statusKey(name.run(), status).number(name.batch()).bytes());
            }
        }
    }

    void drop(long run, Unit unit) {
        Key children = key(run);
        Key endings = Key.of('t').number(run);
        unit.batch.deleteRange(records, children.bytes(), children.end());
        unit.batch.deleteRange(index, endings.bytes(), endings.end());
        unit.batch.delete(records, templateKey(run));
        unit.batch.whenCommitted(() -> forget(run));
    }

    /// A run that has ended needs no memory: its children have ended too.
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
        Key children = key(run);
        long highest = -1;
        try (var scan = records.scan(children.bytes(), children.end(), Direction.REVERSE)) {
            if (scan.next()) {
                highest = children.numberIn(scan.key());
            }
        }
        var loaded = new OpenRun(template, highest);
        if (highest >= 0 && isRunOpen.test(run)) {
            rebuild(run, highest, template, loaded);
        }
        return loaded;
    }

    private void rebuild(long run, long highest, Optional<ChildTemplate> template, OpenRun loaded) {
        var ended = new BatchSet();
        for (Status status : Status.values()) {
            Key prefix = statusKey(run, status);
            try (var scan = index.scan(prefix.bytes(), prefix.end(), Direction.FORWARD)) {
                while (scan.next()) {
                    ended.add(prefix.numberIn(scan.key()));
                }
            }
        }
        ended.forEachMissing(highest, batch -> find(new ChildName(run, batch), template)
                .ifPresent(execution -> loaded.learn(batch, execution.status())));
    }

    Page<Execution> list(long run, Optional<Status> status, int limit, Optional<String> pageToken) {
        return switch (status.orElse(null)) {
            case null -> listAll(run, limit, pageToken);
            case Status ended when ended.hasEnded() -> listEnded(run, ended, limit, pageToken);
            case Status open -> listRunning(run, open, limit, pageToken);
        };
    }

    private Page<Execution> listAll(long run, int limit, Optional<String> pageToken) {
        Key prefix = key(run);
        Optional<ChildTemplate> template = template(run);
        var page = new PageMaker<Execution>(prefix, limit);
        byte[] to = pageToken.map(prefix::tokenKey).orElse(prefix.end());
        Optional<Progress> progress = Optional.empty();
        try (var scan = records.scan(prefix.bytes(), to, Direction.REVERSE)) {
            while (!page.isFull() && scan.next()) {
                byte[] key = scan.key();
                if (key[key.length - 1] == PROGRESS) {
                    progress = Optional.of(RecordCodec.progress(scan.value()));
                } else {
                    var name = new ChildName(run, prefix.numberIn(key));
                    Execution started = ChildTemplate.decode(scan.value(), name, template);
                    page.add(
                            progress.map(known -> known.of(started.arn(), started))
                                    .orElse(started),
                            key);
                    progress = Optional.empty();
                }
            }
        }
        return page.toPage();
    }

    private Page<Execution> listEnded(
            long run, Status status, int limit, Optional<String> pageToken) {
        Key prefix = statusKey(run, status);
        Optional<ChildTemplate> template = template(run);
        var page = new PageMaker<Execution>(prefix, limit);
        byte[] to = pageToken.map(prefix::tokenKey).orElse(prefix.end());
        try (var scan = index.scan(prefix.bytes(), to, Direction.REVERSE)) {
            while (!page.isFull() && scan.next()) {
                byte[] key = scan.key();
                find(new ChildName(run, prefix.numberIn(key)), template)
                        .filter(execution -> execution.status() == status)
                        .ifPresent(execution -> page.add(execution, key));
            }
        }
        return page.toPage();
    }

    private Page<Execution> listRunning(
            long run, Status status, int limit, Optional<String> pageToken) {
        Key prefix = key(run);
        var page = new PageMaker<Execution>(prefix, limit);
        if (!openRuns.containsKey(run) && !isRunOpen.test(run)) {
            return page.toPage();
        }
        OpenRun open = openRun(run);
        long below = pageToken.map(prefix::tokenKey).map(prefix::numberIn).orElse(Long.MAX_VALUE);
        for (var entry : open.runningBelow(below).entrySet()) {
            if (page.isFull()) {
                break;
            }
            if (entry.getValue() == status) {
                find(new ChildName(run, entry.getKey()), open.template())
                        .filter(execution -> execution.status() == status)
                        .ifPresent(execution -> page.add(
                                execution, prefix.number(entry.getKey()).bytes()));
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

    private static Key statusKey(long run, Status status) {
        return Key.of('t').number(run).octet(status.ordinal());
    }
}
