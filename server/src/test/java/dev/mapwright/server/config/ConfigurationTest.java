package dev.mapwright.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.server.config.FunctionDeclaration.Code;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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
                        + " There are: host, port, data, durability, region, account,"
                        + " functions.processes, quotas, retention,"
                        + " athena.queries, athena.memory, plugins, function.NAME.OPTION,"
                        + " service.NAME, parameter.NAME, secret.NAME,"
                        + " dispatch.LABEL.perSecond, dispatch.LABEL.rampUpSeconds, connection.NAME.",
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
    void takesAwsQuotasUnlessToldOtherwise() throws Exception {
        assertEquals(Configuration.Quotas.AWS, read("").quotas());
        assertEquals(
                Configuration.Quotas.UNLIMITED, read("quotas = unlimited\n").quotas());
        var refused = assertThrows(InvalidConfiguration.class, () -> read("quotas = none\n"));
        assertEquals(
                "The setting quotas is 'none' (" + file() + "), but has to be aws or unlimited.",
                refused.getMessage());
    }

    @Test
    void pointsServicesElsewhere() throws Exception {
        var read = read("service.s3 = http://127.0.0.1:9000\nservice.glue = aws\n");
        assertEquals(
                new ServicePlace.Endpoint(URI.create("http://127.0.0.1:9000")),
                read.place(BuiltInService.S3));
        assertEquals(new ServicePlace.BuiltIn(), read.place(BuiltInService.DYNAMODB));
        assertEquals(new ServicePlace.Aws(), read.services().get("glue"));
        assertTrue(read.sources().contains("service.glue = aws (" + file() + ")"));
    }

    @Test
    void keepsExecutionsFor90DaysUnlessToldOtherwise() throws Exception {
        assertEquals(Optional.of(Duration.ofDays(90)), read("").retention());
        assertEquals(
                Optional.of(Duration.ofMinutes(30)), read("retention = 30m\n").retention());
        assertEquals(Optional.empty(), read("retention = forever\n").retention());
        assertEquals(
                "The setting retention is '0d' (" + file()
                        + "), but has to be a time like 90d, 12h, 30m or 45s, or forever.",
                refusal("retention = 0d\n"));
    }

    @Test
    void readsThePaceOfALabel() throws Exception {
        var read =
                read("dispatch.v1.orders.perSecond = 2.5\ndispatch.v1.orders.rampUpSeconds = 60\n"
                        + "dispatch.x.perSecond = 100\n");
        assertEquals(
                Map.of(
                        "v1.orders",
                        new DispatchRate(2.5, Duration.ofMinutes(1)),
                        "x",
                        new DispatchRate(100, Duration.ZERO)),
                read.rates());
    }

    @Test
    void refusesAPaceThatCannotBe() {
        assertEquals(
                "The setting dispatch.x.perSecond is '0' (" + file()
                        + "), but has to be a number above 0 and at most 1000000.",
                refusal("dispatch.x.perSecond = 0\n"));
        assertEquals(
                "The setting dispatch.x.rampUpSeconds (" + file()
                        + ") needs dispatch.x.perSecond beside it.",
                refusal("dispatch.x.rampUpSeconds = 3\n"));
        assertEquals(
                file() + ": there is no setting 'dispatch.x.pace'."
                        + " There are: dispatch.LABEL.perSecond, dispatch.LABEL.rampUpSeconds.",
                refusal("dispatch.x.pace = 3\n"));
    }

    private String refusal(String lines) {
        return assertThrows(InvalidConfiguration.class, () -> read(lines)).getMessage();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing.properties");
        var refused = assertThrows(
                InvalidConfiguration.class,
                () -> Configuration.read(Optional.of(missing), Map.of()));
        assertEquals("There is no configuration file %s.".formatted(missing), refused.getMessage());
    }

    @Test
    void givesAServiceARegionAndKeysOfItsOwnAndShowsNoSecret() throws Exception {
        var read = read("""
                service.glue = aws
                service.glue.region = eu-west-1
                service.glue.accessKeyId = AKIA
                service.glue.secretAccessKey = hush
                connection.crm.type = API_KEY
                connection.crm.apiKeyName = X-Key
                connection.crm.apiKeyValue = hush
                connection.crm.header.X-Tenant = hush
                connection.crm.body.tenant = hush
                """);
        assertEquals(Optional.of("eu-west-1"), read.access("glue").region());
        assertEquals("hush", read.access("glue").keys().orElseThrow().secretAccessKey());
        assertEquals("X-Key", read.connections().get("crm").parts().get("apiKeyName"));
        assertFalse(read.toString().contains("hush"), read.toString());
        assertTrue(read.sources()
                .contains("service.glue.secretAccessKey = (not shown) (" + file() + ")"));
    }

    @Test
    void refusesHalfAnAccessKeyAndPartsThatAreNone() {
        var half = assertThrows(
                InvalidConfiguration.class, () -> read("service.glue.accessKeyId = AKIA\n"));
        assertEquals(
                "An access key needs both service.glue.accessKeyId and service.glue.secretAccessKey.",
                half.getMessage());
        var odd = assertThrows(InvalidConfiguration.class, () -> read("service.glue.zone = a\n"));
        assertEquals(
                "There is no setting service.glue.zone. A service has: accessKeyId, region, secretAccessKey, sessionToken.",
                odd.getMessage());
    }

    @Test
    void refusesAPlaceThatIsNone() {
        var refused =
                assertThrows(InvalidConfiguration.class, () -> read("service.s3 = minio:9000\n"));
        assertEquals(
                "The setting service.s3 is 'minio:9000' (" + file()
                        + "), but has to be built-in, aws, or the URL of an endpoint like"
                        + " http://127.0.0.1:9000.",
                refused.getMessage());
    }

    @Test
    void refusesAsBuiltInWhatIsNot() {
        var refused =
                assertThrows(InvalidConfiguration.class, () -> read("service.glue = built-in\n"));
        assertTrue(
                refused.getMessage().startsWith("The setting service.glue is 'built-in' ("),
                refused.getMessage());
    }

    @Test
    void takesParametersAndSecretsAndShowsNoSecret() throws Exception {
        var read = read("parameter./db/host = localhost\nsecret.db-password = hush\n");
        assertEquals(Map.of("/db/host", "localhost"), read.parameters());
        assertEquals(Map.of("db-password", "hush"), read.secrets());
        assertTrue(read.sources().contains("secret.db-password = (not shown) (" + file() + ")"));
        assertTrue(read.sources().stream().noneMatch(line -> line.contains("hush")));
    }

    private Path file() {
        return folder.resolve("mapwright.properties");
    }

    private Configuration read(String lines) throws Exception {
        Files.writeString(file(), lines);
        return Configuration.read(Optional.of(file()), Map.of());
    }

    @Test
    void declaresFunctionsByTheirFolderClassOrUrl() throws Exception {
        Files.createDirectory(folder.resolve("code"));
        Path file = Files.writeString(folder.resolve("mapwright.properties"), """
                function.enrich.folder = code
                function.enrich.runtime = python3.12
                function.enrich.handler = app.handler
                function.enrich.timeout = 30
                function.enrich.env.TABLE = orders
                function.fast.class = com.example.Fast::handle
                function.there.url = aws
                function.there.concurrency = 5
                """);
        var read = Configuration.read(Optional.of(file), Map.of());
        assertEquals(
                List.of(
                        new FunctionDeclaration(
                                "enrich",
                                new Code.Processes(
                                        folder.resolve("code"),
                                        "python3.12",
                                        "app.handler",
                                        Map.of("TABLE", "orders")),
                                30,
                                128,
                                OptionalInt.empty()),
                        new FunctionDeclaration(
                                "fast",
                                new Code.JavaClass("com.example.Fast::handle", Optional.empty()),
                                3,
                                128,
                                OptionalInt.empty()),
                        new FunctionDeclaration(
                                "there",
                                new Code.Elsewhere(new ServicePlace.Aws()),
                                3,
                                128,
                                OptionalInt.of(5))),
                read.functions());
        assertTrue(
                read.sources().contains("function.enrich.env.TABLE = (not shown) (" + file + ")"),
                read.sources().toString());
    }

    @Test
    void refusesAFunctionThatLacksSomething() throws Exception {
        assertEquals(
                "FILE: the function f has no handler. It needs function.f.folder, .runtime and .handler; or .class;"
                        + " or .url.",
                functionRefusal("function.f.folder = .\nfunction.f.runtime = python3.12\n"));
        assertEquals(
                "FILE: the function f has a url and can therefore have no timeout.",
                functionRefusal("function.f.url = aws\nfunction.f.timeout = 3\n"));
        assertEquals(
                "The setting function.f.timeout is '901' (FILE), but has to be a number from 1 to 900.",
                functionRefusal("function.f.class = F\nfunction.f.timeout = 901\n"));
    }

    private String functionRefusal(String settings) throws Exception {
        Path file = Files.writeString(folder.resolve("refused.properties"), settings);
        var refused = assertThrows(
                InvalidConfiguration.class, () -> Configuration.read(Optional.of(file), Map.of()));
        return refused.getMessage().replace(file.toString(), "FILE");
    }
}
