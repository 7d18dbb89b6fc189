package dev.mapwright.server.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// The AWS SDK for Java, which sends its checksums in trailers of `aws-chunked` bodies.
class S3JavaClientTest {
    private static final String BUCKET = "orders";

    @TempDir
    Path folder;

    private S3Server server;
    private S3Client s3;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start(folder);
        s3 = S3Client.builder()
                .endpointOverride(server.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("test", "test")))
                .forcePathStyle(true)
                .build();
        s3.createBucket(request -> request.bucket(BUCKET));
    }

    @AfterEach
    void stop() {
        s3.close();
        server.close();
    }

    /// Without CRC64_NVME, for which the SDK needs a native library: boto3's test has it.
    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void objectsOfEveryChecksumComeBackVerified(ChecksumAlgorithm algorithm) {
        byte[] bytes = bytes(300_000);
        s3.putObject(
                request -> request.bucket(BUCKET).key("k").checksumAlgorithm(algorithm),
                RequestBody.fromBytes(bytes));
        ResponseBytes<GetObjectResponse> got = s3.getObjectAsBytes(
                request -> request.bucket(BUCKET).key("k").checksumMode(ChecksumMode.ENABLED));
        assertArrayEquals(bytes, got.asByteArray());
        GetObjectResponse response = got.response();
        String shown =
                switch (algorithm) {
                    case CRC32 -> response.checksumCRC32();
                    case CRC32_C -> response.checksumCRC32C();
                    case SHA1 -> response.checksumSHA1();
                    default -> response.checksumSHA256();
                };
        assertEquals(false, shown == null || shown.isEmpty());
    }

    @Test
    void keysAreTakenAsTheyAre() {
        for (String key :
                List.of("a", "a/b", "a//b", "a/../b", "/a", "ü 1+2%20?&=#", "\uD83D\uDE00/")) {
            s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(key));
            assertEquals(
                    key,
                    s3.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                            .asUtf8String());
        }
        List<String> listed = s3
                .listObjectsV2Paginator(request -> request.bucket(BUCKET).maxKeys(2))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
        assertEquals(
                List.of("/a", "a", "a/../b", "a//b", "a/b", "ü 1+2%20?&=#", "\uD83D\uDE00/"),
                listed);
        s3.deleteObjects(request -> request.bucket(BUCKET)
                .delete(delete -> delete.objects(listed.stream()
                        .map(key -> ObjectIdentifier.builder().key(key).build())
                        .toList())));
        assertEquals(0, s3.listObjectsV2(request -> request.bucket(BUCKET)).keyCount());
    }

    @Test
    void partsBecomeOneObjectWithTheChecksumOfTheWhole() {
        byte[] bytes = bytes(6 * 1024 * 1024);
        int cut = 5 * 1024 * 1024;
        String upload = s3.createMultipartUpload(request -> request.bucket(BUCKET)
                        .key("k")
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                        .checksumType("FULL_OBJECT"))
                .uploadId();
        CompletedPart first = part(upload, 1, Arrays.copyOfRange(bytes, 0, cut));
        CompletedPart second = part(upload, 2, Arrays.copyOfRange(bytes, cut, bytes.length));
        String checksum = s3.completeMultipartUpload(request -> request.bucket(BUCKET)
                        .key("k")
                        .uploadId(upload)
                        .multipartUpload(done -> done.parts(first, second)))
                .checksumCRC32C();
        ResponseBytes<GetObjectResponse> got = s3.getObjectAsBytes(
                request -> request.bucket(BUCKET).key("k").checksumMode(ChecksumMode.ENABLED));
        assertArrayEquals(bytes, got.asByteArray());
        assertEquals(checksum, got.response().checksumCRC32C());
        assertEquals("\"", got.response().eTag().substring(got.response().eTag().length() - 1));
    }

    @Test
    void errorsArriveAsTheSdksExceptions() {
        assertThrows(
                NoSuchKeyException.class,
                () -> s3.getObjectAsBytes(request -> request.bucket(BUCKET).key("no")));
        S3Exception refused = assertThrows(
                S3Exception.class,
                () -> s3.putBucketPolicy(request -> request.bucket(BUCKET).policy("{}")));
        assertEquals("NotImplemented", refused.awsErrorDetails().errorCode());
        assertEquals(
                "Mapwright's S3 does not support PutBucketPolicy",
                refused.awsErrorDetails().errorMessage());
        assertEquals(501, refused.statusCode());
        assertEquals(36, refused.requestId().length());
    }

    private CompletedPart part(String upload, int number, byte[] bytes) {
        var response = s3.uploadPart(
                request -> request.bucket(BUCKET)
                        .key("k")
                        .uploadId(upload)
                        .partNumber(number)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C),
                RequestBody.fromBytes(bytes));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(response.eTag())
                .checksumCRC32C(response.checksumCRC32C())
                .build();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
