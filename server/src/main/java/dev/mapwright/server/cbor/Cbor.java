package dev.mapwright.server.cbor;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;
import tools.jackson.dataformat.cbor.CBORParser;
import tools.jackson.dataformat.cbor.CBORReadFeature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Documents of CBOR as trees: maps with texts for keys, times as epoch seconds under tag 1.
/// https://www.rfc-editor.org/rfc/rfc8949 and
/// https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
public final class Cbor {
    private static final int EPOCH_TIME = 1;
    private static final int DEPTH_MAX = 32;
    private static final double MILLIS = 1_000;

    private static final CBORFactory FACTORY = CBORFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .disable(CBORReadFeature.READ_UNDEFINED_AS_EMBEDDED_OBJECT)
            .disable(CBORReadFeature.READ_SIMPLE_VALUE_AS_EMBEDDED_OBJECT)
            .build();

    private Cbor() {}

    /// Maps, lists, texts, numbers, `Boolean`, `Instant` and null.
    public static Object read(byte[] document) throws MalformedCbor {
        try (var parser = (CBORParser) FACTORY.createParser(ObjectReadContext.empty(), document)) {
            if (parser.nextToken() == null) {
                throw new MalformedCbor("there is nothing");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new MalformedCbor("something follows its end");
            }
            return value;
        } catch (JacksonException malformed) {
            throw new MalformedCbor(malformed.getOriginalMessage());
        }
    }

    /// The value that begins at the current token.
    private static Object value(CBORParser parser) throws MalformedCbor {
        boolean isTime = parser.getCurrentTags().contains(EPOCH_TIME);
        return switch (parser.currentToken()) {
            case START_OBJECT -> map(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                isTime ? time(parser.getDoubleValue()) : parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_EMBEDDED_OBJECT ->
                new String(parser.getBinaryValue(), StandardCharsets.UTF_8);
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE ->
                throw new MalformedCbor("it has an end without a beginning");
        };
    }

    private static Instant time(double seconds) {
        return Instant.ofEpochMilli(Math.round(seconds * MILLIS));
    }

    private static Map<String, Object> map(CBORParser parser) throws MalformedCbor {
        var map = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            map.put(name, value(parser));
        }
        return map;
    }

    private static List<Object> list(CBORParser parser) throws MalformedCbor {
        var list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    /// @param members of the same kinds
    public static byte[] write(Map<String, ?> members) {
        var document = new ByteArrayOutputStream();
        try (var generator =
                (CBORGenerator) FACTORY.createGenerator(ObjectWriteContext.empty(), document)) {
            write(members, generator);
        }
        return document.toByteArray();
    }

    private static void write(Object value, CBORGenerator generator) {
        switch (value) {
            case Map<?, ?> map -> {
                generator.writeStartObject(map, map.size());
                map.forEach((name, member) -> {
                    generator.writeName((String) name);
                    write(member, generator);
                });
                generator.writeEndObject();
            }
            case List<?> list -> {
                generator.writeStartArray(list, list.size());
                list.forEach(each -> write(each, generator));
                generator.writeEndArray();
            }
            case String text -> generator.writeString(text);
            case Integer number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Boolean truth -> generator.writeBoolean(truth);
            case Instant time -> {
                generator.writeTag(EPOCH_TIME);
                generator.writeNumber(time.toEpochMilli() / MILLIS);
            }
            case Object other ->
                throw new IllegalStateException("expected what an answer is made of, found "
                        + other.getClass().getName());
        }
    }
}
