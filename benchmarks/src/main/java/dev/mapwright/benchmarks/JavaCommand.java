package dev.mapwright.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a JVM is started beside this one: with the options that the launcher gave, among them the
/// start-up cache, as users have it, and with the heap that the bars are about.
final class JavaCommand {
    private static final String HEAP = "-Xmx512m";

    private JavaCommand() {}

    /// @param mainAndArguments the main class, and what it is given
    static List<String> of(List<String> mainAndArguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(HEAP, "-cp", System.getProperty("java.class.path")));
        command.addAll(mainAndArguments);
        return command;
    }
}
