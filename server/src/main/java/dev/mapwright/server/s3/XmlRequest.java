package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.S3Failed;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// An element of a request's XML document: its text, or the elements in it.
record XmlRequest(String name, String text, List<XmlRequest> children) {
    private static final int DEPTH_MAX = 8;

    /// @throws S3Failed `MalformedXML`, also for another root than the one wanted
    static XmlRequest parse(byte[] document, String root) throws S3Failed {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, Boolean.FALSE);
        factory.setProperty(XMLInputFactory.IS_COALESCING, Boolean.TRUE);
        try {
            XMLStreamReader reader =
                    factory.createXMLStreamReader(new ByteArrayInputStream(document));
            reader.nextTag();
            if (!reader.getLocalName().equals(root)) {
                throw malformed(
                        "its root is %s instead of %s".formatted(reader.getLocalName(), root));
            }
            return read(reader, 1);
        } catch (XMLStreamException broken) {
            throw malformed(broken.getMessage().replace('\n', ' '));
        }
    }

    static S3Failed malformed(String reason) {
        return new S3Failed(
                ErrorCode.MALFORMED_XML,
                "The XML you provided was not well-formed or did not validate against our published schema: "
                        + reason);
    }

    private static XmlRequest read(XMLStreamReader reader, int depth)
            throws XMLStreamException, S3Failed {
        if (depth > DEPTH_MAX) {
            throw malformed("elements are nested more than %d deep".formatted(DEPTH_MAX));
        }
        String name = reader.getLocalName();
        StringBuilder text = new StringBuilder();
        List<XmlRequest> children = new ArrayList<>();
        while (true) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                children.add(read(reader, depth + 1));
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                return new XmlRequest(name, children.isEmpty() ? text.toString() : "", children);
            } else if (event == XMLStreamConstants.CHARACTERS
                    || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            } else if (event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw malformed("it has a reference to the entity " + reader.getLocalName());
            }
        }
    }

    List<XmlRequest> all(String child) {
        return children.stream().filter(each -> each.name().equals(child)).toList();
    }

    Optional<XmlRequest> find(String child) {
        return children.stream().filter(each -> each.name().equals(child)).findFirst();
    }

    Optional<String> textOf(String child) {
        return find(child).map(XmlRequest::text);
    }

    String requiredTextOf(String child) throws S3Failed {
        return textOf(child).orElseThrow(() -> malformed("%s lacks %s".formatted(name, child)));
    }
}
