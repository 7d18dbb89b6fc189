package dev.mapwright.asl.expression.jsonata;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Utils;

import dev.mapwright.asl.expression.jsonata.Native.Arguments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;

/// The functions on texts that could run long or grow large, in place of the library's: each counts
/// what it does against the evaluation's [Bounds].
final class TextFunctions {
    private TextFunctions() {}

    static Map<String, Native> all() {
        var functions = new LinkedHashMap<String, Native>();
        Native.add(functions, "string", "<x-b?:s>", TextFunctions::string);
        Native.add(functions, "pad", "<s-ns?:s>", TextFunctions::pad);
        Native.add(functions, "join", "<a<s>s?:s>", TextFunctions::join);
        Native.add(functions, "contains", "<s-(sf):b>", TextFunctions::contains);
        Native.add(functions, "match", "<s-f<s:o>n?:a<o>>", TextFunctions::match);
        Native.add(functions, "replace", "<s-(sf)(sf)n?:s>", TextFunctions::replace);
        Native.add(functions, "split", "<s-(sf)n?:a<s>>", TextFunctions::split);
        return functions;
    }

    private static Object string(Arguments arguments) {
        return switch (arguments.get(0)) {
            case null -> null;
            case String text -> text;
            case Object value ->
                new Stringified(arguments.bounds(), Boolean.TRUE.equals(arguments.get(1)))
                        .text(value);
        };
    }

    private static Object pad(Arguments arguments) {
        if (!arguments.has(0)) {
            return null;
        }
        String text = arguments.text(0);
        int width = arguments.has(1) ? arguments.number(1).intValue() : 0;
        String padding = arguments.has(2) && !arguments.text(2).isEmpty() ? arguments.text(2) : " ";
        int missing = Math.abs(width) - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        arguments.bounds().text((long) text.length() + 2L * missing);
        int[] characters = padding.codePoints().toArray();
        var pad = new StringBuilder();
        for (int i = 0; i < missing; i++) {
            pad.appendCodePoint(characters[i % characters.length]);
        }
        return width < 0 ? pad + text : text + pad;
    }

    private static Object join(Arguments arguments) {
        if (!arguments.has(0)) {
            return null;
        }
        String separator = arguments.has(1) ? arguments.text(1) : "";
        var joined = new StringBuilder();
        boolean first = true;
        for (Object part : arguments.list(0)) {
            if (!(part instanceof String text)) {
                throw new QueryError(
                        "T0412", "Argument 1 of function \"join\" must be an array of \"strings\"");
            }
            joined.append(first ? "" : separator).append(text);
            arguments.bounds().text(joined.length());
            first = false;
        }
        return joined.toString();
    }

    private static Object contains(Arguments arguments) {
        if (!arguments.has(0)) {
            return null;
        }
        return switch (arguments.get(1)) {
            case null -> throw QueryError.mismatch("contains", 2);
            case String part -> arguments.text(0).contains(part);
            case Regex regex -> regex.matcher(arguments.text(0)).find();
            case Object matcher -> !(apply(matcher, arguments.text(0)) == null);
        };
    }

    private static Object match(Arguments arguments) {
        if (!arguments.has(0)) {
            return null;
        }
        int limit = limit(
                arguments,
                2,
                "D3040",
                "Third argument of match function must evaluate to a positive number");
        Matcher matcher = regex("match", arguments.get(1)).matcher(arguments.text(0));
        List<Object> matches = Utils.createSequence();
        while (matches.size() < limit && matcher.find()) {
            var match = new LinkedHashMap<String, Object>();
            match.put("match", matcher.group());
            match.put("index", matcher.start());
            match.put("groups", groups(matcher));
            matches.add(match);
        }
        return matches;
    }

    private static Object replace(Arguments arguments) {
        if (!arguments.has(0)) {
            return null;
        }
        int limit = limit(
                arguments,
                3,
                "D3011",
                "Fourth argument of replace function must evaluate to a positive number");
        return switch (arguments.get(1)) {
            case null -> throw QueryError.mismatch("replace", 2);
            case String part
            when part.isEmpty() ->
                throw new QueryError(
                        "D3010", "Second argument of replace function cannot be an empty string");
            case String part -> replaceText(arguments, part, limit);
            case Object pattern -> replaceMatches(arguments, regex("replace", pattern), limit);
        };
    }

    private static String replaceText(Arguments arguments, String part, int limit) {
        if (!(arguments.get(2) instanceof String replacement)) {
            throw QueryError.mismatch("replace", 3);
        }
        String text = arguments.text(0);
        var replaced = new StringBuilder();
        int from = 0;
        int at = text.indexOf(part);
        for (int count = 0; at >= 0 && count < limit; count++) {
            replaced.append(text, from, at).append(replacement);
            arguments.bounds().text(replaced.length());
            from = at + part.length();
            at = text.indexOf(part, from);
        }
        return replaced.append(text, from, text.length()).toString();
    }

