package dev.mapwright.server.cli;

import dev.mapwright.server.cli.Engines.CannotStart;
import dev.mapwright.server.client.CallFailed;
import dev.mapwright.server.client.ServiceClient;
import dev.mapwright.server.config.Configuration;
import dev.mapwright.server.config.InvalidConfiguration;
import dev.mapwright.server.config.Setting;
import dev.mapwright.server.demo.DemoFailed;
import dev.mapwright.server.demo.OrdersDemo;
import dev.mapwright.server.demo.OrdersDemo.Children;
import dev.mapwright.server.demo.OrdersDemo.Plan;
import dev.mapwright.server.demo.OrdersSummary;
import dev.mapwright.server.demo.Progress;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

@Command(
        name = "orders",
        mixinStandardHelpOptions = true,
        description =
                "Orders from a CSV object in S3 through a Distributed Map into a DynamoDB table.")
final class DemoOrdersCommand implements Callable<Integer> {
    private static final long ROWS_MAX = 100_000_000;

    @Option(names = "--rows", description = "orders to generate (default ${DEFAULT-VALUE})")
    private long rows = 100_000;

    @Option(
            names = "--data",
            description = "the data folder, which is kept (default ./${DEFAULT-VALUE})")
    private Path data = Path.of("mapwright-demo");

    @Option(
            names = "--children",
            description =
                    "express, or standard: then each child has its history (default ${DEFAULT-VALUE})")
    private Children children = Children.EXPRESS;

    @Option(names = "--seed", description = "of the generated data (default ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--json", description = "the last line of the output is one JSON object")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final Engines engines;

    DemoOrdersCommand(Engines engines) {
        this.engines = engines;
    }

    @Override
    public Integer call()
            throws CannotStart, InvalidConfiguration, DemoFailed, CallFailed, IOException,
                    InterruptedException {
        if (rows < 1 || rows > ROWS_MAX) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rows is %,d, but has to be from 1 to %,d.".formatted(rows, ROWS_MAX));
        }
        OrdersDemo.claim(data);
        var configuration = Configuration.read(
                Optional.empty(),
                Map.of(Setting.PORT, "0", Setting.DATA, data.resolve("data").toString()));
        PrintWriter out = spec.commandLine().getOut();
        out.println("Generating %,d orders, and starting an engine ...".formatted(rows));
        out.flush();
        try (var running = engines.start(configuration);
                var services = new ServiceClient(running.endpoint());
                var bar = new ProgressBar(spec.commandLine().getErr())) {
            var plan = new Plan(rows, seed, children, data);
            OrdersSummary summary = new OrdersDemo(services, plan, bar::show).run();
            bar.close();
            print(out, summary);
        }
        return CommandLineInterface.SUCCEEDED;
    }

    private void print(PrintWriter out, OrdersSummary summary) {
        out.println();
        out.println("  items      %,d read, %,d succeeded, %,d failed"
                .formatted(summary.items(), summary.succeeded(), summary.failed()));
        out.println("  children   %,d %s executions".formatted(summary.children(), children));
        out.println("  table      %,d items in 'orders', every one compared with its row"
                .formatted(summary.tableItems()));
        out.println("  time       %,.1f s, %,d items/s"
                .formatted(summary.seconds(), summary.itemsPerSecond()));
        out.println("  results    " + summary.results());
        out.println();
        out.println("Look at it, with the AWS CLI or any AWS client:");
        out.println("  ./mapwright serve --data " + data.resolve("data"));
        out.println("  export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_DEFAULT_REGION=us-east-1"
                + " AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test");
        out.println("  aws stepfunctions describe-map-run --map-run-arn " + summary.mapRunArn());
        out.println("  aws stepfunctions list-executions --max-items 5 --map-run-arn "
                + summary.mapRunArn());
        out.println("  aws stepfunctions get-execution-history --execution-arn "
                + summary.executionArn());
        out.println("  aws s3 cp " + summary.results() + " -");
        out.println("  aws dynamodb scan --table-name orders --max-items 5");
        if (json) {
            out.println(summary.json());
        }
        out.flush();
    }

    /// One line that is written over, on a terminal; elsewhere one line every few seconds.
    private static final class ProgressBar implements AutoCloseable {
        private static final double PLAIN_SECONDS = 5;

        private final PrintWriter err;
        private final boolean terminal =
                System.console() != null && System.console().isTerminal();
        private double shownAt = -PLAIN_SECONDS;
        private boolean open;

        ProgressBar(PrintWriter err) {
            this.err = err;
        }

        void show(Progress progress) {
            if (terminal) {
                err.print("\r" + progress.line() + "\u001b[K");
                open = true;
            } else if (progress.seconds() - shownAt >= PLAIN_SECONDS
                    || progress.done() == progress.total()) {
                err.println(progress.line());
                shownAt = progress.seconds();
            }
            err.flush();
        }

        @Override
        public void close() {
            if (open) {
                err.println();
                err.flush();
                open = false;
            }
        }
    }
}
