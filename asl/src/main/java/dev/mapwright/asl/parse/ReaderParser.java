package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.ReaderSpec;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.expression.Expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An ItemReader: which dataset, and how its objects are read.
/// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
final class ReaderParser {
    private static final Pattern RESOURCE =
            Pattern.compile("arn:[^:]+:states:::s3:(getObject|listObjectsV2)");
    private static final String LIST = "listObjectsV2";

    static final Set<String> FIELDS =
            Set.of("Resource", "ReaderConfig", "Parameters", "Arguments", "Comment");
    static final Set<String> CONFIG_FIELDS = Set.of(
            "InputType",
            "Transformation",
            "ManifestType",
            "CSVDelimiter",
            "CSVHeaderLocation",
            "CSVHeaders",
            "MaxItems",
            "MaxItemsPath",
            "ItemsPointer",
            "Comment");

    /// Members of the configuration that choose the way of reading, with their values.
    private static final Map<String, List<String>> CHOICES = Map.of(
            "InputType", List.of("CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"),
            "Transformation", List.of("NONE", "LOAD_AND_FLATTEN"),
            "ManifestType", List.of("ATHENA_DATA", "S3_INVENTORY"),
            "CSVDelimiter", List.of("COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"),
            "CSVHeaderLocation", List.of("FIRST_ROW", "GIVEN"));

    /// What the objects of a listing can be read as.
    private static final List<String> FLATTENED = List.of("CSV", "JSON", "JSONL", "PARQUET");

    private static final Set<String> CSV_FIELDS =
            Set.of("CSVDelimiter", "CSVHeaderLocation", "CSVHeaders");
    private static final Set<String> NOT_SETTINGS = Set.of("MaxItems", "MaxItemsPath", "Comment");

    private ReaderParser() {}

    static ReaderSpec reader(Node reader, Language language) {
        reader.allow(FIELDS, language);
        TaskResource resource = resource(reader);
        Optional<Node> config = reader.object("ReaderConfig");
        checkRequest(reader, language);
        if (config.isEmpty()) {
            if (!resource.action().equals(LIST)) {
                reader.require(List.of("ReaderConfig"));
            }
            return new ReaderSpec(resource, request(reader, language), Map.of(), Optional.empty());
        }
        Node settings = config.get();
        settings.allow(CONFIG_FIELDS, language);
        checkSettings(settings, language, resource);
        checkVersion(reader, settings, language);
        return new ReaderSpec(
                resource,
                request(reader, language),
                settings(settings, language),
                language.number(settings, NumberField.MAX_ITEMS));
    }

    private static TaskResource resource(Node reader) {
        String arn = reader.requiredText("Resource");
        Matcher parts = RESOURCE.matcher(arn);
        if (parts.matches()) {
            return new TaskResource(
                    arn, "s3", parts.group(1), TaskResource.Pattern.REQUEST_RESPONSE);
        }
        if (!arn.isEmpty()) {
            reader.errorAt(
                    "Resource",
                    "The field 'Resource' does not match any of the allowed values. Examples: "
                            + "[arn:<partition>:states:::s3:getObject, arn:<partition>:states:::s3:listObjectsV2]");
        }
        return new TaskResource(arn, "s3", "getObject", TaskResource.Pattern.REQUEST_RESPONSE);
    }

    private static Expression request(Node reader, Language language) {
        return language.request(reader).orElse(Language.NOTHING);
    }

