package dev.mapwright.testkit.store;

import dev.mapwright.engine.journal.Recorded;
import dev.mapwright.engine.store.Change;
import dev.mapwright.engine.store.Document;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.MapRunRecord;
import dev.mapwright.engine.store.RunLine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is on the disk of a [MemoryStore].
final class Tables {
    final Map<String, Execution> executions = new HashMap<>();
    final Map<String, TreeMap<Long, Recorded>> journals = new HashMap<>();
    final Map<String, MapRunRecord> runs = new HashMap<>();
    final Map<String, TreeMap<Long, RunLine>> runLines = new HashMap<>();
    final TreeMap<DocumentKey, Document> documents = new TreeMap<>();

    record DocumentKey(String kind, String key) implements Comparable<DocumentKey> {
        @Override
        public int compareTo(DocumentKey other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : key.compareTo(other.key);
        }
    }

    Tables copy() {
        var copy = new Tables();
        copy.executions.putAll(executions);
        journals.forEach((arn, lines) -> copy.journals.put(arn, new TreeMap<>(lines)));
        copy.runs.putAll(runs);
        runLines.forEach((arn, lines) -> copy.runLines.put(arn, new TreeMap<>(lines)));
        copy.documents.putAll(documents);
        return copy;
    }

    private void dropRun(String mapRunArn) {
        runs.remove(mapRunArn);
        runLines.remove(mapRunArn);
        List<String> children = executions.values().stream()
                .filter(one -> one.child()
                        .filter(child -> child.mapRunArn().equals(mapRunArn))
                        .isPresent())
                .map(Execution::arn)
                .toList();
        children.forEach(executions::remove);
        children.forEach(journals::remove);
    }

    void apply(List<Change> changes) {
        for (Change change : changes) {
            switch (change) {
                case Change.PutExecution(Execution execution) ->
                    executions.put(execution.arn(), execution);
                case Change.Append(String arn, long _, List<Recorded> lines) -> {
                    var journal = journals.computeIfAbsent(arn, _ -> new TreeMap<>());
                    lines.forEach(line -> journal.put(line.sequence(), line));
                }
                case Change.PutMapRun(MapRunRecord run) -> runs.put(run.arn(), run);
                case Change.AppendRun(String arn, List<RunLine> lines) -> {
                    var journal = runLines.computeIfAbsent(arn, _ -> new TreeMap<>());
                    lines.forEach(line -> journal.put(line.sequence(), line));
                }
                case Change.CompactRun(String arn, long sequence) ->
                    runLines.computeIfAbsent(arn, _ -> new TreeMap<>())
                            .headMap(sequence)
                            .clear();
                case Change.DropExecution(String arn) -> {
                    executions.remove(arn);
                    journals.remove(arn);
                }
                case Change.DropMapRun(String arn) -> dropRun(arn);
                case Change.PutDocument(Document document) ->
                    documents.put(new DocumentKey(document.kind(), document.key()), document);
                case Change.DropDocument(String kind, String key) ->
                    documents.remove(new DocumentKey(kind, key));
            }
        }
    }
}
