package dev.mapwright.adapters.events;

import dev.mapwright.asl.json.Json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a target gets of an event: all of it, a part, a constant, or a template filled in.
/// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
record TargetInput(Map<String, Object> event, String ruleName, String ruleArn) {
    private static final Pattern VARIABLE = Pattern.compile("<([A-Za-z0-9_.-]+)>");
    private static final Pattern STEP =
            Pattern.compile("\\.([^.\\[\\]]+)|\\[(\\d+)\\]|\\['([^']+)'\\]");

    String of(Map<String, Object> target) {
        if (target.get("Input") instanceof String constant) {
            return constant;
        }
        if (target.get("InputPath") instanceof String path) {
            return Json.of(at(path).orElse(null)).text();
        }
        if (target.get("InputTransformer") instanceof Map<?, ?> transformer) {
            return filled(transformer);
        }
        return Json.of(event).text();
    }

    private String filled(Map<?, ?> transformer) {
        var variables = new HashMap<String, Object>();
        variables.put("aws.events.rule-name", ruleName);
        variables.put("aws.events.rule-arn", ruleArn);
        variables.put("aws.events.event.ingestion-time", event.get("time"));
        variables.put("aws.events.event.json", event);
        var withoutDetail = new HashMap<>(event);
        withoutDetail.remove("detail");
        variables.put("aws.events.event", withoutDetail);
        if (transformer.get("InputPathsMap") instanceof Map<?, ?> paths) {
            paths.forEach((name, path) ->
                    variables.put((String) name, at((String) path).orElse(null)));
        }
        return filled(String.valueOf(transformer.get("InputTemplate")), variables);
    }

    /// Inside quotes a variable is its text, elsewhere its JSON.
    private static String filled(String template, Map<String, Object> variables) {
        var filled = new StringBuilder();
        Matcher variable = VARIABLE.matcher(template);
        boolean quoted = false;
        int position = 0;
        while (variable.find()) {
            String before = template.substring(position, variable.start());
            quoted ^= hasOddQuotes(before);
            filled.append(before);
            String name = variable.group(1);
            if (variables.containsKey(name)) {
                Object value = variables.get(name);
                filled.append(quoted ? inQuotes(value) : Json.of(value).text());
            } else {
                filled.append(variable.group());
            }
            position = variable.end();
        }
        return filled.append(template.substring(position)).toString();
    }

    private static boolean hasOddQuotes(String text) {
        boolean odd = false;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                odd = !odd;
            }
        }
        return odd;
    }

    private static String inQuotes(Object value) {
        String text =
                switch (value) {
                    case null -> "";
                    case String plain -> plain;
                    case Object other -> Json.of(other).text();
                };
        String quoted = Json.of(text).text();
        return quoted.substring(1, quoted.length() - 1);
    }

    /// The value at `$.detail.items[0].name`.
    private Optional<Object> at(String path) {
        Object value = event;
        Matcher step = STEP.matcher(path);
        int position = 1;
        while (position < path.length()) {
            if (!step.find(position) || step.start() != position) {
                return Optional.empty();
            }
            String name = Optional.ofNullable(step.group(1))
                    .or(() -> Optional.ofNullable(step.group(3)))
                    .orElse("");
            value = next(value, name, step.group(2));
            position = step.end();
        }
        return Optional.ofNullable(value);
    }

    private static Object next(Object value, String name, String index) {
        return switch (value) {
            case Map<?, ?> object when index == null -> object.get(name);
            case List<?> list
            when index != null && Integer.parseInt(index) < list.size() ->
                list.get(Integer.parseInt(index));
            case null, default -> null;
        };
    }

    /// Whether a path is one that can be followed.
    static boolean isPath(String path) {
        return path.startsWith("$")
                && path.substring(1).replaceAll(STEP.pattern(), "").isEmpty();
    }
}
