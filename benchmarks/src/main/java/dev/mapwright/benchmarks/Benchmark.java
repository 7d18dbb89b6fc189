package dev.mapwright.benchmarks;

import java.util.List;

/// Something to be measured, in a process of its own.
interface Benchmark {
    /// Lower case with hyphens: what `./mapwright bench PATTERN` is matched with.
    String name();

    /// One sentence: what runs.
    String about();

    List<Figure> run(Workbench workbench) throws Exception;
}
