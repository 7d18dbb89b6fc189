package dev.mapwright.engine.execution;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.engine.maprun.Batch;
import dev.mapwright.engine.maprun.ChildLauncher;
import dev.mapwright.engine.maprun.ChildName;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.world.World;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The children of one map run: what they share, and how they start.
///
/// @param parent whose definition and role they run with
final class ChildExecutions implements ChildLauncher {
    private final World world;
    private final Residents residents;
    private final Redrivability redrivability;
    private final Execution parent;

    /// See [ChildName]: a hash, computed once and not for each child, and so is what their ARNs
    /// begin with.
    private final long runNumber;

    private final String arnPrefix;

    ChildExecutions(
            World world,
            Residents residents,
            Redrivability redrivability,
            Execution parent,
            MapRunRecord run) {
        this.world = world;
        this.residents = residents;
        this.redrivability = redrivability;
        this.parent = parent;
        this.runNumber = ChildName.runOf(run.arn());
        this.arnPrefix = ChildName.arnPrefix(run.machineArn(), run.childType());
    }

    @Override
    public Execution child(MapRunRecord run, Batch batch) {
        String name = new ChildName(runNumber, batch.index()).name(run.childType());
        var place = new Execution.Child(
                run.arn(), run.mapState(), batch.index(), batch.firstItem(), batch.itemCount());
        return new Execution(
                arnPrefix + name,
                run.machineArn(),
                name,
                run.childType(),
                parent.definitionId(),
                parent.roleArn(),
                batch.input(),
                Execution.Status.RUNNING,
                world.now(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(place),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public List<Change> creation(Execution child) {
        var changes = new ArrayList<Change>(2);
        changes.add(new Change.PutExecution(child));
        changes.addAll(Executions.beginning(child));
        return changes;
    }

    @Override
    public void launch(List<Execution> children, Consumer<List<Execution>> ended) {
        residents.begin(children, ended);
    }

    @Override
    public void relaunch(Execution child, Consumer<List<Execution>> ended) {
        residents.redrive(child, ended);
    }

    @Override
    public void resume(Execution child, Consumer<List<Execution>> ended) {
        if (child.status().hasEnded()) {
            ended.accept(List.of(child));
        } else {
            residents.resume(child, ended);
        }
    }

    @Override
    public boolean isRedrivable(Execution child) {
        return redrivability.limit(child).isEmpty();
    }

    /// The journal of a STANDARD one learns of it when it is resumed.
    @Override
    public Execution redriven(Execution child) {
        return child.redriven(world.now());
    }

    @Override
    public void stop(Execution child, Failure why) {
        residents.find(child.arn()).ifPresent(resident -> resident.stop(why));
    }
}
