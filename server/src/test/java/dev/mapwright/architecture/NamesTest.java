package dev.mapwright.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the documents name exists.
class NamesTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*");
    private static final Pattern PACKAGE =
            Pattern.compile("(?:asl|engine|adapters|server|testkit)(?:\\.[a-z0-9]+)+");
    private static final Pattern PATH = Pattern.compile("[\\w.-]+(?:/[\\w.-]+)*/?");

    @Test
    void everyNameInTheArchitectureExists() throws IOException {
        String text = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        Set<String> types = types();
        List<String> missing = CODE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !exists(name, types))
                .distinct()
                .toList();
        assertEquals(List.of(), missing);
    }

    private static boolean exists(String name, Set<String> types) {
        if (PACKAGE.matcher(name).matches()) {
            String module = name.substring(0, name.indexOf('.'));
            String folder = name.replace('.', '/');
            return Files.isDirectory(
                    ROOT.resolve(module + "/src/main/java/dev/mapwright/" + folder));
        }
        if (TYPE.matcher(name).matches()) {
            return types.contains(name);
        }
        if (PATH.matcher(name).matches() && (name.contains("/") || name.contains("."))) {
            return Files.exists(ROOT.resolve(name));
        }
        return true;
    }

    private static Set<String> types() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.map(Path::toString)
                    .filter(path -> path.endsWith(".java") && !path.contains("/target/"))
                    .map(path -> path.substring(path.lastIndexOf('/') + 1, path.length() - 5))
                    .collect(Collectors.toSet());
        }
    }
}
