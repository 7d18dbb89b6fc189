package dev.mapwright.adapters.queues;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whose queues these are, and so how they are called.
///
/// @param region `us-east-1`
/// @param account twelve digits
public record QueueOwner(String region, String account) {
    private static final Pattern URL =
            Pattern.compile("https?://[^/]+/(?:queue/)?(\\d{12})/([^/]+)/?");
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:sqs:([^:]+):([^:]+):([^:]+)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,80}");

    String arn(String queue) {
        return "arn:aws:sqs:%s:%s:%s".formatted(region, account, queue);
    }

    /// @param origin how the client reached this server: `http://127.0.0.1:4566`
    String url(String origin, String queue) {
        return "%s/%s/%s".formatted(origin, account, queue);
    }

    /// The name of the queue that a request means.
    ///
    /// @param url whichever host it names: the request came here; a bare name is understood too
    String name(String url) {
        Matcher parts = URL.matcher(url);
        if (parts.matches()) {
            if (!parts.group(1).equals(account)) {
                throw SqsErrors.noSuchQueue();
            }
            return parts.group(2);
        }
        if (!NAME.matcher(url).matches()) {
            throw SqsErrors.invalidAddress(url);
        }
        return url;
    }

    /// The name of a queue of this owner.
    Optional<String> nameOfArn(String arn) {
        Matcher parts = ARN.matcher(arn);
        return parts.matches()
                        && parts.group(1).equals(region)
                        && parts.group(2).equals(account)
                ? Optional.of(parts.group(3))
                : Optional.empty();
    }
}
