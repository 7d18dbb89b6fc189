package dev.mapwright.adapters.functions.invocation;

/// The last lines of an invocation's log, asked for only where somebody wants to see them.
@FunctionalInterface
public interface LogTail {
    LogTail NONE = () -> "";

    /// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
    int BYTES_MAX = 4 * 1024;

    /// At most [#BYTES_MAX] bytes of UTF-8.
    String text();
}
