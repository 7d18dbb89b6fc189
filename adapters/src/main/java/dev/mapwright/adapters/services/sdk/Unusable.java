package dev.mapwright.adapters.services.sdk;

/// A parameter that the action does not have, or not with such a value.
final class Unusable extends Exception {
    Unusable(String reason) {
        super(reason, null, false, false);
    }

    static Unusable unsupported(String field) {
        return new Unusable("The field \"%s\" is not supported by Step Functions".formatted(field));
    }

    static Unusable type(String field, String type) {
        return new Unusable("The value for the field '%s' must be %s".formatted(field, type));
    }
}
