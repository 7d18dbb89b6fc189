package dev.mapwright.adapters.items.object;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// An object's bytes through a buffer that keeps one item whole and forgets everything else,
/// however large the object. Failures say what is wrong with the item; where it stands is for the
/// caller to say.
public final class ItemBytes implements AutoCloseable {
    /// What [#peek] and [#skipUntil] return behind the last byte.
    public static final int END = -1;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final InputStream stream;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int limit;
    private long bufferOffset;
    private Keeping keeping = Keeping.NOTHING;
    private int itemStart;

    private enum Keeping {
        NOTHING,
        ITEM
    }

    /// ASCII characters that end a run of others.
    public static final class Stops {
        private final boolean[] stops = new boolean[256];

        public Stops(String characters) {
            characters.chars().forEach(character -> stops[character] = true);
        }
    }

    /// @param offset of the stream's first byte in the object
    public ItemBytes(InputStream stream, long offset) {
        this.stream = stream;
        this.bufferOffset = offset;
    }

    /// Where the next byte stands in the object.
    public long offset() {
        return bufferOffset + at;
    }

    /// The next byte, which stays the next one.
    public int peek() throws IOException, ReadFailed {
        return at < limit || fill() ? buffer[at] & 0xff : END;
    }

    /// Leaves out the byte that was peeked.
    public void skip() {
        at++;
    }

    /// Leaves out bytes up to one of the stops, which is returned and is the next one then.
    public int skipUntil(Stops stops) throws IOException, ReadFailed {
        while (true) {
            int i = at;
            while (i < limit && !stops.stops[buffer[i] & 0xff]) {
                i++;
            }
            at = i;
            if (i < limit) {
                return buffer[i];
            }
            if (!fill()) {
                return END;
            }
        }
    }

    public void skipWhiteSpace() throws IOException, ReadFailed {
        while (isWhiteSpace(peek())) {
            at++;
        }
    }

    /// Skips the mark that some editors put before UTF-8 text.
    public void skipByteOrderMark() throws IOException, ReadFailed {
        if (peek() != 0xEF) {
            return;
        }
        begin();
        at++;
        if (peek() == 0xBB) {
            at++;
            if (peek() == 0xBF) {
                at++;
                keeping = Keeping.NOTHING;
                return;
            }
        }
        at = itemStart;
        keeping = Keeping.NOTHING;
    }

    /// From the next byte on an item is kept, until it is taken with [#take].
    public void begin() {
        itemStart = at;
        keeping = Keeping.ITEM;
    }

    /// The bytes since [#begin] as a JSON value; empty if there is only white space.
    public Optional<Json> take() throws ReadFailed {
        keeping = Keeping.NOTHING;
        checkBytes(at - itemStart);
        int start = itemStart;
        int end = at;
        while (start < end && isWhiteSpace(buffer[start])) {
            start++;
        }
        while (start < end && isWhiteSpace(buffer[end - 1])) {
            end--;
        }
        return start == end ? Optional.empty() : Optional.of(json(text(start, end)));
    }

    /// The bytes since [#begin] as text.
    public String takeText() throws ReadFailed {
        keeping = Keeping.NOTHING;
        checkBytes(at - itemStart);
        return text(itemStart, at);
    }

    /// Items go on as compact as AWS sends them, whatever white space the file has.
    private static Json json(String text) throws ReadFailed {
        try {
            return Json.of(Json.parse(text).value());
        } catch (JsonSyntaxException e) {
            throw new ReadFailed("it is not JSON: " + e.problem(), e);
        }
    }

    private String text(int start, int end) throws ReadFailed {
        var text = new String(buffer, start, end - start, StandardCharsets.UTF_8);
        // A replacement character may be the file's own, or Java's for bytes that are no UTF-8.
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(buffer, start, end - start));
            } catch (CharacterCodingException e) {
                throw new ReadFailed("it holds bytes that are not UTF-8", e);
            }
        }
        return text;
    }

    private static boolean isWhiteSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /// Whether there is another byte.
    private boolean fill() throws IOException, ReadFailed {
        int keptFrom =
                switch (keeping) {
                    case NOTHING -> at;
                    case ITEM -> itemStart;
                };
        int kept = limit - keptFrom;
        if (keeping == Keeping.ITEM) {
            checkBytes(kept);
        }
        byte[] target = kept > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
        System.arraycopy(buffer, keptFrom, target, 0, kept);
        buffer = target;
        bufferOffset += keptFrom;
        at -= keptFrom;
        itemStart -= keptFrom;
        limit = kept;
        int count = stream.read(buffer, limit, buffer.length - limit);
        limit += Math.max(count, 0);
        return count > 0;
    }

    private static void checkBytes(int bytes) throws ReadFailed {
        if (bytes > Quotas.ITEM_BYTES_MAX) {
            throw new ReadFailed("it has more than %d bytes, the maximum of an item"
                    .formatted(Quotas.ITEM_BYTES_MAX));
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            // Nothing was written: there is nothing to lose.
        }
    }
}
