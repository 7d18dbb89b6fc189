package dev.mapwright.asl.json;

/// Which characters a JSON string cannot hold as they are, and what stands for them: quotes,
/// backslashes and control characters, as AWS writes what states produce. All of them are ASCII.
final class Escapes {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final String[] ESCAPES = escapes();

    private Escapes() {}

    static boolean isPlain(int c) {
        return c >= ' ' && c != '"' && c != '\\';
    }

    /// @param c one that is not plain
    static String of(int c) {
        return ESCAPES[c];
    }

    private static String[] escapes() {
        var escapes = new String['\\' + 1];
        for (int c = 0; c < ' '; c++) {
            escapes[c] = "\\u00" + HEX[c >> 4] + HEX[c & 15];
        }
        escapes['\b'] = "\\b";
        escapes['\f'] = "\\f";
        escapes['\n'] = "\\n";
        escapes['\r'] = "\\r";
        escapes['\t'] = "\\t";
        escapes['"'] = "\\\"";
        escapes['\\'] = "\\\\";
        return escapes;
    }
}
