package dev.mapwright.scenarios;

import dev.mapwright.scenarios.Scenario.Unavailable;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The functions of scenarios: Python with nothing but its standard library, created from a zip
/// file through Lambda's API as anybody would.
record Functions(LambdaClient lambda, Calls calls) {
    private static final String ROLE = "arn:aws:iam::123456789012:role/mapwright-scenario";
    private static final int TIMEOUT_SECONDS = 300;

    /// What each function finds beside its own module, and what calls its handler.
    private static final List<String> BESIDE = List.of("services.py", "calls.py");

    static Functions of(Stage stage) throws Unavailable, IOException {
        boolean found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
        if (!found) {
            throw new Unavailable("needs Python 3 for its functions. Install the package python3.");
        }
        Path calls = Files.createDirectories(stage.folder().resolve("calls"));
        return new Functions(stage.client(LambdaClient.builder()), new Calls(calls));
    }

    /// @param module the name of a Python file among the resources, without its ending
    /// @param handler a function in it
    void create(String name, String module, String handler, Map<String, String> environment)
            throws IOException {
        byte[] zip = zip(module + ".py");
        var variables = new HashMap<String, String>(environment);
        variables.put("HANDLER", module + "." + handler);
        variables.put("CALLS", calls.folder().toString());
        lambda.createFunction(request -> request.functionName(name)
                .runtime("python3.13")
                .handler("calls.handler")
                .role(ROLE)
                .timeout(TIMEOUT_SECONDS)
                .memorySize(256)
                .environment(all -> all.variables(variables))
                .code(code -> code.zipFile(SdkBytes.fromByteArray(zip))));
    }

    /// A function in Java.
    ///
    /// @param type whose whole package goes into the zip file
    /// @param libraries classes whose jars do
    void createJava(String name, Class<?> type, String method, List<Class<?>> libraries)
            throws IOException {
        byte[] zip = javaZip(type, libraries);
        lambda.createFunction(request -> request.functionName(name)
                .runtime("java25")
                .handler(type.getName() + "::" + method)
                .role(ROLE)
                .timeout(TIMEOUT_SECONDS)
                .memorySize(512)
                .code(code -> code.zipFile(SdkBytes.fromByteArray(zip))));
    }

    /// Checks that a function's calls never overlapped more than they may.
    void overlapAtMost(String name, int allowed, Report report) throws IOException {
        int overlap = calls.overlap(name);
        report.holds(
                "calls of %s at once, %d of which are allowed".formatted(name, allowed),
                overlap <= allowed,
                overlap);
    }

    private static byte[] javaZip(Class<?> type, List<Class<?>> libraries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        String folder = type.getPackageName().replace('.', '/');
        try (var zip = new ZipOutputStream(bytes);
                Stream<Path> classes = Files.list(place(type).resolve(folder))) {
            for (Path file :
                    classes.filter(each -> each.toString().endsWith(".class")).toList()) {
                add(zip, folder + "/" + file.getFileName(), file);
            }
            for (Class<?> library : libraries) {
                Path jar = place(library);
                add(zip, "lib/" + jar.getFileName(), jar);
            }
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
    }

    /// The folder or the jar that a class was loaded from.
    private static Path place(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static byte[] zip(String module) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var files = new ArrayList<String>(BESIDE);
        files.add(module);
        try (var zip = new ZipOutputStream(bytes)) {
            for (String file : files) {
                zip.putNextEntry(new ZipEntry(file));
                zip.write(Stage.resource("functions/" + file).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
