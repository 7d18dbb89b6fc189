package dev.mapwright.adapters.tables.local.expression;

import dev.mapwright.adapters.tables.local.item.TableException;

/// Which of a request's expressions this is. Error messages begin with its parameter's name.
public enum Kind {
    CONDITION("ConditionExpression", "a condition expression"),
    FILTER("FilterExpression", "a filter expression"),
    KEY_CONDITION("KeyConditionExpression", "a key condition expression"),
    PROJECTION("ProjectionExpression", "a projection expression"),
    UPDATE("UpdateExpression", "an update expression");

    private final String parameter;
    private final String phrase;

    Kind(String parameter, String phrase) {
        this.parameter = parameter;
        this.phrase = phrase;
    }

    public String parameter() {
        return parameter;
    }

    String phrase() {
        return phrase;
    }

    /// A value has a type that the operator or function can't take.
    public TableException incorrectOperand(String operator, String type) {
        return invalid(
                "Incorrect operand type for operator or function; operator or function: %s, operand type: %s"
                        .formatted(operator, type));
    }

    TableException invalid(String reason) {
        return TableException.validation("Invalid " + parameter + ": " + reason);
    }
}
