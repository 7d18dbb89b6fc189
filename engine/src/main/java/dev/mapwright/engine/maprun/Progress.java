package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.binary.Decoder;
import dev.mapwright.engine.binary.Encoder;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.RunFact.Aborted;
import dev.mapwright.engine.maprun.RunFact.Checkpointed;
import dev.mapwright.engine.maprun.RunFact.Counted;
import dev.mapwright.engine.maprun.RunFact.Dispatched;
import dev.mapwright.engine.maprun.RunFact.DispatchingChanged;
import dev.mapwright.engine.maprun.RunFact.Ended;
import dev.mapwright.engine.maprun.RunFact.Exported;
import dev.mapwright.engine.maprun.RunFact.Finished;
import dev.mapwright.engine.maprun.RunFact.Halted;
import dev.mapwright.engine.maprun.RunFact.ReadTo;
import dev.mapwright.engine.maprun.RunFact.Redispatched;
import dev.mapwright.engine.maprun.RunFact.RedriveEnded;
import dev.mapwright.engine.maprun.RunFact.Redriven;
import dev.mapwright.engine.maprun.RunFact.Retained;
import dev.mapwright.engine.maprun.RunFact.SettingsChanged;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.MapRunRecord.Settings;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a run stands: the fold over its journal. The running owner applies each fact to it when it
/// writes the fact, so that recovering is nothing but applying them again. It grows with the
/// children running and with the endings that the sink has not covered, not with the dataset.
final class Progress {
    private final Tally tally = new Tally();
    private final Map<Long, Integer> open = new LinkedHashMap<>();
    private final EndingLog endings = new EndingLog();
    private final boolean exported;
    private Settings settings;
    private Optional<Dispatching> dispatching = Optional.empty();
    private Optional<String> position = Optional.empty();
    private long nextBatch;
    private long nextItem;
    private boolean counted;
    private Optional<Json> checkpoint = Optional.empty();
    private Optional<Aborted> aborted = Optional.empty();
    private Optional<Halted> halted = Optional.empty();
    private Optional<Ending> ending = Optional.empty();

    /// Redrives so far.
    private int generation;

    /// Children of earlier generations from this batch on, up to `redriveEnd`, have not had their
    /// turn.
    private long redriveNext;

    private long redriveEnd;

    /// The last generation whose results are complete.
    private Optional<Integer> exportedGeneration = Optional.empty();

    Progress(Settings settings, RunPlan plan) {
        this.settings = settings;
        this.exported = plan.writer().isPresent();
    }

    void apply(RunFact fact) {
        switch (fact) {
            case ReadTo(String at) -> position = Optional.of(at);
            case Dispatched dispatched -> apply(dispatched);
            case Ended(long batch, Status how) -> {
                tally.ended(how, itemCount(batch));
                open.remove(batch);
                log(batch);
            }
            case Counted(long items, long batches) -> {
                tally.knowExactly(items, batches);
                counted = true;
            }
            case SettingsChanged(Settings changed) -> settings = changed;
            case DispatchingChanged(Dispatching changed) -> dispatching = Optional.of(changed);
            case Checkpointed(long covered, Json resumeFrom) -> {
                endings.cover(covered);
                checkpoint = Optional.of(resumeFrom);
            }
            case Aborted now -> aborted = Optional.of(now);
            case Halted first -> halted = Optional.of(first);
            case Exported() -> exportedGeneration = Optional.of(generation);
            case Finished(Ending last) -> {
                ending = Optional.of(last);
                tally.nothingWaits();
            }
            case Redriven redriven -> apply(redriven);
            case Redispatched(long batch, int itemCount, Status before) -> {
                tally.redispatched(before, itemCount);
                open.put(batch, itemCount);
                redriveNext = batch + 1;
            }
            case Retained(long batch, int itemCount, Status how) -> {
                if (how != Status.SUCCEEDED) {
                    tally.notRedrivable(itemCount);
                }
                log(batch);
                redriveNext = batch + 1;
            }
            case RedriveEnded() -> redriveNext = redriveEnd;
        }
    }

    private void log(long batch) {
        endings.add(batch);
        if (!exported) {
            endings.cover(endings.last());
        }
    }

    /// Where nothing was started the dataset is read anew, else on from where the reader was.
    private void apply(Redriven redriven) {
        generation = redriven.count();
        aborted = Optional.empty();
        halted = Optional.empty();
        ending = Optional.empty();
        checkpoint = Optional.empty();
        endings.clear();
        if (nextBatch == 0) {
            position = Optional.empty();
            counted = false;
            tally.forget();
        } else {
            tally.knowAtLeast(redriven.items(), redriven.batches());
        }
        tally.redrive();
        redriveNext = 0;
        redriveEnd = nextBatch;
    }

    private void apply(Dispatched dispatched) {
        if (dispatched.batch() != nextBatch || dispatched.firstItem() != nextItem) {
            throw new IllegalStateException(
                    "batch %d with first item %d was dispatched where %d with %d comes next"
                            .formatted(
                                    dispatched.batch(),
                                    dispatched.firstItem(),
                                    nextBatch,
                                    nextItem));
        }
        open.put(dispatched.batch(), dispatched.itemCount());
        tally.dispatched(dispatched.itemCount());
        nextBatch++;
        nextItem += dispatched.itemCount();
    }

