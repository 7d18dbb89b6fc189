package dev.mapwright.adapters.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/// The access key that the AWS SDK finds on this machine. Where it finds none it tells each place
/// that it looked at, which fills a screen; this says what to set instead, and keeps that as the
/// cause.
record FoundKeys(AwsCredentialsProvider places) implements AwsCredentialsProvider {
    private static final String REMEDY =
            "No AWS access key was found on this machine. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE,"
                    + " where Mapwright is started; or service.NAME.accessKeyId and service.NAME.secretAccessKey in its"
                    + " configuration.";

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return places.resolveCredentials();
        } catch (SdkClientException nowhere) {
            throw SdkClientException.create(REMEDY, nowhere);
        }
    }
}
