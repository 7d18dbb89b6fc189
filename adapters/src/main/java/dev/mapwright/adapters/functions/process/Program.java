package dev.mapwright.adapters.functions.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// What a function's processes run.
///
/// @param version `$LATEST` or a number
/// @param runtime Lambda's name: `python3.13`
/// @param handler in the runtime's own form: `app.handler`
/// @param folder the code, unpacked
/// @param environment the function's own variables
/// @param memoryMegabytes what the function is told; nothing enforces it but the Java runtime's
///     heap
public record Program(
        String name,
        String version,
        String runtime,
        String handler,
        Path folder,
        Map<String, String> environment,
        Duration timeout,
        int memoryMegabytes) {
    String logGroup() {
        return "/aws/lambda/" + name;
    }
}
