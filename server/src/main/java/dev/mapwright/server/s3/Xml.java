package dev.mapwright.server.s3;

import dev.mapwright.server.xml.XmlText;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// An XML document being written. Control characters become character references, as S3 writes
/// them: a carriage return in a key would not survive otherwise.
final class Xml {
    private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    private final StringBuilder text =
            new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    private Xml() {}

    /// A document in S3's namespace.
    static Xml document(String root) {
        Xml xml = new Xml();
        xml.text.append('<').append(root).append(" xmlns=\"").append(NAMESPACE).append("\">");
        xml.open.push(root);
        return xml;
    }

    /// Errors are in no namespace.
    static Xml error() {
        return new Xml().start("Error");
    }

    Xml start(String name) {
        text.append('<').append(name).append('>');
        open.push(name);
        return this;
    }

    Xml end() {
        text.append("</").append(open.pop()).append('>');
        return this;
    }

    Xml element(String name, Object value) {
        text.append('<').append(name).append('>');
        text.append(XmlText.escaped(value.toString()));
        text.append("</").append(name).append('>');
        return this;
    }

    /// Text right inside the open element.
    Xml text(String value) {
        text.append(XmlText.escaped(value));
        return this;
    }

    byte[] bytes() {
        while (!open.isEmpty()) {
            end();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
