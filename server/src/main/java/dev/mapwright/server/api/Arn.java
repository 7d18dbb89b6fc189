package dev.mapwright.server.api;

import dev.mapwright.engine.execution.Refused;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Step Functions ARN taken apart: `arn:aws:states:us-east-1:123456789012:TYPE:NAME…`.
///
/// @param text the whole
/// @param type `stateMachine`, `execution`, `express`, `mapRun` or `activity`
/// @param name of the state machine, without label
/// @param label of the Map state, where it is about its children
/// @param rest what follows the name: a version, an alias, an execution's name
record Arn(String text, String type, String name, Optional<String> label, Optional<String> rest) {
    private static final Pattern FORM = Pattern.compile(
            "arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:([A-Za-z]+):([^:/]+)(?:/([^:]+))?(?::(.+))?");

    private static final String MACHINE = "stateMachine";
    private static final String STANDARD = "execution";
    private static final String EXPRESS = "express";
    private static final String MAP_RUN = "mapRun";
    private static final String ACTIVITY = "activity";

    static Arn ofMachine(String text) throws Refused {
        return parse(text).only(MACHINE);
    }

    /// A machine's own ARN: no label, which is its children's.
    static Arn ofUnlabelledMachine(String text) throws Refused {
        Arn arn = ofMachine(text);
        if (arn.label().isPresent()) {
            throw new Refused(
                    "ValidationException",
                    "This operation does not take an ARN with a Map state's label: '%s'"
                            .formatted(text),
                    Optional.of("API_DOES_NOT_SUPPORT_LABELED_ARNS"));
        }
        return arn;
    }

    /// A version's or an alias's.
    static Arn ofQualifiedMachine(String text) throws Refused {
        Arn arn = ofUnlabelledMachine(text);
        if (arn.rest().isEmpty()) {
            throw invalid("Resource type not valid in this context: " + MACHINE);
        }
        return arn;
    }

    /// Something that can have tags, as far as its form shows.
    static Arn ofResource(String text) throws Refused {
        Arn arn = parse(text);
        return arn.type().equals(ACTIVITY) ? arn : arn.only(MACHINE);
    }

    static Arn ofMapRun(String text) throws Refused {
        return parse(text).only(MAP_RUN);
    }

    static Arn ofActivity(String text) throws Refused {
        return parse(text).only(ACTIVITY);
    }

    /// A STANDARD execution's; or the EXPRESS one of a map run's child, which the caller still has
    /// to find among the children.
    static Arn ofExecution(String text) throws Refused {
        Arn arn = parse(text);
        return arn.type().equals(EXPRESS) && arn.label().isPresent() ? arn : arn.only(STANDARD);
    }

    static Arn ofStandardExecution(String text) throws Refused {
        return parse(text).only(STANDARD);
    }

    /// Without version or alias.
    String unqualified() {
        return rest.map(suffix -> text.substring(0, text.length() - suffix.length() - 1))
                .orElse(text);
    }

    /// The machine's whose Map state has the label.
    String unlabelled() {
        return label.map(suffix -> text.substring(0, text.indexOf('/'))).orElse(text);
    }

    private static Arn parse(String text) throws Refused {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw invalid("Invalid ARN prefix: " + text);
        }
        return new Arn(
                text,
                form.group(1),
                form.group(2),
                Optional.ofNullable(form.group(3)),
                Optional.ofNullable(form.group(4)));
    }

    private Arn only(String wanted) throws Refused {
        if (!type.equals(wanted)) {
            throw invalid("Resource type not valid in this context: " + type);
        }
        return this;
    }

    private static Refused invalid(String why) {
        return new Refused("InvalidArn", "Invalid Arn: '%s'".formatted(why));
    }
}
