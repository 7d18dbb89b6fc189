package dev.mapwright.adapters.aws;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaBaseClientBuilder;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Makes blocking clients of the AWS SDK: they are called from virtual threads.
public final class SdkClients {
    /// As many calls at once as a map run has child executions by default.
    private static final int CONNECTIONS_MAX = 1_000;

    private static final Duration CONNECTION_PATIENCE = Duration.ofSeconds(10);
    private static final Duration SOCKET_PATIENCE = Duration.ofMinutes(1);

    /// A function answers when it has ended: so long it may take, and a little for the way.
    /// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    private static final Duration FUNCTION_PATIENCE = Duration.ofMinutes(15).plusSeconds(10);

    /// Never resolved; a client wants one to sign for.
    private static final URI NOWHERE = URI.create("http://localhost");

    private static final Address.Keys OWN = new Address.Keys("local", "local", Optional.empty());

    private SdkClients() {}

    /// Who makes up for what goes wrong once.
    public enum Retrying {
        /// The state's Retry, which is to see each error.
        NONE,
        /// The SDK, a few times and with growing pauses.
        BY_SDK
    }

    /// @param builder of the service's client, changed by this
    public static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C build(
            B builder, Address address, Retrying retrying) {
        configure(builder, address, retrying);
        return builder.httpClient(transport(address, patience(builder))).build();
    }

    /// The same for a builder whose type is only known when the program runs.
    public static Object buildAny(
            AwsClientBuilder<?, ?> builder, Address address, Retrying retrying) {
        configure(builder, address, retrying);
        ((AwsSyncClientBuilder<?, ?>) builder).httpClient(transport(address, patience(builder)));
        return builder.build();
    }

    private static void configure(
            AwsClientBuilder<?, ?> builder, Address address, Retrying retrying) {
        builder.region(Region.of(address.region()));
        switch (address) {
            case Address.InProcess _ -> {
                builder.endpointOverride(NOWHERE)
                        .credentialsProvider(credentials(Optional.of(OWN)));
                pathStyle(builder);
            }
            case Address.Endpoint(URI uri, String _, Optional<Address.Keys> keys) -> {
                builder.endpointOverride(uri).credentialsProvider(credentials(keys));
                pathStyle(builder);
                plainUploads(builder);
            }
            case Address.Aws(String _, Optional<Address.Keys> keys) ->
                builder.credentialsProvider(credentials(keys));
        }
        switch (retrying) {
            case NONE ->
                builder.overrideConfiguration(
                        all -> all.retryStrategy(AwsRetryStrategy.doNotRetry()));
            case BY_SDK -> {}
        }
    }

    /// No name server knows the buckets of an endpoint that is not AWS's.
    private static void pathStyle(AwsClientBuilder<?, ?> builder) {
        if (builder instanceof S3BaseClientBuilder<?, ?> s3) {
            s3.forcePathStyle(true);
        }
    }

    /// Not every server understands checksums in trailers.
    private static void plainUploads(AwsClientBuilder<?, ?> builder) {
        if (builder instanceof S3BaseClientBuilder<?, ?> s3) {
            s3.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
        }
    }

    /// How long an answer may keep a caller waiting.
    static Duration patience(AwsClientBuilder<?, ?> builder) {
        return builder instanceof LambdaBaseClientBuilder<?, ?>
                ? FUNCTION_PATIENCE
                : SOCKET_PATIENCE;
    }

    private static SdkHttpClient transport(Address address, Duration patience) {
        return switch (address) {
            case Address.InProcess(LocalService service, String _) -> new LocalHttpClient(service);
            case Address.Endpoint _, Address.Aws _ ->
                ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS_MAX)
                        .connectionTimeout(CONNECTION_PATIENCE)
                        .connectionAcquisitionTimeout(SOCKET_PATIENCE)
                        .socketTimeout(patience)
                        .build();
        };
    }

    static AwsCredentialsProvider credentials(Optional<Address.Keys> keys) {
        return keys.<AwsCredentialsProvider>map(
                        own -> StaticCredentialsProvider.create(credentials(own)))
                .orElseGet(
                        () -> new FoundKeys(DefaultCredentialsProvider.builder().build()));
    }

    private static AwsCredentials credentials(Address.Keys keys) {
        return keys.sessionToken()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(
                        keys.accessKeyId(), keys.secretAccessKey(), token))
                .orElseGet(() ->
                        AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey()));
    }
}
