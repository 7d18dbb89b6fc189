package dev.mapwright.engine.maprun;

import dev.mapwright.engine.maprun.Feeder.Feed;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where endings go: to the sink's feeder when results are exported, else nowhere, because the
/// children's records are all that is needed at the end. Used by the owner alone.
final class Results implements AutoCloseable {
    private final Surroundings engine;
    private final RunPlan plan;
    private final Children children;
    private final Strands strands;
    private final Inbox<Message> owner;
    private final Inbox<Feed> feeds;
    private Optional<ResultSink> sink = Optional.empty();
    private Optional<Strand> feeder = Optional.empty();
    private List<ChildResult> gathered = new ArrayList<>();
    private long gatheredBytes;
    private int unfedResults;
    private long unfedBytes;

    Results(
            Surroundings engine,
            RunPlan plan,
            Children children,
            Strands strands,
            Inbox<Message> owner) {
        this.engine = engine;
        this.plan = plan;
        this.children = children;
        this.strands = strands;
        this.owner = owner;
        this.feeds = engine.world().inbox();
    }

    /// Opens the sink where its last checkpoint left it, and feeds it the endings since then.
    void open(Progress progress) throws WriteFailed, InterruptedException {
        if (plan.writer().isEmpty()) {
            return;
        }
        MapRunRecord run = children.run();
        var generation =
                new ResultWriter.Generation(progress.generation(), progress.exportedBefore());
        var opened = engine.writer()
                .open(run.arn(), generation, plan.writer().get(), progress.checkpoint());
        sink = Optional.of(opened);
        long[] recalled = progress.endings().after(opened.covered());
        if (recalled.length > 0) {
            feeds.put(new Feed.Recalled(opened.covered() + 1, recalled));
        }
        feeder = Optional.of(strands.start("results", new Feeder(children, opened, feeds, owner)));
    }

    void add(long number, Execution child) {
        if (feeder.isPresent()) {
            gathered.add(new ChildResult(number, child));
            gatheredBytes += child.payloadChars();
        }
    }

    /// Passes on what was added.
    void flush() {
        if (!gathered.isEmpty()) {
            feeds.put(new Feed.Results(gathered, gatheredBytes));
            unfedResults += gathered.size();
            unfedBytes += gatheredBytes;
            gathered = new ArrayList<>();
            gatheredBytes = 0;
        }
    }

    void fed(int count, long bytes) {
        unfedResults -= count;
        unfedBytes -= bytes;
    }

    /// Whether the sink keeps up, so that more children may be started.
    boolean hasRoom() {
        return unfedResults < engine.limits().unfedResultsMax()
                && unfedBytes < engine.limits().unfedBytesMax();
    }

    /// Nothing more is added.
    void noMore() {
        feeds.put(new Feed.NoMore());
    }

    void allFed() {
        feeder = Optional.empty();
    }

    /// Whether the sink has taken everything, or has failed. From then on it belongs to whoever
    /// asks.
    boolean areFed() {
        return feeder.isEmpty();
    }

    /// Present while results are exported.
    Optional<ResultSink> sink() {
        return sink;
    }

    /// The sink has failed: nothing is written any more.
    void abandon() {
        close();
        sink = Optional.empty();
        feeder = Optional.empty();
        gathered.clear();
        unfedResults = 0;
        unfedBytes = 0;
    }

    @Override
    public void close() {
        sink.ifPresent(ResultSink::close);
    }
}
