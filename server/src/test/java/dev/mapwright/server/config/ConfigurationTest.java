package dev.mapwright.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

class ConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void prefersTheCommandLineToTheFileToTheDefault() throws Exception {
        Path file = folder.resolve("mapwright.properties");
        Files.writeString(file, "port = 1234\nregion = eu-west-1\n");
        var read = Configuration.read(Optional.of(file), Map.of(Setting.PORT, "4321"));
        assertEquals(4321, read.port());
        assertEquals("eu-west-1", read.region());
        assertEquals("127.0.0.1", read.host());
        assertEquals("port = 4321 (command line)", read.sources().get(1));
        assertEquals("region = eu-west-1 (" + file + ")", read.sources().get(4));
        assertEquals("host = 127.0.0.1 (default)", read.sources().get(0));
    }

    @Test
    void refusesASettingThatItDoesNotKnow() throws Exception {
        Path file = folder.resolve("mapwright.properties");
        Files.writeString(file, "prot = 1234\n");
        var refused = assertThrows(
                InvalidConfiguration.class, () -> Configuration.read(Optional.of(file), Map.of()));
        assertEquals(
                file + ": there is no setting 'prot'."
                        + " There are: host, port, data, durability, region, account, s3, dynamodb.",
                refused.getMessage());
    }

    @Test
    void refusesAPortThatCannotBe() {
        var refused = assertThrows(
                InvalidConfiguration.class,
                () -> Configuration.read(Optional.empty(), Map.of(Setting.PORT, "65536")));
        assertEquals(
                "The setting port is '65536' (command line), but has to be a number from 0 to 65535.",
                refused.getMessage());
    }

    @Test
    void pointsBuiltInServicesElsewhere() throws Exception {
        var read = Configuration.read(
                Optional.empty(),
                Map.of(Setting.S3, "http://127.0.0.1:9000", Setting.DYNAMODB, "aws"));
        assertEquals(new ServicePlace.Endpoint(URI.create("http://127.0.0.1:9000")), read.s3());
        assertEquals(new ServicePlace.Aws(), read.dynamoDb());
        assertEquals(
                new ServicePlace.BuiltIn(),
                Configuration.read(Optional.empty(), Map.of()).s3());
    }

    @Test
    void refusesAPlaceThatIsNone() {
        var refused = assertThrows(
                InvalidConfiguration.class,
                () -> Configuration.read(Optional.empty(), Map.of(Setting.S3, "minio:9000")));
        assertEquals(
                "The setting s3 is 'minio:9000' (command line), but has to be built-in, aws, or the URL of an"
                        + " endpoint like http://127.0.0.1:9000.",
                refused.getMessage());
    }
}
