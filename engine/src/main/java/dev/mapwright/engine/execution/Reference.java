package dev.mapwright.engine.execution;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A state machine's ARN, and what may follow its name there: the number of a version, or the name
/// of an alias, which is never a number.
///
/// @param text the whole
/// @param machineArn without what follows the name
record Reference(String text, String machineArn, Optional<String> qualifier) {
    private static final Pattern FORM = Pattern.compile("((?:[^:]*:){6}[^:]*)(?::(.+))?");

    /// A number has at most nine digits here: a machine never had more versions.
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

    static Reference of(String arn) {
        Matcher form = FORM.matcher(arn);
        return form.matches()
                ? new Reference(arn, form.group(1), Optional.ofNullable(form.group(2)))
                : new Reference(arn, arn, Optional.empty());
    }

    Optional<Integer> versionNumber() {
        return qualifier.filter(text -> NUMBER.matcher(text).matches()).map(Integer::valueOf);
    }
}
