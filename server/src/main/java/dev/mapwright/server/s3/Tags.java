package dev.mapwright.server.s3;

import dev.mapwright.adapters.objects.local.ErrorCode;
import dev.mapwright.adapters.objects.local.S3Failed;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tags as a header and as XML.
final class Tags {
    private static final String HEADER = "x-amz-tagging";

    private Tags() {}

    static Map<String, String> ofHeader(Call call) throws S3Failed {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String pair : call.header(HEADER).orElse("").split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String key =
                        PercentCoding.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
                add(
                        tags,
                        key,
                        equals < 0 ? "" : PercentCoding.decodeQuery(pair.substring(equals + 1)));
            }
        }
        return tags;
    }

    static Map<String, String> ofBody(Call call) throws IOException {
        XmlRequest tagging = ReceivedBody.of(call).xml("Tagging");
        return of(tagging.find("TagSet")
                .orElseThrow(() -> XmlRequest.malformed("Tagging lacks TagSet")));
    }

    /// @param tagSet an element whose `Tag` elements these are
    static Map<String, String> of(XmlRequest tagSet) throws S3Failed {
        Map<String, String> tags = new LinkedHashMap<>();
        for (XmlRequest tag : tagSet.all("Tag")) {
            add(tags, tag.requiredTextOf("Key"), tag.requiredTextOf("Value"));
        }
        return tags;
    }

    static Xml xml(Map<String, String> tags) {
        Xml xml = Xml.document("Tagging").start("TagSet");
        tags.forEach((key, value) ->
                xml.start("Tag").element("Key", key).element("Value", value).end());
        return xml;
    }

    private static void add(Map<String, String> tags, String key, String value) throws S3Failed {
        if (tags.putIfAbsent(key, value) != null) {
            throw new S3Failed(
                    ErrorCode.INVALID_TAG,
                    "Cannot provide multiple Tags with the same key: '%s'.".formatted(key));
        }
    }
}
