package dev.mapwright.server.clients;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

import java.net.URI;
import java.util.List;

/// Clients of the Java SDK that know nothing but an endpoint.
public record JavaClients(URI endpoint) {
    private static final int TRIES = 30;
    private static final int TRY_SECONDS = 10;

    public <B extends AwsClientBuilder<B, C>, C> C make(B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create("test", "test")))
                .build();
    }

    /// The next message of a queue, taken out of it.
    public static Message receive(SqsClient sqs, String queueUrl) {
        for (int i = 0; i < TRIES; i++) {
            List<Message> messages = sqs.receiveMessage(request -> request.queueUrl(queueUrl)
                            .waitTimeSeconds(TRY_SECONDS)
                            .messageAttributeNames("All"))
                    .messages();
            if (!messages.isEmpty()) {
                String receipt = messages.getFirst().receiptHandle();
                sqs.deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(receipt));
                return messages.getFirst();
            }
        }
        throw new AssertionError("nothing arrived in " + queueUrl);
    }
}