    private static String replaceMatches(Arguments arguments, Regex regex, int limit) {
        String text = arguments.text(0);
        Matcher matcher = regex.matcher(text);
        var replaced = new StringBuilder();
        int from = 0;
        for (int count = 0; count < limit && matcher.find(); count++) {
            if (matcher.group().isEmpty()) {
                throw new QueryError("D1004", "Regular expression matches zero length string");
            }
            replaced.append(text, from, matcher.start())
                    .append(replacement(arguments.get(2), matcher));
            arguments.bounds().text(replaced.length());
            from = matcher.end();
        }
        return replaced.append(text, from, text.length()).toString();
    }

    private static String replacement(Object replacement, Matcher matcher) {
        if (replacement instanceof String template) {
            return expand(template, matcher);
        }
        var match = new LinkedHashMap<String, Object>();
        match.put("match", matcher.group());
        match.put("start", matcher.start());
        match.put("end", matcher.end());
        match.put("groups", groups(matcher));
        if (apply(replacement, match) instanceof String text) {
            return text;
        }
        throw new QueryError(
                "D3012", "Attempted to replace a matched string with a non-string value");
    }

    /// `$$` is a dollar, `$0` the match, `$n` group n: with as many digits as there are groups for.
    private static String expand(String template, Matcher matcher) {
        var expanded = new StringBuilder();
        int from = 0;
        for (int at = template.indexOf('$'); at >= 0; at = template.indexOf('$', from)) {
            expanded.append(template, from, at);
            from = at + 1;
            if (from < template.length() && template.charAt(from) == '$') {
                expanded.append('$');
                from++;
            } else if (from < template.length() && Character.isDigit(template.charAt(from))) {
                from = group(template, from, matcher, expanded);
            } else {
                expanded.append('$');
            }
        }
        return expanded.append(template, from, template.length()).toString();
    }

    private static int group(String template, int from, Matcher matcher, StringBuilder expanded) {
        int digits = String.valueOf(matcher.groupCount()).length();
        int end = from;
        while (end < template.length()
                && end < from + digits
                && Character.isDigit(template.charAt(end))) {
            end++;
        }
        int group = Integer.parseInt(template.substring(from, end));
        if (end - from > 1 && group > matcher.groupCount()) {
            end--;
            group = Integer.parseInt(template.substring(from, end));
        }
        if (group <= matcher.groupCount() && matcher.group(group) != null) {
            expanded.append(matcher.group(group));
        }
        return end;
    }

    private static Object split(Arguments arguments) {
        if (!arguments.has(0)) {
            return null;
        }
        int limit = limit(
                arguments,
                2,
                "D3020",
                "Third argument of split function must evaluate to a positive number");
        limit = arguments.has(2) ? arguments.number(2).intValue() : limit;
        String text = arguments.text(0);
        return switch (arguments.get(1)) {
            case null -> throw QueryError.mismatch("split", 2);
            case String separator when separator.isEmpty() -> characters(text, limit);
            case String separator -> splitAt(text, separator, limit);
            case Object pattern -> splitAt(text, regex("split", pattern), limit);
        };
    }

    private static List<Object> characters(String text, int limit) {
        var parts = new ArrayList<Object>();
        text.codePoints()
                .limit(limit)
                .forEach(character -> parts.add(Character.toString(character)));
        return parts;
    }

    private static List<Object> splitAt(String text, String separator, int limit) {
        var parts = new ArrayList<Object>();
        int from = 0;
        for (int at = text.indexOf(separator);
                at >= 0 && parts.size() < limit;
                at = text.indexOf(separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        if (parts.size() < limit) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    private static List<Object> splitAt(String text, Regex regex, int limit) {
        var parts = new ArrayList<Object>();
        Matcher matcher = regex.matcher(text);
        int from = 0;
        while (parts.size() < limit && matcher.find()) {
            if (matcher.group().isEmpty()) {
                throw new QueryError("D1004", "Regular expression matches zero length string");
            }
            parts.add(text.substring(from, matcher.start()));
            from = matcher.end();
        }
        if (parts.size() < limit) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    static List<Object> groups(MatchResult match) {
        var groups = new ArrayList<Object>();
        for (int i = 1; i <= match.groupCount(); i++) {
            groups.add(match.group(i) == null ? "" : match.group(i));
        }
        return groups;
    }

    private static int limit(Arguments arguments, int index, String code, String message) {
        if (!arguments.has(index)) {
            return Integer.MAX_VALUE;
        }
        double limit = arguments.number(index).doubleValue();
        if (limit < 0) {
            throw new QueryError(code, message);
        }
        return (int) Math.ceil(limit);
    }

    private static Regex regex(String function, Object pattern) {
        if (pattern instanceof Regex regex) {
            return regex;
        }
        throw new QueryError(
                "$%s takes a regular expression or a string here; functions that match are not supported"
                        .formatted(function));
    }

    static Object apply(Object function, Object... arguments) {
        try {
            return Functions.funcApply(function, Arrays.asList(arguments));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new QueryError(String.valueOf(e.getMessage()));
        }
    }
}
