package dev.mapwright.adapters.functions.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Lambda's own client of the Runtime API for Java, which lies on this process's class path and is
/// never loaded here.
final class JavaClient {
    static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /// A class of each of its jars.
    private static final List<String> CLASSES = List.of(
            MAIN,
            "com.amazonaws.services.lambda.runtime.RequestHandler",
            "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
            "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

    private static final String LIBRARY_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private JavaClient() {}

    /// Puts the client's native part into the folder, and returns the options with which it is
    /// loaded from there. By itself the client writes it to one file of the whole machine whenever
    /// a process starts, and breaks off the processes that are just reading that file.
    static List<String> libraryOptions(Path folder) throws IOException {
        String name = "libaws-lambda-jni.%s.so".formatted(platform());
        try (InputStream library = JavaClient.class.getResourceAsStream("/jni/" + name)) {
            if (library == null) {
                return List.of();
            }
            Path file = folder.resolve(name).toAbsolutePath();
            Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
            return List.of("-D" + LIBRARY_PROPERTY + "=" + file);
        }
    }

    /// As the client's makers call it: `linux-x86_64`, `linux_musl-aarch_64`.
    private static String platform() {
        String processor = System.getProperty("os.arch");
        boolean isMusl = Files.exists(
                Path.of("/lib", "ld-musl-" + processor.replace("amd64", "x86_64") + ".so.1"));
        return (isMusl ? "linux_musl-" : "linux-")
                + switch (processor) {
                    case "amd64" -> "x86_64";
                    case "aarch64" -> "aarch_64";
                    default -> processor;
                };
    }

    /// The client's jars, then the function's code and the libraries that it brought.
    static String classPath(Path code) throws IOException {
        var all = new ArrayList<String>();
        for (String name : CLASSES) {
            all.add(place(name).toString());
        }
        all.add(code.toString());
        all.addAll(jars(code));
        all.addAll(jars(code.resolve("lib")));
        return String.join(File.pathSeparator, all);
    }

    private static List<String> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private static Path place(String className) throws IOException {
        URL url = JavaClient.class
                .getClassLoader()
                .getResource(className.replace('.', '/') + ".class");
        if (url == null || !(url.openConnection() instanceof JarURLConnection jar)) {
            throw new IOException("expected the Lambda runtime client's %s in a jar, found it at %s"
                    .formatted(className, url));
        }
        try {
            return Path.of(new URI(jar.getJarFileURL().toString()));
        } catch (URISyntaxException odd) {
            throw new IOException("expected the path of a jar, found " + url, odd);
        }
    }
}
