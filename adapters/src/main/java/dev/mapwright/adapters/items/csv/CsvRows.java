package dev.mapwright.adapters.items.csv;

import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Splits a stream of UTF-8 into rows and fields, and knows at which byte each row begins.
///
/// A field in double quotes may hold delimiters and newlines. Two double quotes are one, in a field
/// with quotes around it and in one without. A backslash makes a backslash, a double quote or a
/// delimiter after it data, and disappears before anything else. Rows end at `\n` or `\r\n`; empty
/// lines are no rows. Blanks are data.
/// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
final class CsvRows implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte NEWLINE = '\n';
    private static final byte RETURN = '\r';
    private static final byte QUOTE = '"';
    private static final byte BACKSLASH = '\\';

    /// Stands after the last byte, so that scanning needs no check for the end.
    private static final byte SENTINEL = NEWLINE;

    private final InputStream stream;
    private final byte delimiter;
    private final boolean[] endsPlainField = new boolean[256];
    private byte[] buffer = new byte[BUFFER_BYTES + 1];
    private byte[] unescaped = new byte[256];
    private int limit;
    private int at;
    private long bufferOffset;
    private boolean atEnd;
    private int rowStart;

    /// Takes the fields of one row.
    interface Fields {
        /// Forgets the fields of a row that is read again, because its end was not there yet.
        void clear();

        void add(String field);

        /// Whether the next field counts: a text that is dropped isn't made.
        boolean wanted();
    }

    /// @param offset of the stream's first byte in the file
    CsvRows(InputStream stream, byte delimiter, long offset) {
        this.stream = stream;
        this.delimiter = delimiter;
        this.bufferOffset = offset;
        for (byte end : new byte[] {delimiter, NEWLINE, RETURN, QUOTE, BACKSLASH}) {
            endsPlainField[end & 0xff] = true;
        }
        buffer[0] = SENTINEL;
    }

    /// Where the next row begins.
    long offset() {
        return bufferOffset + at;
    }

    /// Length of the row read last, without its end of line.
    int rowBytes() {
        int end = at;
        while (end > rowStart && (buffer[end - 1] == NEWLINE || buffer[end - 1] == RETURN)) {
            end--;
        }
        return end - rowStart;
    }

    /// Skips the mark that some editors put before UTF-8 text.
    void skipByteOrderMark() throws IOException, ReadFailed {
        while (limit - at < 3 && !atEnd) {
            fill();
        }
        if (limit - at >= 3
                && buffer[at] == (byte) 0xEF
                && buffer[at + 1] == (byte) 0xBB
                && buffer[at + 2] == (byte) 0xBF) {
            at += 3;
        }
    }

    /// Reads the next row.
    ///
    /// @return whether there was one
    boolean next(Fields fields) throws IOException, ReadFailed {
        while (true) {
            skipEmptyLines();
            if (at == limit && atEnd) {
                return false;
            }
            rowStart = at;
            fields.clear();
            if (readRow(fields)) {
                checkBytes(at - rowStart);
                return true;
            }
            at = rowStart;
            fill();
        }
    }

    private void skipEmptyLines() throws IOException, ReadFailed {
        while (true) {
            if (at < limit && buffer[at] == NEWLINE) {
                at++;
            } else if (at + 1 < limit && buffer[at] == RETURN && buffer[at + 1] == NEWLINE) {
                at += 2;
            } else if (limit - at < 2 && !atEnd) {
                rowStart = at;
                fill();
            } else {
                return;
            }
        }
    }

    /// Whether the row's end was in the buffer, or the file's.
    private boolean readRow(Fields fields) throws ReadFailed {
        while (true) {
            boolean complete =
                    buffer[at] == QUOTE && at < limit ? quotedField(fields) : plainField(fields);
            if (!complete) {
                return false;
            }
            if (at == limit) {
                return atEnd;
            }
            byte end = buffer[at];
            if (end == delimiter) {
                at++;
                continue;
            }
            if (end == RETURN) {
                at++;
            }
            at++;
            return true;
        }
    }

    /// Reads up to the delimiter or the end of the row, where `at` then stands. False when the
    /// buffer ended before.
    private boolean plainField(Fields fields) throws ReadFailed {
        int start = at;
        int i = start;
        while (true) {
            while (!endsPlainField[buffer[i] & 0xff]) {
                i++;
            }
            if (i >= limit) {
                if (!atEnd) {
                    return false;
                }
                i = limit;
                break;
            }
            byte found = buffer[i];
            if (found == delimiter || found == NEWLINE) {
                break;
            }
            if (found == RETURN) {
                if (i + 1 >= limit && !atEnd) {
                    return false;
                }
                if (i + 1 < limit && buffer[i + 1] == NEWLINE) {
                    break;
                }
                i++;
                continue;
            }
            return escapedField(fields, start, i);
        }
        add(fields, buffer, start, i - start);
        at = i;
        return true;
    }

    /// A field without quotes around it that holds a quote or a backslash.
    private boolean escapedField(Fields fields, int start, int firstSpecial) throws ReadFailed {
        int length = copy(0, start, firstSpecial);
        int i = firstSpecial;
        while (true) {
            if (i >= limit) {
                if (!atEnd) {
                    return false;
                }
                break;
            }
            byte b = buffer[i];
            if (b == delimiter || b == NEWLINE) {
                break;
            }
            if (i + 1 >= limit && !atEnd) {
                return false;
            }
            boolean last = i + 1 >= limit;
            if (b == RETURN && !last && buffer[i + 1] == NEWLINE) {
                break;
            }
            if (b == QUOTE && !last && buffer[i + 1] == QUOTE) {
                i++;
            } else if (b == BACKSLASH) {
                i++;
                if (last || !isEscapable(buffer[i])) {
                    continue;
                }
                b = buffer[i];
            }
            length = append(length, b);
            i++;
        }
        add(fields, unescaped, 0, length);
        at = i;
        return true;
    }

    private boolean quotedField(Fields fields) throws ReadFailed {
        int i = at + 1;
        int start = i;
        while (buffer[i] != QUOTE && buffer[i] != BACKSLASH && i < limit) {
            i++;
        }
        if (i + 1 < limit && buffer[i] == QUOTE && buffer[i + 1] != QUOTE) {
            add(fields, buffer, start, i - start);
            at = i + 1;
            return checkFieldEnd();
        }
        int length = copy(0, start, Math.min(i, limit));
        while (true) {
            if (i >= limit) {
                if (atEnd) {
                    throw broken(
                            "a field in double quotes is not closed before the end of the file");
                }
                return false;
            }
            boolean last = i + 1 >= limit;
            if (last && !atEnd) {
                return false;
            }
            byte b = buffer[i];
            if (b == QUOTE) {
                if (last || buffer[i + 1] != QUOTE) {
                    break;
                }
                i++;
            } else if (b == BACKSLASH) {
                i++;
                if (last || !isEscapable(buffer[i])) {
                    continue;
                }
                b = buffer[i];
            }
            length = append(length, b);
            i++;
        }
        add(fields, unescaped, 0, length);
        at = i + 1;
        return checkFieldEnd();
    }

    /// After a closing quote: the field must end here.
    private boolean checkFieldEnd() throws ReadFailed {
        if (at >= limit) {
            return atEnd;
        }
        byte next = buffer[at];
        if (next == delimiter || next == NEWLINE) {
            return true;
        }
        if (next == RETURN) {
            if (at + 1 >= limit && !atEnd) {
                return false;
            }
            if (at + 1 < limit && buffer[at + 1] == NEWLINE) {
                return true;
            }
        }
        throw broken(
                "after the closing quote of a field, at byte %d, comes neither a delimiter nor the end of the row"
                        .formatted(offset()));
    }

    private boolean isEscapable(byte b) {
        return b == BACKSLASH || b == QUOTE || b == delimiter;
    }

    private int copy(int length, int from, int to) {
        ensureUnescaped(to - from);
        System.arraycopy(buffer, from, unescaped, length, to - from);
        return length + to - from;
    }

    private int append(int length, byte b) {
        ensureUnescaped(length + 1);
        unescaped[length] = b;
        return length + 1;
    }

    private void ensureUnescaped(int length) {
        if (length > unescaped.length) {
            unescaped = Arrays.copyOf(unescaped, Math.max(length, 2 * unescaped.length));
        }
    }

    private void add(Fields fields, byte[] bytes, int from, int length) throws ReadFailed {
        if (!fields.wanted()) {
            return;
        }
        if (length == 0) {
            fields.add("");
            return;
        }
        var text = new String(bytes, from, length, StandardCharsets.UTF_8);
        // A replacement character may be the file's own, or Java's for bytes that are no UTF-8.
        if (text.indexOf('\uFFFD') >= 0) {
            checkEncoding(bytes, from, length);
        }
        fields.add(text);
    }

    private void checkBytes(int bytes) throws ReadFailed {
        if (bytes > Quotas.ITEM_BYTES_MAX) {
            throw broken("it has more than %d bytes, the maximum of an item"
                    .formatted(Quotas.ITEM_BYTES_MAX));
        }
    }

    private void checkEncoding(byte[] bytes, int from, int length) throws ReadFailed {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
        } catch (CharacterCodingException e) {
            throw broken("it holds bytes that are not UTF-8 (%s)".formatted(e.getMessage()));
        }
    }

    private ReadFailed broken(String what) {
        return new ReadFailed("the row at byte %d: %s".formatted(bufferOffset + rowStart, what));
    }

    /// Reads on, keeping what stands from the row's start.
    private void fill() throws IOException, ReadFailed {
        int kept = limit - rowStart;
        checkBytes(kept);
        byte[] target = kept > buffer.length / 2 ? new byte[2 * (buffer.length - 1) + 1] : buffer;
        System.arraycopy(buffer, rowStart, target, 0, kept);
        buffer = target;
        bufferOffset += rowStart;
        at -= rowStart;
        rowStart = 0;
        limit = kept;
        int wanted = buffer.length - 1 - limit;
        int count = stream.readNBytes(buffer, limit, wanted);
        atEnd = count < wanted;
        limit += count;
        buffer[limit] = SENTINEL;
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
