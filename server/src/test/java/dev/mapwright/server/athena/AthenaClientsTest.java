package dev.mapwright.server.athena;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.objects.local.LocalObjectStore;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.sql.Queries;
import dev.mapwright.adapters.sql.catalog.Column;
import dev.mapwright.adapters.sql.catalog.Format;
import dev.mapwright.adapters.sql.catalog.HiveType;
import dev.mapwright.adapters.sql.catalog.Location;
import dev.mapwright.adapters.sql.catalog.Table;
import dev.mapwright.adapters.sql.catalog.TableName;
import dev.mapwright.adapters.world.SystemWorld;
import dev.mapwright.server.clients.OneService;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.Database;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.MetadataException;
import software.amazon.awssdk.services.athena.model.TableMetadata;
import software.amazon.awssdk.services.athena.model.Tag;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The catalog and workgroups as the Java SDK sees them.
class AthenaClientsTest {
    private static final String CATALOG = "AwsDataCatalog";
    private static final String ARN = "arn:aws:athena:us-east-1:123456789012:workgroup/team";
    private static final Tag TEAM = Tag.builder().key("team").value("shop").build();

    @TempDir
    Path folder;

    private Queries queries;
    private OneService<AthenaClient> service;
    private AthenaClient client;

    @BeforeEach
    void open() throws Exception {
        service = OneService.open(folder, AthenaClient.builder(), store -> {
            var s3 = LocalS3.open(
                    store, folder.resolve("objects"), Durability.OS, InstantSource.system());
            var world = new SystemWorld();
            queries = new Queries(
                    store,
                    new LocalObjectStore(s3),
                    world,
                    new Queries.Settings(folder.resolve("athena"), 1, 128));
            return AthenaApi.handler(queries, OneService.PLACE, world::now);
        });
        client = service.client();
    }

    @AfterEach
    void close() throws Exception {
        queries.close();
        service.close();
    }

    private void table(String name) throws Exception {
        queries.catalog()
                .create(new Table(
                        new TableName("shop", name),
                        List.of(new Column("id", new HiveType.Plain("bigint", "BIGINT"))),
                        List.of(new Column("day", new HiveType.Plain("string", "VARCHAR"))),
                        new Format.Parquet(),
                        Location.of("s3://data/orders/").orElseThrow()));
    }

    @Test
    void databasesAndTablesAreShownAsStatementsMadeThem() throws Exception {
        queries.catalog().create("shop");
        table("orders");
        table("returns");

        assertEquals(
                List.of("default", "shop"),
                client
                        .listDatabasesPaginator(
                                request -> request.catalogName(CATALOG).maxResults(1))
                        .databaseList()
                        .stream()
                        .map(Database::name)
                        .toList());
        assertEquals(
                List.of("orders", "returns"),
                client
                        .listTableMetadataPaginator(request -> request.catalogName(CATALOG)
                                .databaseName("shop")
                                .maxResults(1))
                        .tableMetadataList()
                        .stream()
                        .map(TableMetadata::name)
                        .toList());
        TableMetadata orders = client.getTableMetadata(request ->
                        request.catalogName(CATALOG).databaseName("shop").tableName("orders"))
                .tableMetadata();
        assertEquals("bigint", orders.columns().getFirst().type());
        assertEquals("day", orders.partitionKeys().getFirst().name());
        assertEquals(Map.of("location", "s3://data/orders/"), orders.parameters());
    }

    @Test
    void aDatabaseThatIsNotThereIsNotFound() {
        MetadataException refused = assertThrows(
                MetadataException.class,
                () -> client.getDatabase(
                        request -> request.catalogName(CATALOG).databaseName("none")));
        assertEquals("Database none not found", refused.awsErrorDetails().errorMessage());
    }

    @Test
    void aWorkgroupShowsWhatItWasMadeWith() {
        client.createWorkGroup(request -> request.name("team")
                .configuration(settings -> settings.publishCloudWatchMetricsEnabled(true)
                        .engineVersion(engine -> engine.selectedEngineVersion("AUTO")))
                .tags(TEAM));

        assertEquals(
                true,
                client.getWorkGroup(request -> request.workGroup("team"))
                        .workGroup()
                        .configuration()
                        .publishCloudWatchMetricsEnabled());
        assertEquals(List.of(TEAM), tags());
        client.untagResource(request -> request.resourceARN(ARN).tagKeys("team"));
        assertEquals(List.of(), tags());
    }

    private List<Tag> tags() {
        return client.listTagsForResource(request -> request.resourceARN(ARN)).tags();
    }

    @Test
    void aSettingThatWouldHaveNoEffectIsRefused() {
        InvalidRequestException refused = assertThrows(
                InvalidRequestException.class,
                () -> client.createWorkGroup(request -> request.name("team")
                        .configuration(settings -> settings.requesterPaysEnabled(true))));
        assertEquals(
                "RequesterPaysEnabled is not supported by Mapwright's Athena",
                refused.awsErrorDetails().errorMessage());
    }
}
