package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.WriterSpec;
import dev.mapwright.asl.definition.WriterSpec.OutputType;
import dev.mapwright.asl.definition.WriterSpec.Transformation;
import dev.mapwright.asl.expression.Expression;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A ResultWriter: `WriterConfig` alone, `Resource` with its request, or all three.
final class WriterParser {
    private static final Pattern RESOURCE = Pattern.compile("arn:[^:]+:states:::s3:putObject");
    static final Set<String> FIELDS =
            Set.of("Resource", "WriterConfig", "Parameters", "Arguments", "Comment");
    static final Set<String> CONFIG_FIELDS = Set.of("Transformation", "OutputType", "Comment");

    private WriterParser() {}

    static WriterSpec writer(Node writer, Language language) {
        writer.allow(FIELDS, language);
        String request = language == Language.JSONATA ? "Arguments" : "Parameters";
        if (writer.has("Resource") || writer.has(request)) {
            writer.require(List.of("Resource", request));
            checkRequest(writer, request, language);
        } else if (!writer.has("WriterConfig")) {
            writer.error("Value cannot be empty");
        }
        Optional<Node> config = writer.object("WriterConfig");
        config.ifPresent(node -> node.allow(CONFIG_FIELDS, language));
        Optional<Expression> arguments = language.request(writer);
        return new WriterSpec(
                arguments,
                config.flatMap(node -> node.oneOf("Transformation", names(Transformation.values())))
                        .map(Transformation::valueOf),
                config.flatMap(node -> node.oneOf("OutputType", names(OutputType.values())))
                        .map(OutputType::valueOf)
                        .orElse(OutputType.JSON));
    }

    private static void checkRequest(Node writer, String request, Language language) {
        writer.text("Resource")
                .filter(arn -> !RESOURCE.matcher(arn).matches())
                .ifPresent(_ -> writer.errorAt(
                        "Resource",
                        "The field 'Resource' does not match any of the allowed "
                                + "values. Examples: [arn:<partition>:states:::s3:putObject]"));
        language.requestFields(writer)
                .filter(names -> !names.contains("Bucket"))
                .ifPresent(_ ->
                        writer.errorAt(request, "The field 'Bucket' is required but was missing"));
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }
}
