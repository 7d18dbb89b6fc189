package dev.mapwright.asl.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.parse.Diagnostic.Severity;
import dev.mapwright.asl.parse.Parser.Parsed;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Definitions damaged at random: the parser always answers, and its answer is never both a machine
/// and an error.
class MutatedDefinitionsTest {
    private static final int MUTATIONS = 60;
    private static final List<Object> STRANGE = new ArrayList<>(List.of(
            "",
            "$",
            "$$",
            "$.",
            "$..x",
            "{% %}",
            "{% ( %}",
            "{%%}",
            "States.Format(",
            "arn:aws:",
            -1,
            0,
            1.5,
            Long.MAX_VALUE,
            1e300,
            true,
            List.of(),
            Map.of(),
            List.of(Map.of()),
            Map.of("a", List.of(1))));

    static {
        STRANGE.add(null);
    }

    @ParameterizedTest
    @MethodSource("dev.mapwright.asl.parse.ExamplesTest#examples")
    void anyMemberMayBeAnything(Path example) throws Exception {
        Object definition = Json.parse(Files.readString(example)).value();
        var random = new Random(example.getFileName().toString().hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            check(Json.of(mutated(definition, random)).text());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.mapwright.asl.parse.ExamplesTest#examples")
    void anyCharacterMayBeMissing(Path example) throws Exception {
        String definition = Files.readString(example);
        var random = new Random(example.getFileName().toString().hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            int at = random.nextInt(definition.length());
            check(definition.substring(0, at) + definition.substring(at + 1));
        }
    }

    private static void check(String text) {
        for (boolean express : new boolean[] {false, true}) {
            Parsed parsed = Parser.parse(text, express);
            boolean refused = parsed.diagnostics().stream()
                    .anyMatch(found -> found.severity() == Severity.ERROR);
            assertEquals(refused, parsed.machine().isEmpty(), text);
        }
        VariableReferences.of(text);
    }

    /// A copy in which one member or element, anywhere, is replaced, removed or renamed.
    private static Object mutated(Object value, Random random) {
        if (random.nextInt(6) == 0) {
            return STRANGE.get(random.nextInt(STRANGE.size()));
        }
        return switch (value) {
            case Map<?, ?> members
            when !members.isEmpty() -> {
                int chosen = random.nextInt(members.size());
                var copy = new LinkedHashMap<String, Object>();
                for (var member : members.entrySet()) {
                    String name = (String) member.getKey();
                    if (chosen-- != 0) {
                        copy.put(name, member.getValue());
                    } else if (random.nextInt(8) > 0) {
                        copy.put(
                                random.nextInt(10) == 0 ? "Next" : name,
                                mutated(member.getValue(), random));
                    }
                }
                yield copy;
            }
            case List<?> elements
            when !elements.isEmpty() -> {
                var copy = new ArrayList<Object>(elements);
                int chosen = random.nextInt(copy.size());
                copy.set(chosen, mutated(copy.get(chosen), random));
                yield copy;
            }
            case null, default -> STRANGE.get(random.nextInt(STRANGE.size()));
        };
    }
}