    private static void checkRequest(Node reader, Language language) {
        String field = language == Language.JSONATA ? "Arguments" : "Parameters";
        reader.require(List.of(field));
        Optional<Set<String>> given = language.requestFields(reader);
        List<String> required = reader.text("Resource").orElse("").endsWith(LIST)
                ? List.of("Bucket")
                : List.of("Bucket", "Key");
        given.ifPresent(names -> required.stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> reader.errorAt(
                        field, "The field '%s' is required but was missing".formatted(name))));
    }

    private static void checkSettings(Node config, Language language, TaskResource resource) {
        var chosen = new LinkedHashMap<String, String>();
        CHOICES.forEach((field, values) -> {
            Optional<String> value =
                    config.has(field) ? language.literal(config, field) : Optional.empty();
            value.ifPresent(text -> {
                chosen.put(field, text);
                config.oneOf(field, values);
            });
        });
        if (resource.action().equals(LIST)) {
            checkListing(config, chosen);
        } else {
            checkObject(config, chosen);
        }
        if (Optional.of("CSV").equals(Optional.ofNullable(chosen.get("InputType")))
                && !config.has("CSVHeaderLocation")) {
            config.error("The field 'CSVHeaderLocation' is required");
        }
        if ("GIVEN".equals(chosen.get("CSVHeaderLocation"))) {
            config.require(List.of("CSVHeaders"));
        } else if (chosen.containsKey("CSVHeaderLocation")) {
            config.refuse(Set.of("CSVHeaders"));
        }
        String inputType = chosen.get("InputType");
        if (inputType != null && !inputType.equals("CSV") && !inputType.equals("MANIFEST")) {
            config.refuse(CSV_FIELDS);
        }
        if (inputType != null && !inputType.equals("JSON")) {
            config.refuse(Set.of("ItemsPointer"));
        }
        checkShapes(config, language);
    }

    private static void checkListing(Node config, Map<String, String> chosen) {
        config.refuse(Set.of("ManifestType"));
        if ("LOAD_AND_FLATTEN".equals(chosen.get("Transformation"))) {
            config.require(List.of("InputType"));
            if ("MANIFEST".equals(chosen.get("InputType"))) {
                config.oneOf("InputType", FLATTENED);
            }
        } else if (!config.has("Transformation") || chosen.containsKey("Transformation")) {
            config.refuse(Set.of(
                    "InputType",
                    "ItemsPointer",
                    "CSVDelimiter",
                    "CSVHeaderLocation",
                    "CSVHeaders"));
        }
    }

    private static void checkObject(Node config, Map<String, String> chosen) {
        if (!"NONE".equals(chosen.get("Transformation"))) {
            config.refuse(Set.of("Transformation"));
        }
        if ("S3_INVENTORY".equals(chosen.get("ManifestType"))) {
            config.refuse(Set.of("InputType"));
            return;
        }
        config.require(List.of("InputType"));
        if ("ATHENA_DATA".equals(chosen.get("ManifestType")) && chosen.containsKey("InputType")) {
            config.oneOf("InputType", List.of("CSV", "JSONL", "PARQUET"));
        }
    }

    private static void checkShapes(Node config, Language language) {
        Object headers = config.raw("CSVHeaders");
        if (headers instanceof List<?>) {
            config.texts("CSVHeaders");
        } else if (config.has("CSVHeaders")
                && language.literal(config, "CSVHeaders").isPresent()) {
            config.errorAt("CSVHeaders", "Expected value of type Array");
        }
        if (config.has("ItemsPointer")) {
            language.literal(config, "ItemsPointer")
                    .filter(pointer -> !pointer.isEmpty() && !pointer.startsWith("/"))
                    .ifPresent(_ -> config.errorAt("ItemsPointer", "Value is not a JSON Pointer"));
        }
    }

    private static void checkVersion(Node reader, Node config, Language language) {
        boolean parquet = "PARQUET".equals(config.raw("InputType"));
        if (parquet && language.requestFields(reader).orElse(Set.of()).contains("VersionId")) {
            reader.error("Field 'VersionId' is not supported");
        }
    }

    private static Map<String, Expression> settings(Node config, Language language) {
        var settings = new LinkedHashMap<String, Expression>();
        for (String field : config.members().keySet()) {
            if (!NOT_SETTINGS.contains(field)) {
                settings.put(field, language.setting(config, field));
            }
        }
        return Map.copyOf(settings);
    }
}
