package dev.mapwright.engine.execution;

import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.maprun.MapRun;
import dev.mapwright.engine.world.Inbox;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One map run that this process runs, on a strand of its own, so that others can wait for its end
/// and stop waiting.
final class ResidentRun {
    private final World world;
    private final MapRun run;
    private final List<Inbox<Outcome>> waiting = new ArrayList<>(1);
    private Optional<Strand> strand = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();

    /// How it was over in this process.
    sealed interface Outcome {
        record Ended(Ending ending) implements Outcome {}

        record Broken(RuntimeException defect) implements Outcome {}

        /// The next process goes on with it.
        record Interrupted() implements Outcome {}
    }

    ResidentRun(World world, MapRun run) {
        this.world = world;
        this.run = run;
    }

    MapRun run() {
        return run;
    }

    synchronized void runsOn(Strand own) {
        strand = Optional.of(own);
    }

    synchronized void cancel() {
        strand.ifPresent(Strand::cancel);
    }

    synchronized void over(Outcome how) {
        outcome = Optional.of(how);
        waiting.forEach(inbox -> inbox.put(how));
    }

    /// What [#over] is told, as soon as it is.
    synchronized Inbox<Outcome> outcome() {
        Inbox<Outcome> inbox = world.inbox();
        outcome.ifPresentOrElse(inbox::put, () -> waiting.add(inbox));
        return inbox;
    }
}
