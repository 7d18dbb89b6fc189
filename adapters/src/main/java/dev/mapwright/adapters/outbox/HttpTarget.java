package dev.mapwright.adapters.outbox;

import dev.mapwright.adapters.outbox.DeliveryFailed.Prospect;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// Anybody who takes messages by HTTP POST.
public final class HttpTarget implements AutoCloseable {
    /// https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
    private static final Duration ANSWER_MAX = Duration.ofSeconds(15);

    private static final int SUCCESS_MIN = 200;
    private static final int SUCCESS_MAX = 299;
    private static final int CLIENT_ERROR_MIN = 400;
    private static final int THROTTLED = 429;
    private static final int SERVER_ERROR_MIN = 500;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_MAX)
            .build();

    public void post(String url, Map<String, String> headers, String body)
            throws DeliveryFailed, InterruptedException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(ANSWER_MAX)
                    .POST(BodyPublishers.ofString(body));
            headers.forEach(request::header);
            int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
            if (status < SUCCESS_MIN || status > SUCCESS_MAX) {
                boolean lasting = status >= CLIENT_ERROR_MIN
                        && status < SERVER_ERROR_MIN
                        && status != THROTTLED;
                throw new DeliveryFailed(
                        lasting ? Prospect.LASTING : Prospect.PASSING,
                        "%s answered HTTP %d".formatted(url, status));
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw new DeliveryFailed(
                    Prospect.LASTING, "%s: %s".formatted(url, notAnAddress.getMessage()));
        } catch (IOException unanswered) {
            throw new DeliveryFailed(Prospect.PASSING, "%s: %s".formatted(url, unanswered));
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
