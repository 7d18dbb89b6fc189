package dev.mapwright.adapters.tables.local.item;

import java.util.Map;

/// A request that DynamoDB would refuse, with the error name, message and further members it would
/// send.
///
/// It carries no stack trace: it is an answer, made tens of thousands of times a second when
/// conditions fail.
public final class TableException extends RuntimeException {
    private final String code;
    private final transient Map<String, Object> extra;

    /// @param code DynamoDB's error name without its namespace: `ConditionalCheckFailedException`
    /// @param extra members beside the message (`Item`, `CancellationReasons`), as DynamoDB JSON
    public TableException(String code, String message, Map<String, Object> extra) {
        super(message, null, false, false);
        this.code = code;
        this.extra = extra;
    }

    public TableException(String code, String message) {
        this(code, message, Map.of());
    }

    /// What DynamoDB says of a request that breaks one of its rules.
    public static TableException validation(String message) {
        return new TableException("ValidationException", message);
    }

    /// `One or more parameter values were invalid: <reason>`.
    public static TableException invalidParameter(String reason) {
        return validation("One or more parameter values were invalid: " + reason);
    }

    /// A member has another JSON type than the API says.
    public static TableException serialization(String message) {
        return new TableException("SerializationException", message);
    }

    public String code() {
        return code;
    }

    public Map<String, Object> extra() {
        return extra;
    }
}
