package dev.mapwright.server.secretsmanager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.parameters.Secrets;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.server.clients.OneService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Secrets as the Java SDK sees them.
class SecretsClientsTest {
    private static final String FIRST = "11111111-1111-1111-1111-111111111111";
    private static final String SECOND = "22222222-2222-2222-2222-222222222222";
    private static final String THIRD = "33333333-3333-3333-3333-333333333333";

    @TempDir
    Path folder;

    private OneService<SecretsManagerClient> service;
    private SecretsManagerClient client;

    @BeforeEach
    void open() throws Exception {
        var world = new SystemWorld();
        service = OneService.open(
                folder,
                SecretsManagerClient.builder(),
                store -> SecretsApi.handler(
                        new Secrets(store, Map.of("fixed", "set"), world),
                        OneService.PLACE,
                        world));
        client = service.client();
    }

    @AfterEach
    void close() throws Exception {
        service.close();
    }

    private void create(String token, String text) {
        client.createSecret(
                request -> request.name("db").clientRequestToken(token).secretString(text));
    }

    private void put(String token, String text) {
        client.putSecretValue(
                request -> request.secretId("db").clientRequestToken(token).secretString(text));
    }

    private String at(String stage) {
        return client.getSecretValue(request -> request.secretId("db").versionStage(stage))
                .secretString();
    }

    @Test
    void aSecretMayGetItsValueLater() {
        client.createSecret(request -> request.name("db").description("of the shop"));
        assertThrows(ResourceNotFoundException.class, () -> at("AWSCURRENT"));

        put(FIRST, "one");

        assertEquals("one", at("AWSCURRENT"));
        assertEquals(
                "of the shop",
                client.describeSecret(request -> request.secretId("db")).description());
    }

    @Test
    void aRequestThatComesAgainMakesNoSecondVersion() {
        create(FIRST, "one");
        create(FIRST, "one");
        put(SECOND, "two");
        put(SECOND, "two");

        assertEquals(
                Map.of(FIRST, List.of("AWSPREVIOUS"), SECOND, List.of("AWSCURRENT")),
                client.describeSecret(request -> request.secretId("db")).versionIdsToStages());
    }

    @Test
    void aTokenStandsForOneValue() {
        create(FIRST, "one");

        assertThrows(ResourceExistsException.class, () -> put(FIRST, "two"));
        assertThrows(ResourceExistsException.class, () -> create(SECOND, "one"));
        assertEquals("one", at("AWSCURRENT"));
    }

    @Test
    void theValueBeforeIsThePreviousOne() {
        create(FIRST, "one");
        put(SECOND, "two");
        client.updateSecret(
                request -> request.secretId("db").clientRequestToken(THIRD).secretString("three"));

        assertEquals("three", at("AWSCURRENT"));
        assertEquals("two", at("AWSPREVIOUS"));
        assertEquals(
                "one",
                client.getSecretValue(request -> request.secretId("db").versionId(FIRST))
                        .secretString());
    }

    @Test
    void aStageMovesFromVersionToVersion() {
        create(FIRST, "one");
        client.putSecretValue(request -> request.secretId("db")
                .clientRequestToken(SECOND)
                .secretString("two")
                .versionStages("AWSPENDING"));
        assertEquals("one", at("AWSCURRENT"));

        assertThrows(
                InvalidParameterException.class,
                () -> client.updateSecretVersionStage(request ->
                        request.secretId("db").versionStage("AWSCURRENT").moveToVersionId(SECOND)));
        client.updateSecretVersionStage(request -> request.secretId("db")
                .versionStage("AWSCURRENT")
                .removeFromVersionId(FIRST)
                .moveToVersionId(SECOND));

        assertEquals("two", at("AWSCURRENT"));
        assertEquals("one", at("AWSPREVIOUS"));
    }

    @Test
    void onlyTheLastVersionsWithoutAStageAreKept() {
        create(FIRST, "first");
        for (int i = 0; i < 20; i++) {
            put("00000000-0000-0000-0000-0000000000%02d".formatted(i), "later");
        }

        assertEquals(
                12,
                client.listSecretVersionIds(
                                request -> request.secretId("db").includeDeprecated(true))
                        .versions()
                        .size());
    }

    @Test
    void tagsStayUntilTheSecretIsDeleted() {
        Tag team = Tag.builder().key("team").value("shop").build();
        Tag stage = Tag.builder().key("stage").value("test").build();
        client.createSecret(request -> request.name("db").tags(team));
        client.tagResource(request -> request.secretId("db").tags(stage));
        assertEquals(
                List.of(stage, team),
                client.describeSecret(request -> request.secretId("db")).tags());
        client.untagResource(request -> request.secretId("db").tagKeys("team"));
        assertEquals(
                List.of(stage),
                client.describeSecret(request -> request.secretId("db")).tags());

        client.deleteSecret(request -> request.secretId("db"));
        client.createSecret(request -> request.name("db"));

        assertEquals(
                List.of(),
                client.describeSecret(request -> request.secretId("db")).tags());
    }

    @Test
    void whatTheConfigurationSetsIsNotChanged() {
        InvalidRequestException refused = assertThrows(
                InvalidRequestException.class,
                () -> client.putSecretValue(
                        request -> request.secretId("fixed").secretString("other")));
        assertEquals(
                "The secret fixed is set in the configuration file; change it there",
                refused.awsErrorDetails().errorMessage());
    }
}
