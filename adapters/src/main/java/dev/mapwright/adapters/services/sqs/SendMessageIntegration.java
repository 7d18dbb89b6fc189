package dev.mapwright.adapters.services.sqs;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;

/// What `sqs:sendMessage` does beyond the call. The older SDK sends a message to the host that the
/// QueueUrl names; here it goes wherever SQS is, and the URL's path names the queue. A URL without
/// a path names a host and nothing else, so that it fails as on AWS where there is no such host.
public final class SendMessageIntegration implements TaskIntegration {
    private static final String QUEUE_URL = "QueueUrl";

    private final TaskIntegration call;

    /// @param call makes the call itself, wherever SQS is
    public SendMessageIntegration(TaskIntegration call) {
        this.call = call;
    }

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        Optional<String> host = onlyHost(request);
        if (host.isPresent()) {
            checkKnown(host.get());
        }
        return call.call(request);
    }

    private static Optional<String> onlyHost(TaskRequest request) {
        if (!(request.arguments().value() instanceof Map<?, ?> arguments)
                || !(arguments.get(QUEUE_URL) instanceof String text)) {
            return Optional.empty();
        }
        try {
            var url = new URI(text);
            boolean hasPath =
                    url.getPath() != null && !url.getPath().replace("/", "").isEmpty();
            return hasPath ? Optional.empty() : Optional.ofNullable(url.getHost());
        } catch (URISyntaxException notAUrl) {
            return Optional.empty();
        }
    }

    private static void checkKnown(String host) throws TaskFailed {
        try {
            InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw TaskFailed.of(
                    "SQS.SdkClientException",
                    "Unable to execute HTTP request: %s: Name or service not known"
                            .formatted(host));
        }
    }
}
