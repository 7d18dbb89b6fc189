package dev.mapwright.adapters.functions;

import dev.mapwright.adapters.functions.invocation.FunctionRefused;
import dev.mapwright.adapters.functions.invocation.FunctionRefused.Code;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A function as callers name it: by name, by partial ARN (`123456789012:function:NAME`) or by ARN,
/// each with or without a qualifier.
///
/// @param account absent where only the name was given
/// @param qualifier a version or an alias
public record FunctionName(Optional<String> account, String name, Optional<String> qualifier) {
    private static final String NAME = "([a-zA-Z0-9-_]+)";
    private static final String QUALIFIER = "(?::(\\$LATEST|[a-zA-Z0-9-_]+))?";
    private static final Pattern FORM = Pattern.compile(
            "(?:arn:[^:]+:lambda:[^:]+:(\\d{12}):function:|(\\d{12}):function:|function:)?"
                    + NAME
                    + QUALIFIER);
    private static final int NAME_CHARS_MAX = 64;

    /// As Lambda prints it in its refusals.
    private static final String PATTERN_SHOWN =
            "(arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)"
                    + "(:(\\$LATEST|[a-zA-Z0-9-_]+))?";

    /// @param qualifier given beside the name
    public static FunctionName of(String text, Optional<String> qualifier) throws FunctionRefused {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || form.group(3).length() > NAME_CHARS_MAX) {
            throw new FunctionRefused(
                    Code.VALIDATION,
                    ("1 validation error detected: Value '%s' at 'functionName' failed to satisfy constraint: "
                                    + "Member must satisfy regular expression pattern: %s")
                            .formatted(text, PATTERN_SHOWN));
        }
        Optional<String> own = Optional.ofNullable(form.group(4));
        if (own.isPresent() && qualifier.isPresent() && !own.equals(qualifier)) {
            throw FunctionRefused.invalid(
                    "The derived qualifier from the function name does not match the specified qualifier.");
        }
        return new FunctionName(
                Optional.ofNullable(form.group(1)).or(() -> Optional.ofNullable(form.group(2))),
                form.group(3),
                own.or(() -> qualifier));
    }
}
