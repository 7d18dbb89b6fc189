package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Jsonata.Fn0;
import com.dashjoin.jsonata.Jsonata.JFunction;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A regular expression of an expression. Called as a function it yields its first match, and that
/// the next one.
final class Regex extends JFunction {
    private final Pattern pattern;

    Regex(Pattern pattern) {
        super(
                (_, arguments) ->
                        arguments.isEmpty() || !(arguments.getFirst() instanceof String text)
                                ? null
                                : match(bounded(pattern, text)),
                null);
        this.pattern = pattern;
    }

    Matcher matcher(String text) {
        return bounded(pattern, text);
    }

    private static Matcher bounded(Pattern pattern, String text) {
        return pattern.matcher(new Bounds.Watched(text, Bounds.CURRENT.get()));
    }

    private static Map<String, Object> match(Matcher matcher) {
        if (!matcher.find()) {
            return null;
        }
        var match = new HashMap<String, Object>();
        match.put("match", matcher.group());
        match.put("start", matcher.start());
        match.put("end", matcher.end());
        match.put("groups", TextFunctions.groups(matcher));
        match.put("next", (Fn0<Map<String, Object>>) () -> match(matcher));
        return match;
    }
}
