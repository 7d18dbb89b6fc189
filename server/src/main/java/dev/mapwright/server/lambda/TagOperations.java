package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.FunctionAdministration;
import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Members;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Tags of functions.
final class TagOperations {
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final String TAGS = "Tags";
    private static final String KEY_PARAMETER = "tagKeys=";

    private final FunctionAdministration functions;

    TagOperations(FunctionAdministration functions) {
        this.functions = functions;
    }

    Answer list(Call call) throws FunctionRefused {
        return Answer.ok(new Members()
                .with(TAGS, functions.find(call.function()).function().tags()));
    }

    Answer tag(Call call) throws FunctionRefused, Refused, IOException, InterruptedException {
        Map<String, String> added =
                SettingsReader.texts(call.body(BODY_BYTES_MAX).members(), TAGS);
        functions.changeTags(call.function(), tags -> {
            var all = new LinkedHashMap<>(tags);
            all.putAll(added);
            return all;
        });
        return Answer.empty();
    }

    /// The query repeats its parameter for each key.
    Answer untag(Call call) throws FunctionRefused, InterruptedException {
        List<String> keys = Stream.of(call.request().rawQuery().split("&"))
                .filter(pair -> pair.startsWith(KEY_PARAMETER))
                .map(pair -> Call.decoded(pair.substring(KEY_PARAMETER.length())))
                .toList();
        functions.changeTags(call.function(), tags -> {
            var left = new LinkedHashMap<>(tags);
            left.keySet().removeAll(keys);
            return left;
        });
        return Answer.empty();
    }
}
