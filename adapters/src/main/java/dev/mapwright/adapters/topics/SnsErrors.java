package dev.mapwright.adapters.topics;

import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;

/// SNS's words for what it refuses.
/// https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html
final class SnsErrors implements RequestMembers.Errors {
    private static final int NOT_FOUND = 404;

    @Override
    public RefusedRequest missing(String name) {
        return invalid("%s is required".formatted(name));
    }

    @Override
    public RefusedRequest invalid(String name, Object value, String problem) {
        return invalid("%s %s, and is '%s'".formatted(name, problem, value));
    }

    static RefusedRequest invalid(String problem) {
        return new RefusedRequest("InvalidParameter", "Invalid parameter: " + problem);
    }

    static RefusedRequest noSuchTopic() {
        return new RefusedRequest("NotFound", "Topic does not exist", NOT_FOUND);
    }

    static RefusedRequest noSuchSubscription() {
        return new RefusedRequest("NotFound", "Subscription does not exist", NOT_FOUND);
    }
}
