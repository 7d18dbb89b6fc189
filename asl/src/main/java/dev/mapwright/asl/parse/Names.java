package dev.mapwright.asl.parse;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// The names that must be unique in the whole definition: of states, and of Map states' labels.
/// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
final class Names {
    static final int STATE_LENGTH_MAX = 80;
    static final int LABEL_LENGTH_MAX = 40;

    private static final Pattern NOT_IN_LABEL =
            Pattern.compile("[\\s?*<>{}\\[\\]:;,\\\\|^~$#%&\"`\\x00-\\x1F\\x7F-\\x9F]");

    private final Set<String> states = new HashSet<>();
    private final Set<String> labels = new HashSet<>();

    void state(Node states, String name) {
        if (!this.states.add(name)) {
            states.errorAt(name, "DUPLICATE_STATE_NAME", "Duplicate State name: " + name);
        }
        if (name.isEmpty()) {
            states.errorAt(name, "INVALID_STATE_NAME", "Invalid State name: the name is empty");
        }
        if (length(name) > STATE_LENGTH_MAX) {
            states.errorAt(
                    name,
                    "INVALID_STATE_NAME",
                    ("Invalid State name: State '%s' exceeds the %d-character "
                                    + "limit allowed by the service")
                            .formatted(name, STATE_LENGTH_MAX));
        }
    }

    void label(Node map, String label) {
        if (label.isEmpty()) {
            map.errorAt("Label", "INVALID_LABEL_NAME", "Invalid Label name: the label is empty");
        } else if (length(label) > LABEL_LENGTH_MAX) {
            map.errorAt(
                    "Label",
                    "INVALID_LABEL_NAME",
                    ("Invalid Label name: Label '%s' exceeds the %d-character "
                                    + "limit allowed by the service")
                            .formatted(label, LABEL_LENGTH_MAX));
        } else if (NOT_IN_LABEL.matcher(label).find()) {
            map.errorAt(
                    "Label",
                    "INVALID_LABEL_NAME",
                    "Invalid Label name: Label '%s' contains invalid characters".formatted(label));
        } else if (!labels.add(label)) {
            map.errorAt("Label", "DUPLICATE_LABEL_NAME", "Duplicate Label name: " + label);
        }
    }

    private static int length(String name) {
        return name.codePointCount(0, name.length());
    }
}
