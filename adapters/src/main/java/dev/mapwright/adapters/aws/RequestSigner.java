package dev.mapwright.adapters.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Signs requests that no client of the AWS SDK makes.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
public final class RequestSigner {
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final String service;
    private final AwsCredentialsProvider credentials;

    /// @param service for which is signed: `execute-api`
    /// @param keys absent: what the AWS SDK finds on this machine
    public RequestSigner(String service, Optional<Address.Keys> keys) {
        this.service = service;
        this.credentials = SdkClients.credentials(keys);
    }

    /// @param body empty: none
    public record Request(String method, URI uri, Map<String, List<String>> headers, byte[] body) {}

    /// All headers with which the request is to be sent, but `Host`, which follows from its URI.
    ///
    /// @throws IOException there is no access key to sign with
    public Map<String, List<String>> headers(Request request, String region) throws IOException {
        try {
            SdkHttpRequest signed = signer.sign(of -> of.request(unsigned(request))
                            .payload(ContentStreamProvider.fromByteArray(request.body()))
                            .identity(credentials.resolveCredentials())
                            .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                            .putProperty(AwsV4HttpSigner.REGION_NAME, region))
                    .request();
            var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(signed.headers());
            headers.remove("Host");
            return headers;
        } catch (SdkClientException withoutKey) {
            throw new IOException(
                    "The request could not be signed. " + withoutKey.getMessage(), withoutKey);
        }
    }

    private static SdkHttpRequest unsigned(Request request) {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                .uri(request.uri())
                .headers(request.headers())
                .build();
    }
}
