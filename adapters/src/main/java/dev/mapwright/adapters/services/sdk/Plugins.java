package dev.mapwright.adapters.services.sdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A folder of further modules of the AWS SDK. What is bundled is found first, the SDK's own core
/// above all: a module must be of the SDK's version that is bundled.
public final class Plugins {
    private static final int JARS_MAX = 500;

    private final Path folder;
    private final ClassLoader loader;

    private Plugins(Path folder, ClassLoader loader) {
        this.folder = folder;
        this.loader = loader;
    }

    /// @param folder need not exist
    /// @throws IllegalArgumentException if there are more than 500 jars in it
    public static Plugins in(Path folder) {
        URL[] jars = jars(folder);
        ClassLoader bundled = Plugins.class.getClassLoader();
        return new Plugins(folder, jars.length == 0 ? bundled : new URLClassLoader(jars, bundled));
    }

    private static URL[] jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return new URL[0];
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .limit(JARS_MAX + 1L)
                    .toList();
            if (jars.size() > JARS_MAX) {
                throw new IllegalArgumentException(
                        "The plugins folder %s has more than %d jars".formatted(folder, JARS_MAX));
            }
            URL[] urls = new URL[jars.size()];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = url(jars.get(i));
            }
            return urls;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot list the plugins in " + folder, unreadable);
        }
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    ClassLoader loader() {
        return loader;
    }

    /// What to do about a module that is not there.
    String remedy(String module) {
        return "the AWS SDK's module '%1$s' is not there. Put %1$s-%2$s.jar (software.amazon.awssdk:%1$s:%2$s on Maven Central) into the plugins folder %3$s, and start again"
                .formatted(module, SdkModules.VERSION, folder);
    }
}
