package dev.mapwright.adapters.tables.local.item;

import dev.mapwright.adapters.tables.local.item.AttributeValue.B;
import dev.mapwright.adapters.tables.local.item.AttributeValue.BS;
import dev.mapwright.adapters.tables.local.item.AttributeValue.Bool;
import dev.mapwright.adapters.tables.local.item.AttributeValue.L;
import dev.mapwright.adapters.tables.local.item.AttributeValue.M;
import dev.mapwright.adapters.tables.local.item.AttributeValue.N;
import dev.mapwright.adapters.tables.local.item.AttributeValue.NS;
import dev.mapwright.adapters.tables.local.item.AttributeValue.Null;
import dev.mapwright.adapters.tables.local.item.AttributeValue.S;
import dev.mapwright.adapters.tables.local.item.AttributeValue.SS;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The stored form of an item: a version, then each member as name, type byte and content, lengths
/// as varints. It is smaller than JSON and needs no escaping, so that reading an item back costs
/// about as much as copying it.
public final class StoredItem {
    private static final byte VERSION = 1;

    private StoredItem() {}

    public static byte[] write(M item) {
        var out = new Writer();
        out.raw(VERSION);
        out.members(item.members());
        return out.bytes();
    }

    public static M read(byte[] stored) {
        if (stored.length == 0 || stored[0] != VERSION) {
            throw new IllegalStateException("Expected a stored item of version %d, found %s"
                    .formatted(VERSION, stored.length == 0 ? "nothing" : "version " + stored[0]));
        }
        return new M(new Reader(stored).members());
    }

    private static final class Writer {
        private byte[] buffer = new byte[256];
        private int length;

        byte[] bytes() {
            return Arrays.copyOf(buffer, length);
        }

        void members(Map<String, AttributeValue> members) {
            number(members.size());
            for (Map.Entry<String, AttributeValue> member : members.entrySet()) {
                text(member.getKey());
                value(member.getValue());
            }
        }

        private void value(AttributeValue value) {
            switch (value) {
                case S(String text) -> {
                    raw('S');
                    text(text);
                }
                case N(String digits) -> {
                    raw('N');
                    text(digits);
                }
                case B(byte[] bytes) -> {
                    raw('B');
                    block(bytes);
                }
                case Bool(boolean truth) -> raw(truth ? 't' : 'f');
                case Null _ -> raw('0');
                case L(List<AttributeValue> elements) -> {
                    raw('L');
                    number(elements.size());
                    elements.forEach(this::value);
                }
                case M(Map<String, AttributeValue> inner) -> {
                    raw('M');
                    members(inner);
                }
                case SS(Set<String> elements) -> {
                    raw('s');
                    number(elements.size());
                    elements.forEach(this::text);
                }
                case NS(Set<String> elements) -> {
                    raw('n');
                    number(elements.size());
                    elements.forEach(this::text);
                }
                case BS(Set<B> elements) -> {
                    raw('b');
                    number(elements.size());
                    elements.forEach(element -> block(element.bytes()));
                }
            }
        }

        private void text(String text) {
            block(text.getBytes(StandardCharsets.UTF_8));
        }

        private void block(byte[] bytes) {
            number(bytes.length);
            room(bytes.length);
            System.arraycopy(bytes, 0, buffer, length, bytes.length);
            length += bytes.length;
        }

        private void number(int value) {
            int rest = value;
            while (rest >= 0x80) {
                raw(rest & 0x7F | 0x80);
                rest >>>= 7;
            }
            raw(rest);
        }

        private void raw(int value) {
            room(1);
            buffer[length++] = (byte) value;
        }

        private void room(int bytes) {
            if (length + bytes > buffer.length) {
                buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
            }
        }
    }

    private static final class Reader {
        private final byte[] stored;
        private int position = 1;

        Reader(byte[] stored) {
            this.stored = stored;
        }

        Map<String, AttributeValue> members() {
            int count = number();
            Map<String, AttributeValue> members = LinkedHashMap.newLinkedHashMap(count);
            for (int i = 0; i < count; i++) {
                members.put(text(), value());
            }
            return members;
        }

        private AttributeValue value() {
            byte type = stored[position++];
            return switch (type) {
                case 'S' -> new S(text());
                case 'N' -> new N(text());
                case 'B' -> new B(block());
                case 't' -> new Bool(true);
                case 'f' -> new Bool(false);
                case '0' -> new Null();
                case 'L' -> new L(elements());
                case 'M' -> new M(members());
                case 's' -> new SS(texts());
                case 'n' -> new NS(texts());
                case 'b' -> new BS(blocks());
                default ->
                    throw new IllegalStateException(
                            "Expected the type of a stored attribute at byte %d, found %d"
                                    .formatted(position - 1, type));
            };
        }

        private List<AttributeValue> elements() {
            int count = number();
            var elements = new ArrayList<AttributeValue>(count);
            for (int i = 0; i < count; i++) {
                elements.add(value());
            }
            return elements;
        }

        private Set<String> texts() {
            int count = number();
            Set<String> texts = LinkedHashSet.newLinkedHashSet(count);
            for (int i = 0; i < count; i++) {
                texts.add(text());
            }
            return texts;
        }

        private Set<B> blocks() {
            int count = number();
            Set<B> blocks = LinkedHashSet.newLinkedHashSet(count);
            for (int i = 0; i < count; i++) {
                blocks.add(new B(block()));
            }
            return blocks;
        }

        private String text() {
            int bytes = number();
            var text = new String(stored, position, bytes, StandardCharsets.UTF_8);
            position += bytes;
            return text;
        }

        private byte[] block() {
            int bytes = number();
            byte[] block = Arrays.copyOfRange(stored, position, position + bytes);
            position += bytes;
            return block;
        }

        private int number() {
            int value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = stored[position++];
                value |= (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }
}
