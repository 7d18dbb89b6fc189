package dev.mapwright.adapters.functions.process;

import java.util.Optional;
import java.util.regex.Pattern;

/// Families of Lambda's runtimes, each run in one way.
/// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
public enum RuntimeKind {
    PYTHON("python3\\.\\d+"),
    NODE("nodejs\\d+\\.x"),
    JAVA("java\\d+(\\.al2)?"),
    /// An executable file `bootstrap` in the code, which speaks the Runtime API itself.
    PROVIDED("provided(\\.al2(023)?)?");

    /// For messages.
    public static final String KNOWN = "python3.N, nodejsN.x, javaN, provided.*";

    private final Pattern names;

    RuntimeKind(String names) {
        this.names = Pattern.compile(names);
    }

    /// Empty for one that is not run here.
    public static Optional<RuntimeKind> of(String runtime) {
        for (RuntimeKind kind : values()) {
            if (kind.names.matcher(runtime).matches()) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
