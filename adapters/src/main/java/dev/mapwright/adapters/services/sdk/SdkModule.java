package dev.mapwright.adapters.services.sdk;

import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// The SDK's module for one service, found by the name of its package. Keeps
/// the actions and structures that were asked for, at most as many as the service has.
final class SdkModule {
    private static final String PACKAGE = "software/amazon/awssdk/services/";
    private static final String SUFFIX = "Client";

    private final Class<?> client;
    private final Shapes shapes = new Shapes();
    private final Forms forms;
    private final Map<String, SdkAction> actions = new ConcurrentHashMap<>();

    private SdkModule(String service, Class<?> client) {
        this.client = client;
        this.forms = new Forms(shapes, Limits.of(service));
    }

    /// Whether there is such a module at all, without looking into it.
    static boolean isThere(String service, ClassLoader loader) {
        return place(service, loader).isPresent();
    }

    static SdkModule of(String service, ClassLoader loader) {
        URL place = place(service, loader)
                .orElseThrow(() -> new IllegalStateException("expected a module for " + service));
        return classNames(place, folder(service))
                .filter(name -> name.endsWith(SUFFIX) && !name.endsWith("Async" + SUFFIX))
                .sorted(Comparator.comparing(String::length))
                .map(name -> load(folder(service), name, loader))
                .filter(type -> type.isInterface() && AwsClient.class.isAssignableFrom(type))
                .findFirst()
                .map(type -> new SdkModule(service, type))
                .orElseThrow(() -> new IllegalStateException("expected a client at " + place));
    }

    private static Optional<URL> place(String service, ClassLoader loader) {
        return Optional.ofNullable(loader.getResource(folder(service)));
    }

    private static String folder(String service) {
        return PACKAGE + service + "/";
    }

    /// The interface of the blocking client: `S3Client`.
    Class<?> client() {
        return client;
    }

    Shapes shapes() {
        return shapes;
    }

    Forms forms() {
        return forms;
    }

    Optional<SdkAction> action(String name) {
        SdkAction known = actions.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<SdkAction> found = SdkAction.find(this, name);
        found.ifPresent(action -> actions.put(name, action));
        return found;
    }

    /// What errors begin with: `S3`, `DynamoDb`.
    String prefix() {
        String name = client.getSimpleName();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    AwsClientBuilder<?, ?> builder() {
        try {
            return (AwsClientBuilder<?, ?>) client.getMethod("builder").invoke(null);
        } catch (ReflectiveOperationException odd) {
            throw new IllegalStateException("expected a builder of " + client.getName(), odd);
        }
    }

    /// Names of the classes that lie in a folder itself.
    private static Stream<String> classNames(URL place, String folder) {
        try {
            List<String> files = place.openConnection() instanceof JarURLConnection jar
                    ? inJar(jar.getJarFile(), folder)
                    : inFolder(Path.of(URI.create(place.toString())));
            return files.stream()
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list " + place, unreadable);
        }
    }

    private static List<String> inJar(JarFile jar, String folder) {
        return jar.stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith(folder))
                .map(name -> name.substring(folder.length()))
                .filter(name -> name.indexOf('/') < 0)
                .toList();
    }

    private static List<String> inFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Class<?> load(String folder, String name, ClassLoader loader) {
        try {
            return Class.forName(folder.replace('/', '.') + name, false, loader);
        } catch (ClassNotFoundException odd) {
            throw new IllegalStateException("expected the class " + folder + name, odd);
        }
    }
}
