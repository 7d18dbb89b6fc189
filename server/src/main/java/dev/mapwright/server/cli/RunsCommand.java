package dev.mapwright.server.cli;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.CallFailed;
import dev.mapwright.server.client.ServiceClient;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Shows the Map Runs of a running engine, and holds them to a pace.")
final class RunsCommand implements Runnable {
    private static final String PATH = "map-runs";

    @Spec
    private CommandSpec spec;

    private RunsCommand() {}

    static CommandLine withVerbs() {
        return new CommandLine(new RunsCommand())
                .addSubcommand(new ListVerb())
                .addSubcommand(new ShowVerb())
                .addSubcommand(new PauseVerb())
                .addSubcommand(new ResumeVerb())
                .addSubcommand(new LimitVerb());
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "What about the runs? There are: list, show, pause, resume, limit.");
    }

    /// What all verbs take.
    static final class Where {
        @Option(
                names = "--endpoint",
                description = "where the engine answers (default: AWS_ENDPOINT_URL, or"
                        + " http://127.0.0.1:4566)")
        private Optional<URI> endpoint = Optional.empty();

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        private URI endpoint() {
            return endpoint.or(() -> Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL"))
                            .filter(text -> !text.isBlank())
                            .map(URI::create))
                    .orElse(URI.create("http://127.0.0.1:4566"));
        }
    }

    /// Asks, and prints the run or the runs that the answer holds.
    private abstract static class Verb implements Callable<Integer> {
        @Mixin
        private Where where;

        @Spec
        private CommandSpec spec;

        abstract Answer ask(ServiceClient services) throws CallFailed, InterruptedException;

        @Override
        public Integer call() throws CallFailed, InterruptedException {
            PrintWriter out = spec.commandLine().getOut();
            try (var services = new ServiceClient(where.endpoint())) {
                Answer answer = ask(services);
                if (where.json) {
                    out.println(Json.of(answer.members()).text());
                } else if (answer.members().containsKey("mapRuns")) {
                    List<Answer> runs = answer.objects("mapRuns");
                    runs.forEach(run -> out.println(line(run)));
                    if (runs.isEmpty()) {
                        out.println("No Map Run is open.");
                    }
                } else {
                    out.println(line(answer));
                }
            }
            out.flush();
            return CommandLineInterface.SUCCEEDED;
        }

        /// Everything worth knowing at a glance.
        private static String line(Answer run) {
            Answer items = run.object("items");
            String pace = run.findReal("perSecond")
                    .map(rate -> ", at most %s/s".formatted(plain(rate))
                            + run.findReal("rampUpSeconds")
                                    .filter(seconds -> seconds > 0)
                                    .map(seconds ->
                                            " after %s s of ramp-up".formatted(plain(seconds)))
                                    .orElse(""))
                    .orElse("");
            String state =
                    run.text("state").equals("ENDED") ? run.text("status") : run.text("state");
            return "%s  %s%s%n  items: %d pending, %d running, %d succeeded, %d failed, %d timed out, %d aborted"
                    .formatted(
                            run.text("mapRunArn"),
                            state,
                            pace,
                            items.number("pending"),
                            items.number("running"),
                            items.number("succeeded"),
                            items.number("failed"),
                            items.number("timedOut"),
                            items.number("aborted"));
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? "%.0f".formatted(number) : Double.toString(number);
        }
    }

    /// Of one run.
    private abstract static class OfOne extends Verb {
        @Parameters(paramLabel = "MAPRUN_ARN", description = "the ARN of the Map Run")
        private String mapRunArn = "";

        String path() {
            return PATH + "/" + URLEncoder.encode(mapRunArn, StandardCharsets.UTF_8);
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists those that have not ended.")
    private static final class ListVerb extends Verb {
        @Override
        Answer ask(ServiceClient services) throws CallFailed, InterruptedException {
            return services.own(PATH);
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows one.")
    private static final class ShowVerb extends OfOne {
        @Override
        Answer ask(ServiceClient services) throws CallFailed, InterruptedException {
            return services.own(path());
        }
    }

    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Starts no more children; those that run go on.")
    private static final class PauseVerb extends OfOne {
        @Override
        Answer ask(ServiceClient services) throws CallFailed, InterruptedException {
            return services.own(path() + "/pause", Map.of());
        }
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Starts children again, with the ramp-up from its beginning.")
    private static final class ResumeVerb extends OfOne {
        @Override
        Answer ask(ServiceClient services) throws CallFailed, InterruptedException {
            return services.own(path() + "/resume", Map.of());
        }
    }

    @Command(
            name = "limit",
            mixinStandardHelpOptions = true,
            description = "Sets how many children start per second, or lifts the limit.")
    private static final class LimitVerb extends OfOne {
        @Option(
                names = "--per-second",
                description =
                        "children that start within any second at most; without it the limit is lifted")
        private Optional<Double> perSecond = Optional.empty();

        @Option(
                names = "--ramp-up",
                paramLabel = "SECONDS",
                description = "how long the rate takes to rise from nothing (default 0)")
        private Optional<Double> rampUp = Optional.empty();

        @Override
        Answer ask(ServiceClient services) throws CallFailed, InterruptedException {
            var limit = new LinkedHashMap<String, Object>();
            perSecond.ifPresent(rate -> limit.put("perSecond", rate));
            rampUp.ifPresent(seconds -> limit.put("rampUpSeconds", seconds));
            return services.own(path() + "/limit", limit);
        }
    }
}
