package dev.mapwright.server.cloudwatch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// What the Query protocol answers: XML, with lists as elements called `member`.
final class XmlAnswer {
    private static final String NAMESPACE = "http://monitoring.amazonaws.com/doc/2010-08-01/";

    private final StringBuilder text = new StringBuilder();

    private XmlAnswer() {}

    static byte[] success(
            String operation, Optional<Map<String, Object>> members, String requestId) {
        var xml = new XmlAnswer();
        xml.text.append('<').append(operation).append("Response xmlns=\"").append(NAMESPACE);
        xml.text.append("\">");
        members.ifPresent(present -> xml.element(operation + "Result", present));
        xml.element("ResponseMetadata", Map.of("RequestId", requestId));
        xml.text.append("</").append(operation).append("Response>");
        return xml.bytes();
    }

    static byte[] error(Failed failed) {
        var xml = new XmlAnswer();
        xml.text.append("<ErrorResponse xmlns=\"").append(NAMESPACE).append("\"><Error>");
        xml.element("Type", "Sender");
        xml.element("Code", failed.fault().queryCode());
        xml.element("Message", failed.getMessage());
        xml.text.append("</Error>");
        xml.element("RequestId", UUID.randomUUID().toString());
        xml.text.append("</ErrorResponse>");
        return xml.bytes();
    }

    private void element(String name, Object value) {
        text.append('<').append(name).append('>');
        switch (value) {
            case Map<?, ?> object ->
                object.forEach((member, content) -> element((String) member, content));
            case List<?> list -> list.forEach(each -> element("member", each));
            case Object scalar -> escape(scalar.toString());
        }
        text.append("</").append(name).append('>');
    }

    private void escape(String value) {
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            switch (character) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\r' -> text.append("&#13;");
                default -> text.append(character < ' ' && character != '\n' ? ' ' : character);
            }
        }
    }

    private byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
