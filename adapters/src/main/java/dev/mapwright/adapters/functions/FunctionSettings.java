package dev.mapwright.adapters.functions;

import java.util.Map;

/// What a caller says of a function beside its code.
///
/// @param runtime Lambda's name for it; empty where the code needs none
/// @param others members of the API's requests and answers that are shown as they were given, and
///     do nothing
public record FunctionSettings(
        String runtime,
        String handler,
        String role,
        String description,
        int timeoutSeconds,
        int memoryMegabytes,
        Map<String, String> environment,
        Map<String, Object> others) {
    /// https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
    public static final int TIMEOUT_SECONDS_MAX = 900;

    public static final int TIMEOUT_SECONDS_DEFAULT = 3;
    public static final int MEMORY_MEGABYTES_MIN = 128;
    public static final int MEMORY_MEGABYTES_MAX = 10_240;

    FunctionSettings withDescription(String changed) {
        return new FunctionSettings(
                runtime,
                handler,
                role,
                changed,
                timeoutSeconds,
                memoryMegabytes,
                environment,
                others);
    }
}
