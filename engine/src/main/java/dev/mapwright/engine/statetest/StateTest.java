package dev.mapwright.engine.statetest;

import dev.mapwright.asl.json.Json;

import java.util.Map;
import java.util.Optional;

/// What TestState is asked.
///
/// @param definition of one state, or of a whole state machine where `stateName` is given
/// @param stateName of the state at any depth of the state machine
/// @param context the context object as the state is to see it; absent: one is made up
/// @param variables that the state can read
public record StateTest(
        String definition,
        Optional<String> stateName,
        Json input,
        Optional<Json> context,
        Optional<String> roleArn,
        Map<String, Json> variables,
        Optional<Mock> mock,
        Settings settings) {

    public StateTest {
        variables = Map.copyOf(variables);
    }

    /// Where in its life the state is taken to be.
    ///
    /// @param retrierRetryCount how often the retrier that matches a failure was used already
    /// @param errorCausedByState the state inside of a Map or Parallel that a mocked error is of
    /// @param mapIterationFailureCount how many iterations of a Map state have failed
    /// @param mapItemReaderData what the Map state's ItemReader has read
    public record Settings(
            int retrierRetryCount,
            Optional<String> errorCausedByState,
            Optional<Long> mapIterationFailureCount,
            Optional<Json> mapItemReaderData) {
        public static final Settings NONE =
                new Settings(0, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
