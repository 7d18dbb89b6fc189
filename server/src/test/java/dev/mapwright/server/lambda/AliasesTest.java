package dev.mapwright.server.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;
import dev.mapwright.adapters.functions.Functions;
import dev.mapwright.adapters.functions.Surroundings;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.objects.local.LocalObjectStore;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.server.http.InProcess;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Aliases that divide their calls, as the AWS SDK sees them.
class AliasesTest {
    private static final String REGION = "us-east-1";

    @TempDir
    Path folder;

    private KeyValueStore store;
    private Functions functions;
    private LambdaClient client;

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder.resolve("store"), Durability.OS);
        functions = Functions.open(
                new Surroundings(
                        new SystemWorld(),
                        new Place("aws", REGION, "123456789012"),
                        folder.resolve("functions"),
                        Map::of,
                        1),
                store,
                List.of());
        var s3 = LocalS3.open(
                store, folder.resolve("objects"), Durability.OS, InstantSource.system());
        var handler = new LambdaHandler(functions, new LocalObjectStore(s3));
        client = SdkClients.build(
                LambdaClient.builder(),
                new Address.InProcess(new InProcess(handler), REGION),
                Retrying.NONE);
        publish();
    }

    /// Two versions of a function that is never called.
    private void publish() throws Exception {
        client.createFunction(request -> request.functionName("f")
                .runtime(Runtime.PROVIDED_AL2023)
                .handler("unused")
                .role("arn:aws:iam::123456789012:role/r")
                .publish(true)
                .code(code -> code.zipFile(zip("one"))));
        client.updateFunctionCode(
                request -> request.functionName("f").publish(true).zipFile(zip("two")));
    }

    private static SdkBytes zip(String content) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bootstrap"));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException odd) {
            throw new AssertionError(odd);
        }
        return SdkBytes.fromByteArray(bytes.toByteArray());
    }

    @AfterEach
    void close() {
        client.close();
        functions.close();
        store.close();
    }

    @Test
    void theWeightsOfAnAliasAreShownChangedAndEnded() {
        client.createAlias(request -> request.functionName("f")
                .name("live")
                .functionVersion("1")
                .routingConfig(routing -> routing.additionalVersionWeights(Map.of("2", 0.25))));
        assertEquals(Map.of("2", 0.25), weights());

        client.updateAlias(
                request -> request.functionName("f").name("live").description("still divided"));
        assertEquals(Map.of("2", 0.25), weights());

        client.updateAlias(request -> request.functionName("f")
                .name("live")
                .functionVersion("2")
                .routingConfig(routing -> routing.additionalVersionWeights(Map.of())));
        assertNull(client.getAlias(request -> request.functionName("f").name("live"))
                .routingConfig());
    }

    private Map<String, Double> weights() {
        return client.getAlias(request -> request.functionName("f").name("live"))
                .routingConfig()
                .additionalVersionWeights();
    }

    @Test
    void weightsThatCannotBeAreRefused() {
        assertRefused(
                "Number of items in AdditionalVersionWeights cannot be greater than 1. Item count is 2",
                "1",
                Map.of("1", 0.5, "2", 0.5));
        assertRefused(
                "A weight in AdditionalVersionWeights must be a number from 0 to 1, not 1.5.",
                "1",
                Map.of("2", 1.5));
        assertRefused(
                "$LATEST is not supported for an alias pointing to more than 1 version",
                "$LATEST",
                Map.of("2", 0.5));
        assertThrows(ResourceNotFoundException.class, () -> create("1", Map.of("7", 0.5)));
    }

    private void assertRefused(String message, String version, Map<String, Double> weights) {
        var refused =
                assertThrows(InvalidParameterValueException.class, () -> create(version, weights));
        assertEquals(message, refused.awsErrorDetails().errorMessage());
    }

    private void create(String version, Map<String, Double> weights) {
        client.createAlias(request -> request.functionName("f")
                .name("live")
                .functionVersion(version)
                .routingConfig(routing -> routing.additionalVersionWeights(weights)));
    }
}
