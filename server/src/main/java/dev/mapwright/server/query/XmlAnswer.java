package dev.mapwright.server.query;

import dev.mapwright.server.xml.XmlText;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Answers of the Query protocol.
///
/// @param namespace of the service's documents
public record XmlAnswer(String namespace) {
    /// How a service writes a member that is a list or a map.
    @FunctionalInterface
    public interface Shapes {
        /// Writes `value` as the member `name` of an object.
        void write(Element parent, String name, Object value);
    }

    /// An element being written.
    public static final class Element {
        private final StringBuilder text;
        private final Shapes shapes;

        private Element(StringBuilder text, Shapes shapes) {
            this.text = text;
            this.shapes = shapes;
        }

        /// Writes each member as its own element.
        public void members(Map<?, ?> members) {
            members.forEach((name, value) -> member((String) name, value));
        }

        public void member(String name, Object value) {
            switch (value) {
                case List<?> _, Map<?, ?> _ -> shapes.write(this, name, value);
                case Object scalar -> text(name, scalar.toString());
            }
        }

        public void text(String name, String value) {
            open(name);
            text.append(XmlText.escaped(value));
            close(name);
        }

        public void object(String name, Map<?, ?> members) {
            open(name);
            members(members);
            close(name);
        }

        /// An element around whatever `content` writes.
        public void around(String name, Runnable content) {
            open(name);
            content.run();
            close(name);
        }

        private void open(String name) {
            text.append('<').append(name).append('>');
        }

        private void close(String name) {
            text.append("</").append(name).append('>');
        }
    }

    public byte[] success(
            String action, Map<String, Object> members, String requestId, Shapes shapes) {
        var text = new StringBuilder();
        var root = new Element(text, shapes);
        text.append('<')
                .append(action)
                .append("Response xmlns=\"")
                .append(namespace)
                .append("\">");
        if (!members.isEmpty()) {
            root.object(action + "Result", members);
        }
        root.object("ResponseMetadata", Map.of("RequestId", requestId));
        root.close(action + "Response");
        return bytes(text);
    }

    public byte[] error(String code, String message, String requestId) {
        var text = new StringBuilder();
        var root = new Element(text, (_, name, _) -> {
            throw new IllegalStateException("an error has no member like " + name);
        });
        text.append("<ErrorResponse xmlns=\"").append(namespace).append("\">");
        root.around("Error", () -> {
            root.text("Type", "Sender");
            root.text("Code", code);
            root.text("Message", message);
        });
        root.text("RequestId", requestId);
        root.close("ErrorResponse");
        return bytes(text);
    }

    private static byte[] bytes(StringBuilder text) {
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
