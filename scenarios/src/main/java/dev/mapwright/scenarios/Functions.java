package dev.mapwright.scenarios;

import dev.mapwright.scenarios.Scenario.Unavailable;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The functions of scenarios: Python with nothing but its standard library, created from a zip
/// file through Lambda's API as anybody would.
record Functions(LambdaClient lambda) {
    private static final String ROLE = "arn:aws:iam::123456789012:role/mapwright-scenario";
    private static final int TIMEOUT_SECONDS = 300;

    /// What each function finds beside its own module.
    private static final String SERVICES = "services.py";

    static Functions of(Stage stage) throws Unavailable {
        boolean found = Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
        if (!found) {
            throw new Unavailable("needs Python 3 for its functions. Install the package python3.");
        }
        return new Functions(stage.client(LambdaClient.builder()));
    }

    /// @param module the name of a Python file among the resources, without its ending
    /// @param handler a function in it
    void create(String name, String module, String handler, Map<String, String> environment)
            throws IOException {
        byte[] zip = zip(List.of(module + ".py", SERVICES));
        lambda.createFunction(request -> request.functionName(name)
                .runtime("python3.13")
                .handler(module + "." + handler)
                .role(ROLE)
                .timeout(TIMEOUT_SECONDS)
                .memorySize(256)
                .environment(variables -> variables.variables(environment))
                .code(code -> code.zipFile(SdkBytes.fromByteArray(zip))));
    }

    private static byte[] zip(List<String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (String file : files) {
                zip.putNextEntry(new ZipEntry(file));
                zip.write(Stage.resource("functions/" + file).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
