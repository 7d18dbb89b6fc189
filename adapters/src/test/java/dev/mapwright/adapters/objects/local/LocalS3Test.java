package dev.mapwright.adapters.objects.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.KeyValueStore.Durability;
import dev.mapwright.adapters.objects.local.Listings.Listing;
import dev.mapwright.adapters.objects.local.Listings.Selection;
import dev.mapwright.adapters.objects.local.Listings.Start;
import dev.mapwright.adapters.objects.local.Objects.Deletion;
import dev.mapwright.adapters.objects.local.Uploads.Completion;
import dev.mapwright.adapters.objects.local.Uploads.Completion.Claim;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

class LocalS3Test {
    private static final String REGION = "us-east-1";
    private static final int FIVE_MIB = 5 * 1024 * 1024;

    @TempDir
    Path folder;

    private KeyValueStore store;
    private LocalS3 s3;

    @BeforeEach
    void open() throws Exception {
        store = KeyValueStore.open(folder.resolve("store"), Durability.OS);
        s3 = LocalS3.open(
                store, folder.resolve("bodies"), Durability.FSYNC, InstantSource.system());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void smallAndLargeObjectsComeBackAfterRestart() throws Exception {
        s3.buckets().create("orders", REGION);
        byte[] small = bytes(10);
        byte[] large = bytes(100_000);
        put("orders", "small", small);
        put("orders", "large", large);
        close();
        open();
        assertArrayEquals(small, get("orders", "small"));
        assertArrayEquals(large, get("orders", "large"));
        assertEquals(1, fileCount());
    }

    @Test
    void aReaderOfAReplacedObjectReadsItToItsEnd() throws Exception {
        s3.buckets().create("orders", REGION);
        byte[] old = bytes(200_000);
        put("orders", "a", old);
        try (OpenObject open =
                s3.objects().open("orders", "a", Optional.empty(), ReadConditions.NONE)) {
            put("orders", "a", bytes(50_000));
            s3.objects().delete("orders", new Deletion("a", Optional.empty(), Optional.empty()));
            assertEquals(1, fileCount());
            assertArrayEquals(old, open.bytesFrom(0).readAllBytes());
        }
        assertEquals(0, fileCount());
    }

    @Test
    void filesThatNoObjectNamesAreSweptAtOpening() throws Exception {
        s3.buckets().create("orders", REGION);
        put("orders", "a", bytes(20_000));
        Path orphan = folder.resolve("bodies/00000000/0000000000000fff");
        Files.write(orphan, bytes(10));
        assertEquals(2, fileCount());
        close();
        open();
        assertEquals(1, fileCount());
        assertEquals(20_000, get("orders", "a").length);
    }

    @Test
    void bytesThatBecameNoObjectLeaveNoFile() throws Exception {
        try (Staged staged =
                s3.objects().stage(new ByteArrayInputStream(bytes(30_000)), Set.of())) {
            assertEquals(30_000, staged.bytes());
            assertEquals(1, fileCount());
        }
        assertEquals(0, fileCount());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..", "../up", "a/b", "UPPER", "ab", "1.2.3.4", "a..b", "-ab", "ab-", "", "nul\0l"
            })
    void bucketNamesThatAreNoneAreRefused(String name) {
        S3Failed refused = assertThrows(S3Failed.class, () -> s3.buckets().create(name, REGION));
        assertEquals(ErrorCode.INVALID_BUCKET_NAME, refused.code());
    }

    @Test
    void keysAreListedInBinaryOrderPageByPage() throws Exception {
        s3.buckets().create("orders", REGION);
        List<String> keys = List.of(
                "\0", "\0a", "../up", "a", "a/", "a//b", "a/b", "b", "ä", "\uFF21", "\uD83D\uDE00");
        for (String key : keys.reversed()) {
            put("orders", key, key.getBytes(UTF_8));
        }
        List<String> found = new ArrayList<>();
        Start start = new Start.First();
        Listing<ObjectVersion> page;
        do {
            page = s3.listings().objects("orders", Selection.prefix(""), start, 2);
            page.items().forEach(item -> found.add(item.key()));
            start = new Start.AfterKey(page.last());
        } while (page.truncated());
        assertEquals(keys, found);
    }

