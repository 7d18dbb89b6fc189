package dev.mapwright.engine.maprun;

import dev.mapwright.engine.binary.Decoder;
import dev.mapwright.engine.binary.Encoder;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.Receipt;
import dev.mapwright.engine.store.RunLine;
import dev.mapwright.engine.store.Store;

import java.util.ArrayList;
import java.util.List;

/// A run's own journal. What is recorded, and what must be stored with it, gathers until [#flush]
/// hands it over as one line and one atomic write; after many facts a snapshot takes the place of
/// all lines before it.
final class RunJournal {
    private static final int LINES_PER_READ = 1_000;

    private final Store store;
    private final String mapRunArn;
    private final int compactionFacts;
    private final Progress progress;
    private Encoder line = new Encoder();
    private int factsInLine;
    private List<Change> changes = new ArrayList<>();
    private long nextSequence = 1;
    private int factsSinceSnapshot;
    private Receipt last = Receipt.DONE;

    private RunJournal(Store store, MapRunRecord run, RunPlan plan, int compactionFacts) {
        this.store = store;
        this.mapRunArn = run.arn();
        this.compactionFacts = compactionFacts;
        this.progress = new Progress(run.settings(), plan);
    }

    /// Reads what there is: nothing for a new run.
    static RunJournal open(Store store, MapRunRecord run, RunPlan plan, int compactionFacts) {
        var journal = new RunJournal(store, run, plan, compactionFacts);
        List<RunLine> lines;
        do {
            lines = store.runLines(run.arn(), journal.nextSequence, LINES_PER_READ);
            lines.forEach(journal::fold);
        } while (lines.size() == LINES_PER_READ);
        return journal;
    }

    private void fold(RunLine stored) {
        var reader = new Decoder(stored.content());
        while (reader.hasMore()) {
            int tag = reader.octet();
            switch (tag) {
                case FactCodec.SNAPSHOT_1 -> {
                    progress.readFirst(reader);
                    factsSinceSnapshot = 0;
                }
                case FactCodec.SNAPSHOT_2 -> {
                    progress.read(reader);
                    factsSinceSnapshot = 0;
                }
                default -> {
                    progress.apply(FactCodec.read(tag, reader));
                    factsSinceSnapshot++;
                }
            }
        }
        nextSequence = stored.sequence() + 1;
    }

    Progress progress() {
        return progress;
    }

    void record(RunFact fact) {
        progress.apply(fact);
        FactCodec.write(fact, line);
        factsInLine++;
        factsSinceSnapshot++;
    }

    /// Puts changes into the same atomic write as the facts.
    void include(List<Change> others) {
        changes.addAll(others);
    }

    /// Hands everything gathered to the store. The receipt stands for all that was ever handed
    /// over.
    Receipt flush() {
        if (factsInLine == 0 && changes.isEmpty()) {
            return last;
        }
        if (factsInLine > 0) {
            append();
        }
        if (factsSinceSnapshot >= Math.max(compactionFacts, snapshotEntries())) {
            compact();
        }
        last = store.write(changes);
        changes = new ArrayList<>();
        return last;
    }

    private void append() {
        changes.add(new Change.AppendRun(
                mapRunArn, List.of(new RunLine(nextSequence++, line.toBytes()))));
        line = new Encoder();
        factsInLine = 0;
    }

    /// A snapshot is never larger than the facts that it replaces, roughly, so writing them costs a
    /// constant share.
    private int snapshotEntries() {
        return progress.running() + progress.endings().size();
    }

    private void compact() {
        line.octet(FactCodec.SNAPSHOT_2);
        progress.write(line);
        progress.rareFacts().forEach(fact -> FactCodec.write(fact, line));
        changes.add(new Change.CompactRun(mapRunArn, nextSequence));
        append();
        factsSinceSnapshot = 0;
    }
}
