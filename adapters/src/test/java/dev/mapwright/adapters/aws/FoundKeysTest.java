package dev.mapwright.adapters.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

import java.net.URI;

class FoundKeysTest {
    private static final String REMEDY =
            "No AWS access key was found on this machine. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE,"
                    + " where Mapwright is started; or service.NAME.accessKeyId and service.NAME.secretAccessKey in its"
                    + " configuration.";

    private static final AwsCredentialsProvider NOWHERE = () -> {
        throw SdkClientException.create("not in this place, nor in that one");
    };

    @Test
    void aKeyThatIsFoundIsUsed() {
        var key = AwsBasicCredentials.create("AKIA", "hush");
        assertEquals(key, new FoundKeys(() -> key).resolveCredentials());
    }

    @Test
    void whereNoneIsFoundTheErrorSaysWhatToSet() {
        var none = assertThrows(
                SdkClientException.class, () -> new FoundKeys(NOWHERE).resolveCredentials());
        assertEquals(REMEDY, none.getMessage());
        assertEquals("not in this place, nor in that one", none.getCause().getMessage());
    }

    @Test
    void aClientSaysNoMoreThanThat() {
        try (SqsClient sqs = SqsClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:1"))
                .region(Region.US_EAST_1)
                .credentialsProvider(new FoundKeys(NOWHERE))
                .build()) {
            var failed = assertThrows(SdkClientException.class, sqs::listQueues);
            assertEquals(REMEDY, failed.getMessage());
        }
    }
}
