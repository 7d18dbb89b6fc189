package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.Until;
import dev.mapwright.asl.expression.Condition;
import dev.mapwright.asl.expression.Dataflow;
import dev.mapwright.asl.expression.Expression;
import dev.mapwright.asl.expression.choice.ChoiceRule;
import dev.mapwright.asl.json.Json;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A query language: compiles those fields of a state that can be written in either. After this
/// nobody can tell which one a state was written in.
sealed interface Language permits JsonPathLanguage, JsonataLanguage {
    Language JSON_PATH = new JsonPathLanguage();
    Language JSONATA = new JsonataLanguage();

    String title();

    String otherTitle();

    /// Whether a field exists in this language.
    boolean knows(String field);

    Dataflow dataflow(Node state, StateType type);

    /// The dataflow of a catcher, whose state it stands in.
    Dataflow catcher(Node catcher, Node state);

    /// The dataflow of a Choice rule that is taken, within its state.
    Dataflow rule(Node rule, Node state);

    Condition condition(Node rule);

    /// A number, checked against its field's range when the definition is read or when it is
    /// evaluated.
    Optional<Expression> number(Node node, NumberField field);

    /// `Error` or `Cause`; yields a text.
    Optional<Expression> text(Node node, String field);

    /// A template: `ItemSelector`, `BatchInput`, `Credentials`.
    Optional<Expression> template(Node node, String field);

    /// The request of a reader or writer; absent if it has none.
    Optional<Expression> request(Node node);

    /// The names of the request's members that can be told from the definition; absent if they are
    /// computed.
    Optional<Set<String>> requestFields(Node node);

    /// A member of ReaderConfig that may be an expression.
    Expression setting(Node config, String field);

    /// The text of such a member if it is no expression.
    Optional<String> literal(Node config, String field);

    Until until(Node wait);

    /// What a Map state iterates over when it has no reader; checked to be an array, or an object
    /// where that is allowed.
    Expression items(Node map, Iterable iterable);

    /// What a Map may iterate over: objects only in distributed mode.
    enum Iterable {
        ARRAYS,
        ARRAYS_AND_OBJECTS
    }

    /// What stands for an expression that could not be compiled; a machine that holds it is never
    /// handed out.
    Expression NOTHING = Expression.constant(Json.NULL);

    /// Fields that only one language has.
    List<String> JSON_PATH_FIELDS = List.of("Parameters", "ResultSelector", "Result");
    List<String> JSONATA_FIELDS = List.of("Arguments", "Output", "Items", "Condition");

    static boolean isJsonPathField(String field) {
        return field.endsWith("Path")
                || JSON_PATH_FIELDS.contains(field)
                || ChoiceRule.isTestField(field);
    }
}
