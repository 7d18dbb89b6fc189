package dev.mapwright.adapters.items.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.row.PqInterval;
import dev.hardwood.row.PqList;
import dev.hardwood.row.PqMap;
import dev.hardwood.row.PqStruct;
import dev.hardwood.row.StructAccessor;
import dev.hardwood.schema.FileSchema;
import dev.hardwood.schema.SchemaNode;
import dev.hardwood.schema.SchemaNode.GroupNode;
import dev.hardwood.schema.SchemaNode.PrimitiveNode;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonObject;
import dev.mapwright.engine.maprun.ReadFailed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.UUID;

/// Makes JSON of a file's rows: compiled once from the schema.
///
/// | Parquet | JSON |
/// | --- | --- |
/// | booleans, numbers (unsigned ones too) | boolean, number; null for NaN, infinities |
/// | strings, enums, JSON, UUIDs | string |
/// | dates, times, timestamps (INT96 too) | ISO 8601 string; timestamps in UTC |
/// | other bytes | base64 string |
/// | list, map, struct | array, object with the keys' text, object |
/// | interval | object of `months`, `days`, `milliseconds` |
final class RowConversion {
    private final Struct row;

    /// Rough size of the row in the making, kept here because values are many levels below the row.
    private long bytes;

    private RowConversion(FileSchema schema) throws ReadFailed {
        this.row = struct(schema.getRootNode(), "");
    }

    static RowConversion of(FileSchema schema) throws ReadFailed {
        return new RowConversion(schema);
    }

    Json json(StructAccessor values) {
        bytes = 0;
        return Json.of(row.convert(values));
    }

    /// Rough size of the row converted last.
    long bytes() {
        return bytes;
    }

    /// What a value that is there becomes.
    @FunctionalInterface
    private interface Conversion {
        Object json(Object value);
    }

    /// What a member that is there becomes. The library reads the plain types faster by their name
    /// than as a value of any type.
    @FunctionalInterface
    private interface Member {
        Object json(StructAccessor values, int column);
    }

    private record Struct(JsonObject.Shape shape, Member[] members) {
        Object convert(StructAccessor values) {
            var converted = new Object[members.length];
            for (int i = 0; i < converted.length; i++) {
                if (!values.isNull(i)) {
                    converted[i] = members[i].json(values, i);
                }
            }
            return shape.object(converted);
        }
    }

    private Struct struct(GroupNode group, String path) throws ReadFailed {
        var names = new ArrayList<String>();
        var members = new ArrayList<Member>();
        for (SchemaNode child : group.children()) {
            names.add(child.name());
            members.add(member(child, path + child.name()));
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new ReadFailed(
                    "The Parquet schema has two columns of the same name among " + names);
        }
        return new Struct(JsonObject.Shape.of(names), members.toArray(Member[]::new));
    }

    private Member member(SchemaNode node, String path) throws ReadFailed {
        Conversion conversion = conversion(node, path);
        return switch (node) {
            case GroupNode group
            when group.isList() -> (values, column) -> conversion.json(values.getList(column));
            case GroupNode group
            when group.isMap() -> (values, column) -> conversion.json(values.getMap(column));
            case GroupNode _ -> (values, column) -> conversion.json(values.getStruct(column));
            case PrimitiveNode leaf
            when leaf.logicalType() instanceof LogicalType.StringType ->
                (values, column) -> plain(values.getString(column));
            case PrimitiveNode leaf
            when leaf.logicalType() == null && leaf.type() == PhysicalType.INT32 ->
                (values, column) -> plain(values.getInt(column));
            case PrimitiveNode leaf
            when leaf.logicalType() == null && leaf.type() == PhysicalType.INT64 ->
                (values, column) -> plain(values.getLong(column));
            case PrimitiveNode leaf
            when leaf.type() == PhysicalType.DOUBLE ->
                (values, column) -> plain(values.getDouble(column));
            default -> (values, column) -> conversion.json(values.getValue(column));
        };
    }

