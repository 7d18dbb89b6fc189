package dev.mapwright.engine.statetest;

import dev.mapwright.asl.parse.Parser;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.world.World;

/// Tries single states:
/// https://docs.aws.amazon.com/step-functions/latest/dg/test-state-isolation.html
public final class StateTests {
    private final World world;
    private final Integrations integrations;
    private final Place place;

    public StateTests(World world, Integrations integrations, Place place) {
        this.world = world;
        this.integrations = integrations;
        this.place = place;
    }

    /// Runs the state to its end, for five minutes at most.
    ///
    /// @throws Refused `InvalidDefinition`, or `ValidationException` for what does not fit the
    ///     state
    public Tested run(StateTest test) throws Refused, InterruptedException {
        Subject subject = subject(test);
        MockRules.check(subject, test, integrations);
        TestContext context = TestContext.of(subject, test, world, place);
        return new Trial(test, context, world, integrations).of(subject.state());
    }

    private static Subject subject(StateTest test) throws Refused {
        String name = test.stateName().orElse(TestContext.STATE_NAME);
        Parser.Parsed parsed = test.stateName().isPresent()
                ? Parser.parse(test.definition(), false)
                : Parser.parseState(name, test.definition());
        var machine = parsed.machine()
                .orElseThrow(() -> new Refused("InvalidDefinition", parsed.refusal()));
        return Subject.find(machine, name)
                .orElseThrow(() -> MockRules.invalid("State not found in definition"));
    }
}
