package dev.mapwright.server.ssm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.parameters.Values;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.server.clients.OneService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InvalidFilterOptionException;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;
import software.amazon.awssdk.services.ssm.model.ParameterPatternMismatchException;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Parameters as the Java SDK sees them.
class ParameterClientsTest {
    private static final Tag TEAM = Tag.builder().key("team").value("shop").build();

    @TempDir
    Path folder;

    private OneService<SsmClient> service;
    private SsmClient client;

    @BeforeEach
    void open() throws Exception {
        service = OneService.open(
                folder,
                SsmClient.builder(),
                store -> SsmApi.handler(
                        new Values(store, Map.of(), new SystemWorld()), OneService.PLACE));
        client = service.client();
    }

    @AfterEach
    void close() throws Exception {
        service.close();
    }

    private void put(String name) {
        client.putParameter(request -> request.name(name).value("x").type(ParameterType.STRING));
    }

    private List<String> described(String key, String option, String value) {
        return client
                .describeParametersPaginator(request -> request.maxResults(1)
                        .parameterFilters(
                                filter -> filter.key(key).option(option).values(value)))
                .stream()
                .flatMap(page -> page.parameters().stream())
                .map(ParameterMetadata::name)
                .toList();
    }

    @Test
    void parametersAreFoundByNameAndByPath() {
        List.of("/shop/db/host", "/shop/db/port", "/shop/url", "/other").forEach(this::put);

        assertEquals(List.of("/shop/url"), described("Name", "Equals", "/shop/url"));
        assertEquals(
                List.of("/shop/db/host", "/shop/db/port"),
                described("Name", "BeginsWith", "/shop/db"));
        assertEquals(List.of("/shop/url"), described("Path", "OneLevel", "/shop"));
        assertEquals(
                List.of("/shop/db/host", "/shop/db/port", "/shop/url"),
                described("Path", "Recursive", "/shop"));
    }

    @Test
    void aFilterThatIsNotThereIsRefusedByName() {
        InvalidFilterOptionException refused = assertThrows(
                InvalidFilterOptionException.class, () -> described("Label", "Equals", "x"));
        assertEquals(
                "The filter 'Label' with the option 'Equals' is not supported by Mapwright's parameter"
                        + " store: it has Name, Type, Path and tag:KEY",
                refused.awsErrorDetails().errorMessage());
    }

    @Test
    void whatIsSaidOfAParameterIsShown() {
        client.putParameter(request -> request.name("key")
                .value("42")
                .type(ParameterType.SECURE_STRING)
                .description("the answer")
                .keyId("alias/aws/ssm")
                .allowedPattern("^\\d+$")
                .tier(ParameterTier.INTELLIGENT_TIERING)
                .tags(TEAM));

        ParameterMetadata shown = client.describeParameters().parameters().getFirst();
        assertEquals("the answer", shown.description());
        assertEquals("alias/aws/ssm", shown.keyId());
        assertEquals("^\\d+$", shown.allowedPattern());
        assertEquals(ParameterTier.INTELLIGENT_TIERING, shown.tier());
        assertEquals(List.of("key"), described("tag:team", "Equals", "shop"));
    }

    @Test
    void aValueHasToMatchItsPattern() {
        assertThrows(
                ParameterPatternMismatchException.class,
                () -> client.putParameter(request -> request.name("key")
                        .value("none")
                        .type(ParameterType.STRING)
                        .allowedPattern("^\\d+$")));
    }

    @Test
    void tagsAreAddedAndRemoved() {
        put("key");
        client.addTagsToResource(request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                .resourceId("key")
                .tags(TEAM));
        assertEquals(List.of(TEAM), tags());

        client.removeTagsFromResource(
                request -> request.resourceType(ResourceTypeForTagging.PARAMETER)
                        .resourceId("key")
                        .tagKeys("team"));
        assertEquals(List.of(), tags());
    }

    private List<Tag> tags() {
        return client.listTagsForResource(request ->
                        request.resourceType(ResourceTypeForTagging.PARAMETER).resourceId("key"))
                .tagList();
    }
}
