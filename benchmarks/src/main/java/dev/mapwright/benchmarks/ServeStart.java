package dev.mapwright.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How long `./mapwright serve` takes until it says that it is ready, built before.
record ServeStart() implements Benchmark {
    private static final int STARTS = 5;
    private static final double BAR_SECONDS = 2;

    @Override
    public String name() {
        return "serve-start";
    }

    @Override
    public String about() {
        return "./mapwright serve in a new data folder, until it is ready: %d starts"
                .formatted(STARTS);
    }

    @Override
    public List<Figure> run(Workbench workbench) throws Exception {
        start(workbench, 0); // Builds, if sources are newer than the last build.
        var seconds = new ArrayList<Double>();
        for (int round = 1; round <= STARTS; round++) {
            seconds.add(start(workbench, round));
            workbench.say("start %d: %.2f s", round, seconds.getLast());
        }
        return List.of(Figure.of("ready after", Meter.median(seconds), "s").atMost(BAR_SECONDS));
    }

    private static double start(Workbench workbench, int round)
            throws IOException, InterruptedException {
        Path data = workbench.folder().resolve("serve-" + round);
        long begun = System.nanoTime();
        var process = new ProcessBuilder(
                        workbench.home().resolve("mapwright").toString(),
                        "serve",
                        "--port",
                        "0",
                        "--data",
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("Mapwright is ready")) {
                line = lines.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("serve ended before it was ready");
            }
            return (System.nanoTime() - begun) / 1e9;
        } finally {
            process.destroy();
            process.waitFor();
        }
    }
}
