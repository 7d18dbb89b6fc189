package dev.mapwright.adapters.services.http;

import dev.mapwright.engine.Quotas;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// HTTP calls with bounds. An answer has to be there in time with all of its body, where the JDK's
/// own limit ends with the headers; and of the body no more is read than a payload may have, and
/// the byte that shows that it is too large.
public final class BoundedClient implements AutoCloseable {
    private static final Pattern CHARSET =
            Pattern.compile("charset=\"?([^\\s;\"]+)", Pattern.CASE_INSENSITIVE);
    private static final int PORT_MAX = 65_535;
    private static final int BODY_BYTES_MAX = Quotas.PAYLOAD_BYTES_MAX + 1;

    private final HttpClient client;

    public BoundedClient(Duration connectionPatience) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectionPatience)
                .build();
    }

    /// @throws HttpTimeoutException if the answer is not complete after `durationMax`
    public HttpResponse<String> send(HttpRequest message, Duration durationMax)
            throws IOException, InterruptedException {
        if (message.uri().getPort() > PORT_MAX) {
            throw new ConnectException("there is no port %,d, the last one is %,d"
                    .formatted(message.uri().getPort(), PORT_MAX));
        }
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                message,
                answered -> new BodyBeginning(BODY_BYTES_MAX, charset(answered.headers())));
        try {
            return answer.get(durationMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new HttpTimeoutException("there was no complete answer within %d seconds"
                    .formatted(durationMax.toSeconds()));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException unreachable) {
                throw unreachable;
            }
            throw new IllegalStateException("calling " + message.uri().getHost(), failed);
        } finally {
            answer.cancel(true);
        }
    }

    /// That of the answer's type, which is UTF-8 where it says nothing or what Java does not know.
    private static Charset charset(HttpHeaders headers) {
        Matcher named = CHARSET.matcher(headers.firstValue("Content-Type").orElse(""));
        return Charset.forName(named.find() ? named.group(1) : "", StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
