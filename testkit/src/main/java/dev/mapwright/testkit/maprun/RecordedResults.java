package dev.mapwright.testkit.maprun;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.ChildResult;
import dev.mapwright.engine.maprun.ResultSink;
import dev.mapwright.engine.maprun.ResultWriter;
import dev.mapwright.engine.maprun.WriteFailed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Results kept in memory: a checkpoint after every few, which is all that outlives a crash. As a
/// real writer's, it may lag behind what was taken: it covers all results but the last one.
public final class RecordedResults implements ResultWriter {
    /// What writing a result takes.
    public interface Pause {
        void take() throws InterruptedException;
    }

    private final int resultsPerCheckpoint;
    private final Pause pause;
    private final Map<Integer, Map<Long, List<String>>> uploaded = new TreeMap<>();
    private final Map<Integer, List<String>> succeeded = new TreeMap<>();
    private List<String> finished = List.of();
    private int opened;

    public RecordedResults(int resultsPerCheckpoint, Pause pause) {
        this.pause = pause;
        this.resultsPerCheckpoint = resultsPerCheckpoint;
    }

    /// What is in the files that the last manifest lists: `batch STATUS` for each child, and
    /// `PENDING input`.
    public synchronized List<String> finished() {
        return finished;
    }

    public synchronized int opened() {
        return opened;
    }

    @Override
    public synchronized ResultSink open(
            String mapRunArn, Generation generation, Json target, Optional<Json> checkpoint)
            throws WriteFailed {
        opened++;
        if (((Map<?, ?>) target.value()).get("Bucket").equals("missing")) {
            throw new WriteFailed("The specified bucket does not exist: missing");
        }
        long covered =
                checkpoint.map(json -> ((Number) json.value()).longValue()).orElse(0L);
        var parts = uploaded.computeIfAbsent(
                generation.number(), _ -> new TreeMap<>(Map.of(0L, List.of())));
        return new Sink(generation, parts, covered);
    }

    private final class Sink implements ResultSink {
        private final Generation generation;
        private final Map<Long, List<String>> parts;
        private final long covered;
        private final List<String> entries;
        private long last;

        private Sink(Generation generation, Map<Long, List<String>> parts, long covered) {
            this.generation = generation;
            this.parts = parts;
            this.covered = covered;
            this.entries = new ArrayList<>(parts.get(covered));
            this.last = covered;
        }

        @Override
        public long covered() {
            return covered;
        }

        @Override
        public Optional<Progress> accept(ChildResult result) throws InterruptedException {
            pause.take();
            synchronized (RecordedResults.this) {
                if (result.number() != ++last) {
                    throw new IllegalStateException(
                            "result %d came where %d is next".formatted(result.number(), last));
                }
                entries.add(result.child().child().orElseThrow().batch() + " "
                        + result.child().status());
                if (last % resultsPerCheckpoint != 0) {
                    return Optional.empty();
                }
                long covered = last - 1;
                parts.put(covered, List.copyOf(entries.subList(0, entries.size() - 1)));
                return Optional.of(new Progress(covered, Json.of(covered)));
            }
        }

        @Override
        public void acceptPending(Json input) {
            entries.add("PENDING " + input.text());
        }

        @Override
        public Json finish() {
            synchronized (RecordedResults.this) {
                var all = new ArrayList<>(generation.after().map(succeeded::get).orElse(List.of()));
                all.addAll(entries);
                finished = List.copyOf(all);
                succeeded.put(
                        generation.number(),
                        all.stream()
                                .filter(entry -> entry.endsWith(" SUCCEEDED"))
                                .toList());
                return Json.ofText("{\"Bucket\":\"b\",\"Key\":\"manifest.json\"}");
            }
        }

        @Override
        public void close() {}
    }
}
