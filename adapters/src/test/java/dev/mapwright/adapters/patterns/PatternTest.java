package dev.mapwright.adapters.patterns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.asl.json.Json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a": ["x", "y"]}                                      | {"a": "y"}                 | true
            {"a": ["x"]}                                           | {"a": "z"}                 | false
            {"a": ["x"]}                                           | {"b": "x"}                 | false
            {"a": [1]}                                             | {"a": 1.0}                 | true
            {"a": [1]}                                             | {"a": "1"}                 | false
            {"a": [null]}                                          | {"a": null}                | true
            {"a": [true]}                                          | {"a": true}                | true
            {"a": ["x"]}                                           | {"a": ["w", "x"]}          | true
            {"a": ["x"], "b": ["y"]}                               | {"a": "x", "b": "z"}       | false
            {"a": {"b": ["x"]}}                                    | {"a": {"b": "x", "c": 1}}  | true
            {"a": {"b": ["x"]}}                                    | {"a": [{"b": "y"}, {"b": "x"}]} | true
            {"a": {"b": ["x"]}}                                    | {"a": "x"}                 | false
            {"a": [{"prefix": "ab"}]}                              | {"a": "abc"}               | true
            {"a": [{"prefix": {"equals-ignore-case": "AB"}}]}      | {"a": "aBc"}               | true
            {"a": [{"suffix": ".png"}]}                            | {"a": "x.png"}             | true
            {"a": [{"suffix": {"equals-ignore-case": ".PNG"}}]}    | {"a": "x.pnG"}             | true
            {"a": [{"equals-ignore-case": "Alice"}]}               | {"a": "aLICE"}             | true
            {"a": [{"anything-but": "x"}]}                         | {"a": "y"}                 | true
            {"a": [{"anything-but": "x"}]}                         | {"a": "x"}                 | false
            {"a": [{"anything-but": "x"}]}                         | {"b": "y"}                 | false
            {"a": [{"anything-but": ["x", "y"]}]}                  | {"a": "y"}                 | false
            {"a": [{"anything-but": [1, 2]}]}                      | {"a": 3}                   | true
            {"a": [{"anything-but": {"prefix": "x"}}]}             | {"a": "xa"}                | false
            {"a": [{"anything-but": {"suffix": ["a", "b"]}}]}      | {"a": "xb"}                | false
            {"a": [{"anything-but": {"wildcard": "*/lib/*"}}]}     | {"a": "x/bin/y"}           | true
            {"a": [{"anything-but": {"equals-ignore-case": "X"}}]} | {"a": "x"}                 | false
            {"a": [{"numeric": [">", 0, "<=", 5]}]}                | {"a": 5}                   | true
            {"a": [{"numeric": [">", 0, "<=", 5]}]}                | {"a": 0}                   | false
            {"a": [{"numeric": ["=", 3.01e2]}]}                    | {"a": 301}                 | true
            {"a": [{"exists": true}]}                              | {"a": null}                | true
            {"a": [{"exists": false}]}                             | {"a": 1}                   | false
            {"a": [{"exists": false}]}                             | {"b": 1}                   | true
            {"a": {"b": [{"exists": false}]}}                      | {"c": 1}                   | true
            {"a": [{"wildcard": "dir/*.png"}]}                     | {"a": "dir/x/y.png"}       | true
            {"a": [{"wildcard": "a*b*a"}]}                         | {"a": "aba"}               | true
            {"a": [{"wildcard": "a*ba"}]}                          | {"a": "aa"}                | false
            {"a": [{"wildcard": "a*a"}]}                           | {"a": "a"}                 | false
            {"a": [{"wildcard": "a\\\\*"}]}                        | {"a": "a*"}                | true
            {"a": [{"cidr": "10.0.0.0/24"}]}                       | {"a": "10.0.0.200"}        | true
            {"a": [{"cidr": "10.0.0.0/24"}]}                       | {"a": "10.0.1.1"}          | false
            {"a": [{"cidr": "2001:db8::/32"}]}                     | {"a": "2001:db8::1"}       | true
            {"a": [{"cidr": "10.0.0.0/8"}]}                        | {"a": "localhost"}         | false
            {"$or": [{"a": ["x"]}, {"b": [{"numeric": ["<", 1]}]}]} | {"a": "y", "b": 0}        | true
            {"$or": [{"a": ["x"]}, {"b": ["y"]}], "c": ["z"]}      | {"a": "x", "c": "w"}       | false
            """)
    void aPatternMatchesAsEventBridgeSays(String pattern, String event, boolean matches)
            throws InvalidPattern {
        assertEquals(matches, Pattern.parse(pattern).matches(Json.ofText(event).value()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                              | Expected an object with members at the pattern
            {"a": "x"}                      | "a" must be an object or an array of conditions
            {"a": []}                       | "a" must be an object or an array of conditions
            {"a": [["x"]]}                  | "a" has an array within its array
            {"a": [{"like": "x"}]}          | Unrecognized match type like of "a"
            {"a": [{"prefix": 1}]}          | "prefix" of "a" must be a string
            {"a": [{"cidr": "10.0.0.0"}]}   | "10.0.0.0" of "a" is not a CIDR block
            {"a": [{"prefix": "x", "suffix": "y"}]} | A condition of "a" must have exactly one operator
            """)
    void whatIsNoPatternIsNamed(String pattern, String message) {
        assertEquals(
                message,
                assertThrows(InvalidPattern.class, () -> Pattern.parse(pattern)).getMessage());
    }

    @Test
    void aNumericConditionWantsComparisons() {
        assertThrows(
                InvalidPattern.class, () -> Pattern.parse("{\"a\": [{\"numeric\": [\">\"]}]}"));
    }
}
