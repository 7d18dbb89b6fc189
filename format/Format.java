import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Formats every Java source below the current folder (`write`), or names those that are not
/// formatted (`check`).
///
/// The layout is palantir-java-format's at 100 columns. It would continue an overlong `///` line
/// with `//`, which ends the documentation comment; so those comments are hidden from it, and their
/// overlong paragraphs filled anew.
final class Format {
    private static final int COLUMNS_MAX = 100;
    private static final String HIDDEN = "/// ~";
    private static final Pattern DOC_LINE = Pattern.compile("(?m)^([ \\t]*)(///.*)$");
    private static final Pattern HIDDEN_LINE = Pattern.compile("(?m)^( *)" + HIDDEN + "(\\d+)$");
    private static final Pattern DOC = Pattern.compile("(\\s*)///(?: (.*))?");
    private static final Pattern STARTS_PARAGRAPH =
            Pattern.compile("(?:[-*+]|\\d+[.)]|@\\w+|#+)(?: .*)?");
    private static final Pattern LITERAL = Pattern.compile(" {4}.*|\\|.*");

    private final Formatter layout = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.AOSP)
            .build());

    public static void main(String[] arguments) throws IOException {
        boolean write = arguments.length == 1 && arguments[0].equals("write");
        if (!write && !(arguments.length == 1 && arguments[0].equals("check"))) {
            System.err.println("Usage: java Format.java write|check");
            System.exit(2);
        }
        List<Path> unformatted = new Format().run(write);
        for (Path path : unformatted) {
            System.out.println((write ? "formatted " : "not formatted: ") + path);
        }
        if (!write && !unformatted.isEmpty()) {
            System.out.println("Run ./mapwright format, and look at what it changed.");
            System.exit(1);
        }
    }

    private List<Path> run(boolean write) throws IOException {
        List<Path> sources;
        try (var files = Files.walk(Path.of(""))) {
            sources = files.filter(Format::isSource).sorted().toList();
        }
        var changed = new ArrayList<Path>();
        for (Path source : sources) {
            String before = Files.readString(source);
            String after = format(source, before);
            if (!after.equals(before)) {
                changed.add(source);
                if (write) {
                    Files.writeString(source, after);
                }
            }
        }
        return changed;
    }

    private static boolean isSource(Path path) {
        if (!path.toString().endsWith(".java")) {
            return false;
        }
        for (Path part : path) {
            String name = part.toString();
            if (name.equals("target") || name.startsWith(".")) {
                return false;
            }
        }
        return true;
    }

    private String format(Path source, String text) {
        try {
            var comments = new ArrayList<String>();
            String laidOut = layout.formatSource(hideComments(text, comments));
            return layout.fixImports(fillComments(showComments(laidOut, comments)));
        } catch (FormatterException problem) {
            throw new IllegalStateException(source + ": " + problem.getMessage(), problem);
        }
    }

    private static String hideComments(String text, List<String> comments) {
        return DOC_LINE.matcher(text).replaceAll(line -> {
            comments.add(line.group(2));
            return Matcher.quoteReplacement(line.group(1) + HIDDEN + (comments.size() - 1));
        });
    }

    private static String showComments(String text, List<String> comments) {
        return HIDDEN_LINE
                .matcher(text)
                .replaceAll(line -> Matcher.quoteReplacement(
                        line.group(1) + comments.get(Integer.parseInt(line.group(2)))));
    }

    /// Fills the paragraphs of `///` comments that have a line over the maximum.
    private static String fillComments(String text) {
        var lines = new ArrayList<String>();
        var paragraph = new ArrayList<String>();
        boolean fenced = false;
        for (String line : text.lines().toList()) {
            Matcher doc = DOC.matcher(line);
            String words = doc.matches() && doc.group(2) != null ? doc.group(2) : "";
            boolean fence = words.strip().startsWith("```");
            fenced ^= fence;
            boolean literal = words.isBlank()
                    || fence
                    || fenced
                    || (LITERAL.matcher(words).matches() && !isTag(paragraph));
            if (literal || STARTS_PARAGRAPH.matcher(words.strip()).matches()) {
                fill(paragraph, lines);
            }
            (literal ? lines : paragraph).add(line);
        }
        fill(paragraph, lines);
        return String.join("\n", lines) + "\n";
    }

    private static void fill(List<String> paragraph, List<String> lines) {
        if (paragraph.stream().noneMatch(line -> line.length() > COLUMNS_MAX)) {
            lines.addAll(paragraph);
        } else {
            String first = prefix(paragraph.getFirst());
            String others = isTag(paragraph)
                    ? first.stripTrailing() + "     "
                    : prefix(paragraph.getLast());
            var line = new StringBuilder(first);
            boolean empty = true;
            for (String word : words(paragraph)) {
                if (!empty && line.length() + 1 + word.length() > COLUMNS_MAX) {
                    lines.add(line.toString());
                    line = new StringBuilder(others);
                    empty = true;
                }
                line.append(empty ? "" : " ").append(word);
                empty = false;
            }
            lines.add(line.toString());
        }
        paragraph.clear();
    }

    /// Whether it is a `@param` and its like, whose further lines are indented.
    private static boolean isTag(List<String> paragraph) {
        return !paragraph.isEmpty() && paragraph.getFirst().strip().startsWith("/// @");
    }

    private static String prefix(String line) {
        Matcher prefix = Pattern.compile("\\s*/// *").matcher(line);
        return prefix.lookingAt() ? prefix.group() : "";
    }

    /// The words of a paragraph; one that would start a list or a tag at the start of a line stays
    /// with the one before.
    private static List<String> words(List<String> paragraph) {
        var words = new ArrayList<String>();
        for (String line : paragraph) {
            for (String word : line.substring(prefix(line).length()).strip().split(" +")) {
                if (!words.isEmpty() && STARTS_PARAGRAPH.matcher(word).matches()) {
                    words.add(words.removeLast() + " " + word);
                } else {
                    words.add(word);
                }
            }
        }
        return words;
    }
}
