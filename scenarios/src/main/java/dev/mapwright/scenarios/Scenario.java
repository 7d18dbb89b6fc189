package dev.mapwright.scenarios;

import java.util.Map;

/// One application. It prepares its own data, and reports each check and each figure.
interface Scenario {
    /// What the command line calls it.
    String name();

    /// One line that says what it is.
    String about();

    /// Lines of the engine's configuration file.
    default Map<String, String> settings(Size size) {
        return Map.of("functions.processes", "12");
    }

    /// @throws Unavailable if this machine lacks something that the scenario cannot be without
    void run(Stage stage, Report report) throws Exception;

    /// The message is for the user: what is missing, and how to get it.
    final class Unavailable extends Exception {
        Unavailable(String message) {
            super(message, null, false, false);
        }
    }
}
