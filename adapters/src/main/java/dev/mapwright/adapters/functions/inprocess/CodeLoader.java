package dev.mapwright.adapters.functions.inprocess;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The classes of one function: its own, and of this product's only those by which Lambda speaks
/// with functions.
final class CodeLoader extends URLClassLoader {
    private static final String SHARED = "com.amazonaws.services.lambda.runtime.";

    private CodeLoader(URL[] places) {
        super(places, ClassLoader.getPlatformClassLoader());
    }

    /// @param place a jar; or a folder with classes, with jars, and with more jars in `lib`
    static CodeLoader of(Path place) throws IOException {
        var places = new ArrayList<URL>();
        places.add(place.toUri().toURL());
        for (Path folder : List.of(place, place.resolve("lib"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.sorted().toList()) {
                        if (file.toString().endsWith(".jar")) {
                            places.add(file.toUri().toURL());
                        }
                    }
                }
            }
        }
        return new CodeLoader(places.toArray(URL[]::new));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(SHARED)) {
            try {
                return CodeLoader.class.getClassLoader().loadClass(name);
            } catch (ClassNotFoundException notOurs) {
                // The function brought it: the package is also that of Lambda's events.
            }
        }
        return super.loadClass(name, resolve);
    }

    void closeQuietly() {
        try {
            close();
        } catch (IOException left) {
            System.getLogger(CodeLoader.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot close the jars of a function", left);
        }
    }
}
