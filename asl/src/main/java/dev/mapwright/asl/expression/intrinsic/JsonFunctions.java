package dev.mapwright.asl.expression.intrinsic;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonObject;
import dev.mapwright.asl.json.JsonSyntaxException;

/// `States.JsonMerge`, `States.StringToJson`, `States.JsonToString`.
final class JsonFunctions {
    private JsonFunctions() {}

    /// Members of the second object win. Deep merging is documented as not supported.
    static Object merge(Arguments arguments) throws InvalidArgument {
        JsonObject merged = JsonObject.of(arguments.object(0));
        if (!Boolean.FALSE.equals(arguments.any(2))) {
            throw arguments.refusal(2, "false, because only shallow merging is supported,");
        }
        var builder = new JsonObject.Builder(merged.size() + arguments.object(1).size());
        merged.forEach(builder::put);
        JsonObject.of(arguments.object(1)).forEach(builder::put);
        return builder.build();
    }

    /// A blank text is null.
    static Object fromString(Arguments arguments) throws InvalidArgument {
        String text = arguments.text(0);
        if (text.isBlank()) {
            return null;
        }
        try {
            return Json.parse(text).value();
        } catch (JsonSyntaxException e) {
            throw new InvalidArgument("Argument 1 is not JSON: " + e.problem());
        }
    }

    static Object asString(Arguments arguments) {
        return Json.of(arguments.any(0)).text();
    }
}
