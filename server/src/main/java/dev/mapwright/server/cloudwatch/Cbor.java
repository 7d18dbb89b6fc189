package dev.mapwright.server.cloudwatch;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// CBOR as Smithy clients write and read it: maps with texts for keys, times as epoch seconds under
/// tag 1, lengths given or left open.
/// https://www.rfc-editor.org/rfc/rfc8949 and
/// https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
final class Cbor {
    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int SIMPLE = 7;

    private static final int OPEN = 31;
    private static final int BREAK = 0xff;
    private static final int EPOCH_TIME = 1;
    private static final int DEPTH_MAX = 32;

    private final ByteBuffer bytes;

    private Cbor(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /// Maps, lists, texts, `Long`, `BigInteger`, `Double`, `Boolean`, `Instant` and null.
    static Object read(byte[] document) throws Failed {
        var reading = new Cbor(document);
        try {
            Object value = reading.value(0);
            if (reading.bytes.hasRemaining()) {
                throw malformed("something follows its end");
            }
            return value;
        } catch (BufferUnderflowException | IndexOutOfBoundsException cut) {
            throw malformed("it ends too early");
        }
    }

    private Object value(int depth) throws Failed {
        if (depth > DEPTH_MAX) {
            throw malformed("it is nested more than %d deep".formatted(DEPTH_MAX));
        }
        int initial = bytes.get() & 0xff;
        int type = initial >> 5;
        int more = initial & 0x1f;
        return switch (type) {
            case UNSIGNED -> unsigned(argument(more));
            case NEGATIVE -> negative(argument(more));
            case BYTES, TEXT -> text(type, more);
            case ARRAY -> array(more, depth);
            case MAP -> map(more, depth);
            case TAG -> tagged(argument(more), depth);
            default -> simple(more);
        };
    }

    private long argument(int more) throws Failed {
        return switch (more) {
            case 24 -> bytes.get() & 0xff;
            case 25 -> bytes.getShort() & 0xffff;
            case 26 -> bytes.getInt() & 0xffffffffL;
            case 27 -> bytes.getLong();
            case 28, 29, 30, OPEN -> throw malformed("it has a length that means nothing");
            default -> more;
        };
    }

    private static Object unsigned(long bits) {
        return bits >= 0 ? (Object) bits : new BigInteger(Long.toUnsignedString(bits));
    }

    private static Object negative(long bits) {
        return bits >= 0
                ? (Object) (-1 - bits)
                : BigInteger.ONE.negate().subtract(new BigInteger(Long.toUnsignedString(bits)));
    }

    private int length(int more) throws Failed {
        long length = argument(more);
        if (length < 0 || length > bytes.remaining()) {
            throw malformed("it ends too early");
        }
        return (int) length;
    }

    private String text(int type, int more) throws Failed {
        if (more != OPEN) {
            var text = new byte[length(more)];
            bytes.get(text);
            return new String(text, StandardCharsets.UTF_8);
        }
        var whole = new ByteArrayOutputStream();
        while (!atBreak()) {
            int initial = bytes.get() & 0xff;
            if (initial >> 5 != type || (initial & 0x1f) == OPEN) {
                throw malformed("a text is made of something else");
            }
            var piece = new byte[length(initial & 0x1f)];
            bytes.get(piece);
            whole.writeBytes(piece);
        }
        return whole.toString(StandardCharsets.UTF_8);
    }

    private List<Object> array(int more, int depth) throws Failed {
        var list = new ArrayList<>();
        int count = more == OPEN ? Integer.MAX_VALUE : length(more);
        while (list.size() < count && !(more == OPEN && atBreak())) {
            list.add(value(depth + 1));
        }
        return list;
    }

    private Map<String, Object> map(int more, int depth) throws Failed {
        var map = new LinkedHashMap<String, Object>();
        int count = more == OPEN ? Integer.MAX_VALUE : length(more);
        for (int entry = 0; entry < count && !(more == OPEN && atBreak()); entry++) {
            if (!(value(depth + 1) instanceof String key)) {
                throw malformed("a key is no text");
            }
            map.put(key, value(depth + 1));
        }
        return map;
    }

    /// Steps over the end of something whose length was left open.
    private boolean atBreak() {
        if ((bytes.get(bytes.position()) & 0xff) != BREAK) {
            return false;
        }
        bytes.get();
        return true;
    }

    private Object tagged(long tag, int depth) throws Failed {
        Object value = value(depth + 1);
        if (tag == EPOCH_TIME && value instanceof Number seconds) {
            return Instant.ofEpochMilli(Math.round(seconds.doubleValue() * 1_000));
        }
        return value;
    }

    private Object simple(int more) throws Failed {
        return switch (more) {
            case 20 -> false;
            case 21 -> true;
            case 22, 23 -> null;
            case 25 -> (double) Float.float16ToFloat(bytes.getShort());
            case 26 -> (double) bytes.getFloat();
            case 27 -> bytes.getDouble();
            default -> throw malformed("it has the simple value " + more);
        };
    }

    private static Failed malformed(String why) {
        return new Failed(Fault.MALFORMED, "The request is not CBOR: %s.".formatted(why));
    }

    static byte[] write(Map<String, ?> members) {
        var document = new ByteArrayOutputStream();
        try (var output = new DataOutputStream(document)) {
            write(members, output);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return document.toByteArray();
    }

    private static void write(Object value, DataOutputStream output) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                head(MAP, map.size(), output);
                for (Map.Entry<?, ?> member : map.entrySet()) {
                    write(member.getKey(), output);
                    write(member.getValue(), output);
                }
            }
            case List<?> list -> {
                head(ARRAY, list.size(), output);
                for (Object each : list) {
                    write(each, output);
                }
            }
            case String text -> {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                head(TEXT, encoded.length, output);
                output.write(encoded);
            }
            case Integer number when number >= 0 -> head(UNSIGNED, number, output);
            case Double number -> writeDouble(number, output);
            case Boolean truth -> output.write(SIMPLE << 5 | (truth ? 21 : 20));
            case Instant time -> {
                head(TAG, EPOCH_TIME, output);
                writeDouble(time.toEpochMilli() / 1_000.0, output);
            }
            case Object other ->
                throw new IllegalStateException("expected what an answer is made of, found "
                        + other.getClass().getName());
        }
    }

    private static void writeDouble(double number, DataOutputStream output) throws IOException {
        output.write(SIMPLE << 5 | 27);
        output.writeDouble(number);
    }

    private static void head(int type, int argument, DataOutputStream output) throws IOException {
        if (argument < 24) {
            output.write(type << 5 | argument);
        } else {
            output.write(type << 5 | 26);
            output.writeInt(argument);
        }
    }
}