    private Conversion conversion(SchemaNode node, String path) throws ReadFailed {
        return switch (node) {
            case GroupNode group
            when group.isVariant() ->
                throw new ReadFailed(
                        "The column %s has the Parquet type VARIANT, which is not supported"
                                .formatted(path));
            case GroupNode group when group.isList() -> list(group, path);
            case GroupNode group when group.isMap() -> map(group, path);
            case GroupNode group -> {
                Struct struct = struct(group, path + ".");
                yield value -> struct.convert((PqStruct) value);
            }
            case PrimitiveNode leaf -> leaf(leaf);
            default -> throw new IllegalStateException("Neither a group nor a leaf: " + node);
        };
    }

    private Conversion list(GroupNode group, String path) throws ReadFailed {
        Conversion element = conversion(group.getListElement(), path + "[]");
        return value -> {
            var list = (PqList) value;
            var elements = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                elements.add(list.isNull(i) ? null : element.json(list.get(i)));
            }
            return elements;
        };
    }

    private Conversion map(GroupNode group, String path) throws ReadFailed {
        Conversion key = conversion(group.getMapKey(), path + "{}");
        Conversion member = conversion(group.getMapValue(), path + "{}");
        return value -> {
            var members = new LinkedHashMap<String, Object>();
            for (PqMap.Entry entry : ((PqMap) value).getEntries()) {
                members.put(
                        String.valueOf(key.json(entry.getKey())),
                        entry.isValueNull() ? null : member.json(entry.getValue()));
            }
            return members;
        };
    }

    private Conversion leaf(PrimitiveNode leaf) {
        return switch (leaf.logicalType()) {
            case LogicalType.IntType type when !type.isSigned() -> this::unsigned;
            case LogicalType.EnumType _, LogicalType.JsonType _ -> this::text;
            case null, default -> this::plain;
        };
    }

    private Object unsigned(Object value) {
        bytes += Long.BYTES;
        return switch (value) {
            case Byte number -> Byte.toUnsignedInt(number);
            case Short number -> Short.toUnsignedInt(number);
            case Integer number -> Integer.toUnsignedLong(number);
            case Long number when number < 0 -> new BigInteger(Long.toUnsignedString(number));
            default -> value;
        };
    }

    private Object text(Object value) {
        return plain(
                value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value);
    }

    private Object plain(Object value) {
        bytes += Long.BYTES;
        return switch (value) {
            case String text -> {
                bytes += text.length();
                yield text;
            }
            case Boolean _, Integer _, Long _, BigDecimal _ -> value;
            case Byte number -> number.intValue();
            case Short number -> number.intValue();
            case Double number -> Double.isFinite(number) ? number : null;
            // By way of the text, so that 1.1 stays 1.1.
            case Float number -> Float.isFinite(number) ? Double.valueOf(number.toString()) : null;
            case Instant instant ->
                utc(LocalDateTime.ofEpochSecond(
                        instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC));
            case LocalDateTime local -> utc(local);
            case LocalDate _, LocalTime _, UUID _ -> value.toString();
            case byte[] content -> {
                bytes += content.length;
                yield Base64.getEncoder().encodeToString(content);
            }
            case PqInterval interval -> {
                var members = new LinkedHashMap<String, Object>();
                members.put("months", interval.months());
                members.put("days", interval.days());
                members.put("milliseconds", interval.milliseconds());
                yield members;
            }
            default ->
                throw new IllegalStateException(
                        "A Parquet value of the unknown class " + value.getClass());
        };
    }

    /// As an Instant writes itself, which takes several times as long. Without seconds, a local
    /// time leaves them out.
    private static String utc(LocalDateTime local) {
        boolean withoutSeconds = local.getSecond() == 0 && local.getNano() == 0;
        return local + (withoutSeconds ? ":00Z" : "Z");
    }
}