    @Test
    void aDelimiterGroupsKeysAcrossPages() throws Exception {
        s3.buckets().create("orders", REGION);
        for (String key : List.of("a", "b/1", "b/2", "c", "d/1", "d/2/3")) {
            put("orders", key, bytes(1));
        }
        Selection byFolder = new Selection("", Optional.of("/"));
        Listing<ObjectVersion> first =
                s3.listings().objects("orders", byFolder, new Start.First(), 2);
        assertEquals(List.of("b/"), first.commonPrefixes());
        assertEquals("b/", first.last());
        assertTrue(first.truncated());
        Listing<ObjectVersion> second =
                s3.listings().objects("orders", byFolder, new Start.AfterKey("b/"), 2);
        assertEquals("c", second.items().getFirst().key());
        assertEquals(List.of("d/"), second.commonPrefixes());
        assertEquals(false, second.truncated());
    }

    @Test
    void partsMakeAnObjectWithoutBeingCopied() throws Exception {
        s3.buckets().create("orders", REGION);
        byte[] first = bytes(FIVE_MIB);
        byte[] second = bytes(17);
        Upload upload = begin("orders", "big");
        String etag1 = part("orders", upload, 1, first);
        part("orders", upload, 2, bytes(99));
        String etag2 = part("orders", upload, 2, second);
        part("orders", upload, 3, bytes(5));
        assertEquals(3, fileCount());
        ObjectVersion version =
                complete("orders", upload, List.of(claim(1, etag1), claim(2, etag2)));
        assertEquals(2, fileCount());
        assertTrue(version.content().orElseThrow().etag().endsWith("-2\""));
        byte[] whole = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, whole, first.length, second.length);
        assertArrayEquals(whole, get("orders", "big"));
        assertEquals(checksum(whole), version.content().orElseThrow().checksum().value());
        try (OpenObject open =
                        s3.objects().open("orders", "big", Optional.empty(), ReadConditions.NONE);
                InputStream tail = open.bytesFrom(FIVE_MIB - 3)) {
            assertArrayEquals(
                    Arrays.copyOfRange(whole, FIVE_MIB - 3, whole.length), tail.readAllBytes());
            assertEquals(new OpenObject.Slice(FIVE_MIB, 17), open.part(2));
        }
        s3.objects().delete("orders", new Deletion("big", Optional.empty(), Optional.empty()));
        assertEquals(0, fileCount());
    }

    @Test
    void completionsThatDoNotFitTheirPartsAreRefused() throws Exception {
        s3.buckets().create("orders", REGION);
        Upload upload = begin("orders", "big");
        String etag1 = part("orders", upload, 1, bytes(10));
        String etag2 = part("orders", upload, 2, bytes(11));
        assertRefused(
                ErrorCode.ENTITY_TOO_SMALL, upload, List.of(claim(1, etag1), claim(2, etag2)));
        assertRefused(ErrorCode.INVALID_PART, upload, List.of(claim(1, etag2)));
        assertRefused(ErrorCode.INVALID_PART, upload, List.of(claim(3, etag2)));
        assertRefused(
                ErrorCode.INVALID_PART_ORDER, upload, List.of(claim(2, etag2), claim(1, etag1)));
        assertRefused(ErrorCode.MALFORMED_XML, upload, List.of());
        s3.uploads().abort("orders", "big", upload.id());
        assertRefused(ErrorCode.NO_SUCH_UPLOAD, upload, List.of(claim(1, etag1)));
        assertEquals(0, fileCount());
    }

    @Test
    void aVersionedBucketKeepsWhatIsReplacedAndDeleted() throws Exception {
        s3.buckets().create("orders", REGION);
        put("orders", "a", "null version".getBytes(UTF_8));
        s3.buckets().setVersioning("orders", Versioning.ENABLED);
        ObjectVersion second = put("orders", "a", "second".getBytes(UTF_8));
        ObjectVersion marker = s3.objects()
                .delete("orders", new Deletion("a", Optional.empty(), Optional.empty()))
                .marker()
                .orElseThrow();
        S3Failed gone = assertThrows(S3Failed.class, () -> get("orders", "a"));
        assertEquals(ErrorCode.NO_SUCH_KEY, gone.code());
        assertEquals(Optional.of(marker), gone.deleteMarker());
        assertEquals("null version", new String(get("orders", "a", "null"), UTF_8));
        assertEquals("second", new String(get("orders", "a", second.id()), UTF_8));
        assertEquals(List.of(marker.id() + " latest", second.id(), "null"), versions("orders"));

        s3.objects()
                .delete("orders", new Deletion("a", Optional.of(marker.id()), Optional.empty()));
        assertEquals("second", new String(get("orders", "a"), UTF_8));

        s3.buckets().setVersioning("orders", Versioning.SUSPENDED);
        put("orders", "a", "another null version".getBytes(UTF_8));
        assertEquals(List.of("null latest", second.id()), versions("orders"));
        S3Failed kept = assertThrows(S3Failed.class, () -> s3.buckets().delete("orders"));
        assertEquals(ErrorCode.BUCKET_NOT_EMPTY, kept.code());
    }

    @Test
    void conditionsOfWritesAreCheckedAgainstWhatIsThere() throws Exception {
        s3.buckets().create("orders", REGION);
        WriteConditions absent = new WriteConditions(Optional.empty(), Optional.of("*"));
        ObjectVersion first = put("orders", "a", bytes(1), absent);
        S3Failed there = assertThrows(S3Failed.class, () -> put("orders", "a", bytes(2), absent));
        assertEquals(ErrorCode.PRECONDITION_FAILED, there.code());
        WriteConditions same = new WriteConditions(
                Optional.of(first.content().orElseThrow().etag()), Optional.empty());
        put("orders", "a", bytes(3), same);
        S3Failed changed = assertThrows(S3Failed.class, () -> put("orders", "a", bytes(4), same));
        assertEquals(ErrorCode.PRECONDITION_FAILED, changed.code());
        S3Failed missing = assertThrows(S3Failed.class, () -> put("orders", "b", bytes(4), same));
        assertEquals(ErrorCode.NO_SUCH_KEY, missing.code());
    }

    private List<String> versions(String bucket) throws Exception {
        return s3
                .listings()
                .versions(bucket, Selection.prefix(""), new Start.First(), 100)
                .items()
                .stream()
                .map(entry -> entry.version().id() + (entry.latest() ? " latest" : ""))
                .toList();
    }

    private ObjectVersion put(String bucket, String key, byte[] bytes) throws Exception {
        return put(bucket, key, bytes, WriteConditions.NONE);
    }

    private ObjectVersion put(String bucket, String key, byte[] bytes, WriteConditions conditions)
            throws Exception {
        NewObject object = NewObject.of("text/plain");
        try (Staged staged =
                s3.objects().stage(new ByteArrayInputStream(bytes), Set.of(object.algorithm()))) {
            return s3.objects().put(bucket, key, staged, object, conditions);
        }
    }

    private byte[] get(String bucket, String key) throws Exception {
        try (InputStream in =
                new LocalObjectStore(s3).read(bucket, key, Optional.empty(), 0, Optional.empty())) {
            return in.readAllBytes();
        } catch (dev.mapwright.engine.maprun.ObjectStore.ObjectFailed failed) {
            s3.objects().head(bucket, key, Optional.empty());
            throw failed;
        }
    }

    private byte[] get(String bucket, String key, String version) throws Exception {
        try (OpenObject open =
                s3.objects().open(bucket, key, Optional.of(version), ReadConditions.NONE)) {
            return open.bytesFrom(0).readAllBytes();
        }
    }

    private Upload begin(String bucket, String key) throws Exception {
        return s3.uploads()
                .begin(bucket, key, Map.of(), Map.of(), new Uploads.ChecksumChoice.Unsaid());
    }

    private String part(String bucket, Upload upload, int number, byte[] bytes) throws Exception {
        try (Staged staged =
                s3.uploads().stage(upload, new ByteArrayInputStream(bytes), Set.of())) {
            return s3.uploads().put(bucket, upload, number, staged).etag();
        }
    }

    private ObjectVersion complete(String bucket, Upload upload, List<Claim> claims)
            throws Exception {
        return s3.uploads()
                .complete(
                        bucket,
                        upload.key(),
                        upload.id(),
                        new Completion(
                                claims, Optional.empty(), Optional.empty(), WriteConditions.NONE));
    }

    private void assertRefused(ErrorCode code, Upload upload, List<Claim> claims) {
        assertEquals(
                code,
                assertThrows(S3Failed.class, () -> complete("orders", upload, claims))
                        .code());
    }

    private static Claim claim(int number, String etag) {
        return new Claim(number, etag, Map.of());
    }

    private static String checksum(byte[] bytes) {
        Digests digests = new Digests(Set.of(ChecksumAlgorithm.CRC64NVME));
        digests.update(bytes, 0, bytes.length);
        return digests.checksums().get(ChecksumAlgorithm.CRC64NVME);
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private long fileCount() throws Exception {
        try (Stream<Path> paths = Files.walk(folder.resolve("bodies"))) {
            return paths.filter(Files::isRegularFile).count();
        }
    }
}
