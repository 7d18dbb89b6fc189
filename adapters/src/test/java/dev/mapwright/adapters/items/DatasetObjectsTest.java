package dev.mapwright.adapters.items;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.luben.zstd.Zstd;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.objects.local.LocalObjectStore;
import dev.mapwright.adapters.objects.local.LocalS3;
import dev.mapwright.adapters.objects.local.Versioning;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.maprun.Dataset;
import dev.mapwright.engine.maprun.ItemSource;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.maprun.ReadFailed;
import dev.mapwright.testkit.objects.MemoryObjectStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// What holds of the objects of a dataset, whatever their format.
class DatasetObjectsTest {
    private static final String ACCOUNT = "123456789012";
    private static final long TEN_GIB = 10_737_418_240L;

    private final MemoryObjectStore objects = new MemoryObjectStore().withBucket("b");

    /// In the table a `'` stands for a double quote and `⏎` for a newline.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'InputType':'CSV','CSVHeaderLocation':'FIRST_ROW'}    | n⏎1⏎2⏎       | {'n':'1'} {'n':'2'}
            {'InputType':'JSON'}                                   | [1,2]        | 1 2
            {'InputType':'JSON','ItemsPointer':'/a'}               | {'a':[1,2]}  | 1 2
            {'InputType':'JSONL'}                                  | 1⏎2          | 1 2
            {'ManifestType':'ATHENA_DATA','InputType':'JSONL'}     | s3://b/data⏎ | 1 2
            {'ManifestType':'S3_INVENTORY'}                        | {'fileFormat':'CSV','fileSchema':'n','files':[{'key':'data'}]} | {'n':'1'} {'n':'2'}
            {'InputType':'MANIFEST'}                               | {'fileFormat':'CSV','fileSchema':'n','files':[{'key':'data'}]} | {'n':'1'} {'n':'2'}
            """)
    void mayBeCompressedByNameOrByTheirFirstBytes(String config, String content, String items)
            throws Exception {
        Json plainConfig = Json.parse(config.replace('\'', '"'));
        byte[] plain =
                content.replace('\'', '"').replace('⏎', '\n').getBytes(StandardCharsets.UTF_8);
        var forms = new HashMap<String, byte[]>();
        forms.put("in", plain);
        for (String key : List.of("in.gz", "in.GZIP", "in.gzipped")) {
            forms.put(key, gzip(plain));
        }
        for (String key : List.of("in.zst", "in.zstd", "in.compressed")) {
            forms.put(key, Zstd.compress(plain));
        }
        objects.put("b", "data", "", gzip("1\n2\n".getBytes(StandardCharsets.UTF_8)));
        for (var form : forms.entrySet()) {
            objects.put("b", form.getKey(), "", form.getValue());
            assertEquals(
                    items.replace('\'', '"'),
                    String.join(" ", texts(objects, Map.of("Key", form.getKey()), plainConfig)),
                    form.getKey());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSV", "JSON", "JSONL", "PARQUET"})
    void haveAtMostTenGigabytes(String type) throws Exception {
        objects.put("b", "in", "content");
        var huge = new CountedObjectStore(objects) {
            @Override
            public Stored head(String bucket, String key, Optional<String> versionId)
                    throws ObjectFailed, InterruptedException {
                Stored small = super.head(bucket, key, versionId);
                return new Stored(
                        key,
                        small.etag(),
                        TEN_GIB + 1,
                        small.lastModified(),
                        small.storageClass(),
                        small.versionId());
            }
        };
        Json config = Json.of(Map.of("InputType", type, "CSVHeaderLocation", "FIRST_ROW"));

        var failed = assertThrows(ReadFailed.class, () -> texts(huge, Map.of("Key", "in"), config));

        assertEquals(
                "s3://b/in has 10737418241 bytes; a dataset's object has at most 10737418240",
                failed.getMessage());
    }

    @Test
    void ofAnInventoryAreLimitedDecompressed() throws Exception {
        byte[] blanks = " ".repeat(16 * 1024 * 1024 + 1).getBytes(StandardCharsets.UTF_8);
        objects.put("b", "in", "", gzip(blanks));
        Json inventory = Json.of(Map.of("ManifestType", "S3_INVENTORY"));

        assertEquals(
                "The inventory manifest s3://b/in has more than 16777216 bytes, the maximum",
                assertThrows(ReadFailed.class, () -> texts(objects, Map.of("Key", "in"), inventory))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"InputType\":\"CSV\",\"CSVHeaderLocation\":\"FIRST_ROW\"}",
                "{\"InputType\":\"JSON\"}",
                "{\"InputType\":\"JSONL\"}",
                "{\"InputType\":\"PARQUET\"}",
                "{\"ManifestType\":\"ATHENA_DATA\",\"InputType\":\"JSONL\"}",
                "{\"ManifestType\":\"S3_INVENTORY\"}"
            })
    void areOfTheOwnerThatIsExpected(String config) throws Exception {
        objects.put("b", "in", "x");

        var failed = assertThrows(
                ReadFailed.class,
                () -> texts(
                        objects,
                        Map.of("Key", "in", "ExpectedBucketOwner", "999999999999"),
                        Json.parse(config)));

        assertEquals(
                "The bucket b belongs to the account 123456789012, not to ExpectedBucketOwner 999999999999",
                failed.getMessage());
    }

    @Test
    void areReadForTheirOwner() throws Exception {
        objects.put("b", "in", "7");

        assertEquals(
                List.of("7"),
                texts(
                        objects,
                        Map.of("Key", "in", "ExpectedBucketOwner", ACCOUNT),
                        Json.of(Map.of("InputType", "JSONL"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CSV   | n⏎1⏎2⏎3⏎ | n⏎4⏎ | {'n':'1'} {'n':'2'} {'n':'3'}
            JSON  | [1,2,3]  | [4]  | 1 2 3
            JSONL | 1⏎2⏎3    | 4    | 1 2 3
            """)
    void areReadInTheVersionThatIsAskedForAndTakenUpInIt(
            String type, String first, String second, String items, @TempDir Path folder)
            throws Exception {
        try (var store = KeyValueStore.open(folder.resolve("store"), Durability.OS)) {
            var s3 = LocalS3.open(
                    store, folder.resolve("bodies"), Durability.OS, InstantSource.system());
            s3.buckets().create("bbb", "us-east-1");
            s3.buckets().setVersioning("bbb", Versioning.ENABLED);
            var versioned = new LocalObjectStore(s3);
            put(versioned, first);
            String version =
                    versioned.head("bbb", "in", Optional.empty()).versionId().orElseThrow();
            put(versioned, second);
            var dataset = new Dataset.Read(
                    "s3:getObject",
                    Json.of(Map.of("Bucket", "bbb", "Key", "in", "VersionId", version)),
                    Json.of(Map.of("InputType", type, "CSVHeaderLocation", "FIRST_ROW")),
                    0);
            var readers = new ItemReaderTable(versioned, ACCOUNT);

            var texts = new ArrayList<String>();
            Optional<String> position = Optional.empty();
            for (int i = 0; i < 3; i++) {
                try (ItemSource source = readers.find(dataset).open(dataset, position)) {
                    texts.add(source.next().orElseThrow().value().text());
                    position = Optional.of(source.position());
                }
            }

            assertEquals(items.replace('\'', '"'), String.join(" ", texts));
        }
    }

    @Test
    void ofAListingBeginWithThePrefixWhateverFollowsIt() throws Exception {
        objects.put("b", "folder1/a", "1");
        objects.put("b", "folder10/b", "2");
        objects.put("b", "folder2/c", "3");
        var dataset = new Dataset.Read(
                "s3:listObjectsV2",
                Json.of(Map.of("Bucket", "b", "Prefix", "folder1")),
                Json.of(Map.of("Transformation", "LOAD_AND_FLATTEN", "InputType", "JSONL")),
                0);

        assertEquals(List.of("1", "2"), texts(objects, dataset));
    }

    private static void put(ObjectStore store, String content) throws Exception {
        store.put("bbb", "in", "", content.replace('⏎', '\n').getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(byte[] content) throws Exception {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        }
        return compressed.toByteArray();
    }

    private static List<String> texts(
            ObjectStore objects, Map<String, String> arguments, Json config) throws Exception {
        var members = new HashMap<>(arguments);
        members.put("Bucket", "b");
        return texts(objects, new Dataset.Read("s3:getObject", Json.of(members), config, 0));
    }

    private static List<String> texts(ObjectStore objects, Dataset.Read dataset) throws Exception {
        var texts = new ArrayList<String>();
        try (ItemSource source = new ItemReaderTable(objects, ACCOUNT)
                .find(dataset)
                .open(dataset, Optional.empty())) {
            for (var item = source.next(); item.isPresent(); item = source.next()) {
                texts.add(item.get().value().text());
            }
        }
        return texts;
    }
}
