package dev.mapwright.adapters.services.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/// Modules of the SDK that a user adds.
class PluginsTest {
    @TempDir
    Path folder;

    @Test
    void modulesAreFoundInTheJarsOfTheFolder() throws Exception {
        try (OutputStream file = Files.newOutputStream(folder.resolve("robomaker-2.35.0.jar"));
                var jar = new JarOutputStream(file)) {
            jar.putNextEntry(new ZipEntry("software/amazon/awssdk/services/robomaker/"));
        }
        var modules = new SdkModules(Plugins.in(folder));
        assertTrue(modules.has("robomaker"));
        assertTrue(modules.has("s3"), "what is bundled");
        assertFalse(modules.has("ground"));
    }

    @Test
    void whatIsMissingIsNamedWithWhatToDo() {
        var services = new SdkServices(Map.of(), Plugins.in(folder));
        assertEquals(
                "the AWS SDK's module 'ground' is not there. Put ground-2.35.0.jar"
                        + " (software.amazon.awssdk:ground:2.35.0 on Maven Central) into the plugins folder "
                        + folder + ", and start again",
                services.absence("ground", "dig"));
        assertEquals(
                "the AWS SDK's service 'glue' has no action 'dig'",
                services.absence("glue", "dig"));
        assertEquals(
                "it is not known where 'glue' is. Set service.glue to aws or to the URL of an endpoint in the configuration",
                services.absence("glue", "startJobRun"));
    }
}
