package dev.mapwright.adapters.events;

import dev.mapwright.adapters.request.RefusedRequest;
import dev.mapwright.adapters.request.RequestMembers;

/// EventBridge's words for what it refuses.
final class EventErrors implements RequestMembers.Errors {
    static final String LIMIT = "LimitExceededException";

    @Override
    public RefusedRequest missing(String name) {
        return invalid("Parameter %s is required".formatted(name));
    }

    @Override
    public RefusedRequest invalid(String name, Object value, String problem) {
        return invalid("Parameter %s %s, and is '%s'".formatted(name, problem, value));
    }

    static RefusedRequest invalid(String problem) {
        return new RefusedRequest("ValidationException", problem + ".");
    }

    static RefusedRequest notFound(String what) {
        return new RefusedRequest("ResourceNotFoundException", what + " does not exist.");
    }

    static RefusedRequest limit(String problem) {
        return new RefusedRequest(LIMIT, problem + ".");
    }
}
