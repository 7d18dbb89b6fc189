package dev.mapwright.engine.execution;

import dev.mapwright.engine.interpreter.Interpreter;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.maprun.ItemReaders;
import dev.mapwright.engine.maprun.ResultWriter;
import dev.mapwright.engine.store.Store;
import dev.mapwright.engine.task.Callbacks;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.task.TaskListener;
import dev.mapwright.engine.task.TaskTokens;
import dev.mapwright.engine.world.Strand;
import dev.mapwright.engine.world.World;

import java.util.Optional;

/// The machine, assembled: what an API, a command line or a simulation needs of it.
public final class Engine {
    private final World world;
    private final Store store;
    private final Settings settings;
    private final Definitions definitions;
    private final Tags tags;
    private final Executions executions;
    private final Redrives redrives;
    private final Activities activities;
    private final TaskAnswers answers;
    private final MapRuns mapRuns;
    private final ResidentRuns residentRuns;
    private final Residents residents;
    private final Listeners listeners = new Listeners();
    private Optional<Strand> retention = Optional.empty();

    /// @param integrations asked when a definition is created and when a Task runs
    public Engine(
            World world,
            Store store,
            Place place,
            Integrations integrations,
            ItemReaders readers,
            ResultWriter writer,
            Settings settings) {
        this.world = world;
        this.store = store;
        this.settings = settings;
        this.definitions = new Definitions(world, store, place, integrations);
        this.activities = new Activities(world, store, place);
        this.tags = new Tags(
                store,
                arn -> definitions.find(arn).isPresent() || activities.find(arn).isPresent());
        var redrivability = new Redrivability(world, store, definitions, settings.quotas());
        this.residentRuns = new ResidentRuns(
                world, store, readers, writer, settings, definitions, redrivability);
        this.mapRuns = new MapRuns(world, store, residentRuns);
        var tokens = new TaskTokens(world);
        this.answers = new TaskAnswers(world, store, tokens);
        var callbacks = new Callbacks(tokens, activities.tasks());
        var interpreter = new Interpreter(
                world, integrations, callbacks, residentRuns, place, listeners, settings.quotas());
        this.residents =
                new Residents(world, store, definitions, interpreter, listeners, settings.quotas());
        this.executions = new Executions(world, store, place, definitions, residents);
        this.redrives = new Redrives(world, store, redrivability, residents, settings.quotas());
        residentRuns.startChildrenAmong(residents);
        definitions.whenDeleting(residents::endAllOf);
    }

    public Settings settings() {
        return settings;
    }

    public Definitions definitions() {
        return definitions;
    }

    public Aliases aliases() {
        return definitions.aliases();
    }

    public Tags tags() {
        return tags;
    }

    public Executions executions() {
        return executions;
    }

    public Redrives redrives() {
        return redrives;
    }

    public Activities activities() {
        return activities;
    }

    public TaskAnswers answers() {
        return answers;
    }

    public MapRuns mapRuns() {
        return mapRuns;
    }

    /// Has `listener` told of what becomes of executions from now on; before [#resume], of all.
    public void tell(ExecutionListener listener) {
        listeners.add(listener);
    }

    /// The same for tasks.
    public void tellOfTasks(TaskListener listener) {
        listeners.add(listener);
    }

    /// Goes on with everything that a former process left unfinished. Once, after the integrations
    /// are in place.
    public void resume() {
        definitions.loadDeleting();
        residentRuns.resume();
        executions.resumeAll();
        retention = settings.retention()
                .map(kept -> world.start("retention", new Retention(world, store, kept)));
    }

    /// Interrupts everything where it waits. It leaves no trace: to the journals this is a crash
    /// with manners.
    public void shutDown() {
        retention.ifPresent(Strand::cancel);
        residents.shutDown();
        residentRuns.shutDown();
    }
}
