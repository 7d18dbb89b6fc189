package dev.mapwright.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;

/// `mapwright COMMAND …`. Failures are one line on standard error, never a stack trace.
@Command(
        name = "mapwright",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs AWS Step Functions' Distributed Map on your own machine.")
public final class CommandLineInterface implements Runnable {
    static final int SUCCEEDED = 0;
    static final int FAILED = 1;
    static final int MISUSED = 2;

    @Spec
    private CommandSpec spec;

    private CommandLineInterface() {}

    /// Runs one command and returns the exit status: 0 success, 1 failure, 2 wrong usage.
    public static int run(String[] arguments, Engines engines) {
        return new CommandLine(new CommandLineInterface())
                .addSubcommand(new ServeCommand(engines))
                .addSubcommand(new RunCommand(engines))
                .addSubcommand(new ValidateCommand())
                .addSubcommand(new CommandLine(new DemoCommand())
                        .addSubcommand(new DemoOrdersCommand(engines)))
                .addSubcommand(RunsCommand.withVerbs())
                .addSubcommand(new VersionCommand())
                .setExecutionExceptionHandler(
                        (problem, command, _) -> report(problem, command.getErr()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? See --help.");
    }

    private static int report(Exception problem, PrintWriter err) {
        if (problem instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            err.println("mapwright: interrupted");
        } else {
            String message = problem.getMessage();
            err.println("mapwright: " + (message == null ? problem.toString() : message));
        }
        return FAILED;
    }
}
