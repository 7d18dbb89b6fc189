package dev.mapwright.asl.expression.intrinsic;

import java.util.ArrayList;
import java.util.List;

/// The texts before, between and after the placeholders of a format.
record FormatTemplate(List<String> texts) {
    private static final String PLACEHOLDER = "{}";

    /// A quoted format, in which `\{` is a brace and no placeholder.
    static FormatTemplate parse(Argument.Text quoted) {
        String written = quoted.written();
        var texts = new ArrayList<String>();
        var text = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            if (written.charAt(i) == '\\') {
                text.append(written.charAt(++i));
            } else if (written.startsWith(PLACEHOLDER, i)) {
                texts.add(text.toString());
                text.setLength(0);
                i++;
            } else {
                text.append(written.charAt(i));
            }
        }
        texts.add(text.toString());
        return new FormatTemplate(texts);
    }

    /// A format that came as data, where a backslash is nothing special.
    static FormatTemplate parse(String format) {
        var texts = new ArrayList<String>();
        int from = 0;
        for (int at = format.indexOf(PLACEHOLDER);
                at >= 0;
                at = format.indexOf(PLACEHOLDER, from)) {
            texts.add(format.substring(from, at));
            from = at + PLACEHOLDER.length();
        }
        texts.add(format.substring(from));
        return new FormatTemplate(texts);
    }

    int placeholders() {
        return texts.size() - 1;
    }
}
