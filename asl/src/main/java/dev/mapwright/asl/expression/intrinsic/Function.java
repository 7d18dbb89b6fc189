package dev.mapwright.asl.expression.intrinsic;

import dev.mapwright.asl.expression.Scope;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The functions, with their names and how many arguments they take.
enum Function {
    ARRAY("Array", 0, Function.ANY_NUMBER, (arguments, _) -> ArrayFunctions.array(arguments)),
    ARRAY_PARTITION("ArrayPartition", 2, 2, (arguments, _) -> ArrayFunctions.partition(arguments)),
    ARRAY_CONTAINS("ArrayContains", 2, 2, (arguments, _) -> ArrayFunctions.contains(arguments)),
    ARRAY_RANGE("ArrayRange", 3, 3, (arguments, _) -> ArrayFunctions.range(arguments)),
    ARRAY_GET_ITEM("ArrayGetItem", 2, 2, (arguments, _) -> ArrayFunctions.getItem(arguments)),
    ARRAY_LENGTH("ArrayLength", 1, 1, (arguments, _) -> arguments.array(0).size()),
    ARRAY_UNIQUE("ArrayUnique", 1, 1, (arguments, _) -> ArrayFunctions.unique(arguments)),
    BASE64_ENCODE("Base64Encode", 1, 1, (arguments, _) -> EncodingFunctions.encode(arguments)),
    BASE64_DECODE("Base64Decode", 1, 1, (arguments, _) -> EncodingFunctions.decode(arguments)),
    HASH("Hash", 2, 2, (arguments, _) -> EncodingFunctions.hash(arguments)),
    JSON_MERGE("JsonMerge", 3, 3, (arguments, _) -> JsonFunctions.merge(arguments)),
    STRING_TO_JSON("StringToJson", 1, 1, (arguments, _) -> JsonFunctions.fromString(arguments)),
    JSON_TO_STRING("JsonToString", 1, 1, (arguments, _) -> JsonFunctions.asString(arguments)),
    MATH_RANDOM("MathRandom", 2, 3, MathFunctions::random),
    MATH_ADD("MathAdd", 2, 2, (arguments, _) -> MathFunctions.add(arguments)),
    FORMAT("Format", 1, Function.ANY_NUMBER, (arguments, _) -> StringFunctions.format(arguments)),
    STRING_SPLIT("StringSplit", 2, 2, (arguments, _) -> StringFunctions.split(arguments)),
    UUID("UUID", 0, 0, (_, scope) -> StringFunctions.uuid(scope.random()));

    private static final int ANY_NUMBER = Integer.MAX_VALUE;
    private static final Map<String, Function> BY_NAME = new HashMap<>();

    static {
        for (Function function : values()) {
            BY_NAME.put(function.awsName, function);
        }
    }

    private final String awsName;
    private final int argumentsMin;
    private final int argumentsMax;
    private final Body body;

    Function(String awsName, int argumentsMin, int argumentsMax, Body body) {
        this.awsName = awsName;
        this.argumentsMin = argumentsMin;
        this.argumentsMax = argumentsMax;
        this.body = body;
    }

    /// @param name without `States.`
    static Optional<Function> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    boolean takes(int arguments) {
        return arguments >= argumentsMin && arguments <= argumentsMax;
    }

    /// `2 arguments`, `2 to 3 arguments`, `at least 1 arguments`
    String arguments() {
        if (argumentsMax == ANY_NUMBER) {
            return "at least " + argumentsMin + " arguments";
        }
        return argumentsMin == argumentsMax
                ? argumentsMin + " arguments"
                : argumentsMin + " to " + argumentsMax + " arguments";
    }

    Object apply(Arguments arguments, Scope scope) throws InvalidArgument {
        return body.apply(arguments, scope);
    }

    @FunctionalInterface
    private interface Body {
        Object apply(Arguments arguments, Scope scope) throws InvalidArgument;
    }
}
