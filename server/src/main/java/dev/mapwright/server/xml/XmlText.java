package dev.mapwright.server.xml;

/// Text between tags and in attributes.
public final class XmlText {
    private XmlText() {}

    /// Control characters become references: a parser would take a plain carriage return for a line
    /// feed.
    public static String escaped(String value) {
        var escaped = new StringBuilder(value.length());
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> {
                    if (character < ' ') {
                        escaped.append("&#x")
                                .append(Integer.toHexString(character))
                                .append(';');
                    } else {
                        escaped.append(character);
                    }
                }
            }
        }
        return escaped.toString();
    }
}