    private int itemCount(long batch) {
        var count = open.get(batch);
        if (count == null) {
            throw new IllegalStateException(
                    "the child of batch %d ended, but it was not running".formatted(batch));
        }
        return count;
    }

    Tally tally() {
        return tally;
    }

    Settings settings() {
        return settings;
    }

    /// Absent as long as nobody has said anything about it.
    Optional<Dispatching> dispatching() {
        return dispatching;
    }

    int running() {
        return open.size();
    }

    /// The batches whose children are running, in order of their dispatch.
    long[] open() {
        return open.keySet().stream().mapToLong(Long::longValue).toArray();
    }

    /// Where reading goes on for the first batch that was not dispatched.
    BatchSource.Start unread() {
        return new BatchSource.Start(position, nextBatch, nextItem);
    }

    long dispatchedBatches() {
        return nextBatch;
    }

    /// Whether it is known how many items the dataset has.
    boolean isCounted() {
        return counted;
    }

    /// Whether every item of the dataset has been dispatched.
    boolean isExhausted() {
        return counted && nextItem == tally.knownItems();
    }

    EndingLog endings() {
        return endings;
    }

    Optional<Json> checkpoint() {
        return checkpoint;
    }

    /// Present once the run is over for whoever asks, though it may have to be wound down.
    Optional<Aborted> aborted() {
        return aborted;
    }

    Optional<Halted> halted() {
        return halted;
    }

    boolean isUnwritable() {
        return halted.filter(fact -> fact.reason() == RunFact.Reason.UNWRITABLE).isPresent();
    }

    Optional<Ending> ending() {
        return ending;
    }

    int generation() {
        return generation;
    }

    /// Whether children of earlier generations have not had their turn.
    boolean isRedriving() {
        return redriveNext < redriveEnd;
    }

    /// The batches whose children have not had their turn: from the first to before the second.
    long redriveNext() {
        return redriveNext;
    }

    long redriveEnd() {
        return redriveEnd;
    }

    /// The children that have not had their turn. Those that succeeded are among them where their
    /// results are missing.
    EarlierChildren.Range earlier() {
        var outcomes = EnumSet.of(Status.FAILED, Status.TIMED_OUT, Status.ABORTED);
        if (exported && generation > 0 && exportedBefore().isEmpty()) {
            outcomes.add(Status.SUCCEEDED);
        }
        return new EarlierChildren.Range(redriveNext, redriveEnd, outcomes, open());
    }

    /// The generation whose manifest lists what has succeeded before this one. Empty: there is
    /// nothing, or what there is was not written completely and comes again.
    Optional<Integer> exportedBefore() {
        return exportedGeneration.filter(last -> last == generation - 1);
    }

    /// Without what few runs have, which follows as facts: [#rareFacts].
    void write(Encoder line) {
        FactCodec.writeSettings(settings, line);
        line.optional(position, Encoder::text);
        line.number(nextBatch);
        line.number(nextItem);
        line.octet(counted ? 1 : 0);
        tally.write(line);
        line.number(open.size());
        open.forEach((batch, itemCount) -> {
            line.number(batch);
            line.number(itemCount);
        });
        endings.write(line);
        line.optional(checkpoint.map(Json::text), Encoder::text);
        line.octet(halted.isPresent() ? 1 : 0);
        halted.ifPresent(fact -> FactCodec.writeHalted(fact, line));
        line.octet(ending.isPresent() ? 1 : 0);
        ending.ifPresent(last -> FactCodec.writeEnding(last, line));
        line.number(generation);
        line.number(redriveNext);
        line.number(redriveEnd);
        line.optional(exportedGeneration.map(Object::toString), Encoder::text);
        tally.writeRedrive(line);
    }

    List<RunFact> rareFacts() {
        var facts = new ArrayList<RunFact>(2);
        dispatching.ifPresent(known -> facts.add(new DispatchingChanged(known)));
        aborted.ifPresent(facts::add);
        return facts;
    }

    void read(Decoder line) {
        readFirst(line);
        ending = line.octet() == 1 ? Optional.of(FactCodec.readEnding(line)) : Optional.empty();
        generation = line.count();
        redriveNext = line.number();
        redriveEnd = line.number();
        exportedGeneration = line.optional(Decoder::text).map(Integer::valueOf);
        tally.readRedrive(line);
    }

    /// What the first version of a snapshot had.
    void readFirst(Decoder line) {
        settings = FactCodec.readSettings(line);
        position = line.optional(Decoder::text);
        nextBatch = line.number();
        nextItem = line.number();
        counted = line.octet() == 1;
        tally.read(line);
        open.clear();
        for (int rest = line.count(); rest > 0; rest--) {
            open.put(line.number(), line.count());
        }
        endings.read(line);
        checkpoint = line.optional(Decoder::text).map(Json::ofText);
        halted = line.octet() == 1 ? Optional.of(FactCodec.readHalted(line)) : Optional.empty();
    }
}
