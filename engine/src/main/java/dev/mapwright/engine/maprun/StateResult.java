package dev.mapwright.engine.maprun;

import dev.mapwright.asl.expression.Failure;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.journal.Ending;
import dev.mapwright.engine.store.Execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Map state's result where nothing is exported: the children's outputs in the order of the
/// items, read from their records; children that failed and were tolerated stand there as
/// [ResultEntry]. A WriterConfig may ask for another form.
final class StateResult {
    private final String transformation;
    private final boolean asLines;
    private final int bytesMax;
    private final StringBuilder text = new StringBuilder();

    private StateResult(Optional<Json> format, int bytesMax) {
        this.transformation = member(format, "Transformation", "COMPACT");
        this.asLines = member(format, "OutputType", "JSON").equals("JSONL");
        this.bytesMax = bytesMax;
    }

    private static String member(Optional<Json> format, String name, String otherwise) {
        return format.map(Json::value)
                .map(Map.class::cast)
                .map(members -> (String) members.get(name))
                .orElse(otherwise);
    }

    /// @param batches how many children there are
    static Ending of(Children children, BatchSource.Opener opener, long batches) {
        var result = new StateResult(opener.plan().format(), opener.limits().payloadBytesMax());
        for (long batch = 0; batch < batches && result.mayStillFit(); batch++) {
            result.add(children.load(batch));
        }
        if (result.mayStillFit()) {
            var output = result.finish();
            if (output.bytes() <= result.bytesMax) {
                return new Ending.Succeeded(output);
            }
        }
        return new Ending.Failed(Failure.of(
                "States.DataLimitExceeded",
                "The state/task '%s' returned a result with a size exceeding the maximum number of bytes service limit."
                        .formatted(children.run().mapState())));
    }

    /// A character takes at least one byte.
    private boolean mayStillFit() {
        return text.length() <= bytesMax;
    }

    private void add(Execution child) {
        if (child.output().isEmpty() || transformation.equals("NONE")) {
            add(ResultEntry.of(child));
        } else if (transformation.equals("FLATTEN")
                && child.output().get().value() instanceof List<?> elements) {
            elements.forEach(element -> add(Json.of(element)));
        } else {
            add(child.output().get());
        }
    }

    private void add(Json entry) {
        if (asLines) {
            text.append(entry.text()).append('\n');
        } else {
            text.append(text.isEmpty() ? '[' : ',').append(entry.text());
        }
    }

    private Json finish() {
        if (asLines) {
            return Json.of(text.toString());
        }
        return text.isEmpty() ? Json.EMPTY_ARRAY : Json.ofText(text.append(']').toString());
    }
}
