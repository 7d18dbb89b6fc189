package dev.mapwright.server.cli;

import dev.mapwright.asl.parse.Diagnostic;
import dev.mapwright.asl.parse.Diagnostic.Severity;
import dev.mapwright.asl.parse.Parser;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Says what is wrong with state machine definitions.")
final class ValidateCommand implements Callable<Integer> {
    /// AWS's messages repeat the text around a syntax error, which the user has in a file.
    private static final Pattern SOURCE = Pattern.compile(
            "\\[Source: \\(String\\)\".*?\"; line: (\\d+), column: (\\d+)]", Pattern.DOTALL);

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "definitions as JSON")
    private List<Path> files;

    @Option(names = "--express", description = "as definitions of EXPRESS state machines")
    private boolean express;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        boolean valid = true;
        for (Path file : files) {
            valid &= validate(file, out);
        }
        out.flush();
        return valid ? CommandLineInterface.SUCCEEDED : CommandLineInterface.FAILED;
    }

    private boolean validate(Path file, PrintWriter out) {
        String definition;
        try {
            definition = Files.readString(file);
        } catch (NoSuchFileException missing) {
            out.println(file + ": error: there is no such file");
            return false;
        } catch (CharacterCodingException notText) {
            out.println(file + ": error: not text in UTF-8");
            return false;
        } catch (IOException unreadable) {
            out.println(file + ": error: cannot be read: " + unreadable.getMessage());
            return false;
        }
        List<Diagnostic> found = Parser.parse(definition, express).diagnostics();
        for (Diagnostic one : found) {
            out.println("%s: %s: %s: %s (%s)"
                    .formatted(
                            file,
                            one.location().map(ValidateCommand::place).orElse("/"),
                            one.severity() == Severity.ERROR ? "error" : "warning",
                            SOURCE.matcher(one.message()).replaceAll("[line $1, column $2]"),
                            one.code()));
        }
        boolean valid = found.stream().noneMatch(one -> one.severity() == Severity.ERROR);
        if (valid) {
            out.println(file + ": valid");
        }
        return valid;
    }

    /// `12:3` for a syntax error, else the place in the JSON document.
    private static String place(String location) {
        Matcher source = SOURCE.matcher(location);
        var last = new StringBuilder(location);
        while (source.find()) {
            last.replace(0, last.length(), source.group(1) + ":" + source.group(2));
        }
        return last.toString();
    }
}
