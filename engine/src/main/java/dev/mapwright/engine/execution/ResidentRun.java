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
    private final List<Inbox<Optional<Ending>>> waiting = new ArrayList<>(1);
    private Optional<Strand> strand = Optional.empty();
    private Optional<Optional<Ending>> ended = Optional.empty();

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

    /// @param how empty when it broke off, or left with the process
    synchronized void ended(Optional<Ending> how) {
        ended = Optional.of(how);
        waiting.forEach(inbox -> inbox.put(how));
    }

    /// What [#ended] is told, as soon as it is.
    synchronized Inbox<Optional<Ending>> ending() {
        Inbox<Optional<Ending>> inbox = world.inbox();
        ended.ifPresentOrElse(inbox::put, () -> waiting.add(inbox));
        return inbox;
    }
}
