package dev.mapwright.adapters.items.parquet;

import dev.hardwood.internal.metadata.PageHeader;
import dev.hardwood.internal.thrift.PageHeaderReader;
import dev.hardwood.internal.thrift.ThriftCompactReader;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.Encoding;
import dev.hardwood.metadata.RowGroup;
import dev.mapwright.adapters.items.object.ObjectRanges;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// How much memory the pages of a row group need once they are decoded, told before one of them is.
/// The library holds a few pages of each column, and a page may be as large as its row group.
/// Where whole columns fit, nothing is read; else the first page of each column speaks for those
/// behind it, as writers make them alike.
record DecodedPages(ObjectRanges ranges, long bytesMax) {
    /// The library's eight, and the one whose rows are being taken.
    private static final int PAGES_HELD = 9;

    /// Of a header most is the smallest and the largest value of its page.
    private static final int HEADER_BYTES_MAX = 64 * 1024;

    private static final int REFERENCE_BYTES = 8;

    /// A header, the length, and what fills up the last word.
    private static final int ARRAY_BYTES = 24;

    /// The library copies what it has decoded into batches of rows, three for each column: as many
    /// rows as it takes for six megabytes where texts had the width that it assumes, within limits.
    private static final int BATCHES = 3;

    private static final int BATCH_BYTES = 6 * 1024 * 1024;
    private static final int BATCH_ROWS_MIN = 16 * 1024;
    private static final int BATCH_ROWS_MAX = 512 * 1024;

    /// A batch's room for texts doubles when it is full.
    private static final int BATCH_GROWTH = 2;

    /// What decoding a row group needs: its pages, and the bytes they are decoded from. Refuses
    /// pages that need more than all the memory there is.
    long bytes(int index, RowGroup group) throws ReadFailed, InterruptedException {
        long decoded = wholeColumns(group);
        if (decoded > bytesMax) {
            decoded = heldPages(group);
        }
        if (decoded > bytesMax) {
            throw new ReadFailed(
                    "The pages of row group %d of %s need %d bytes when they are decoded; here the maximum is %d. "
                                    .formatted(index, ranges.address().uri(), decoded, bytesMax)
                            + "Write it with smaller row groups or pages, or give the engine more memory");
        }
        return decoded + compressed(group);
    }

    private static long compressed(RowGroup group) {
        return group.columns().stream()
                .mapToLong(column -> column.metaData().totalCompressedSize())
                .sum();
    }

    private long heldPages(RowGroup group) throws ReadFailed, InterruptedException {
        long bytes = batches(group);
        for (ColumnChunk column : group.columns()) {
            bytes += heldPages(column.metaData());
        }
        return bytes;
    }

    /// What all its pages need.
    static long wholeColumns(RowGroup group) {
        return batches(group)
                + group.columns().stream()
                        .map(ColumnChunk::metaData)
                        .mapToLong(column ->
                                decoded(column, column.numValues(), column.totalUncompressedSize()))
                        .sum();
    }

    private static long batches(RowGroup group) {
        long width = 0;
        long texts = 0;
        for (ColumnChunk chunk : group.columns()) {
            ColumnMetaData column = chunk.metaData();
            width += assumedWidth(column);
            texts += isText(column) ? column.totalUncompressedSize() : 0;
        }
        long batchRows =
                Math.clamp(BATCH_BYTES / Math.max(1, width), BATCH_ROWS_MIN, BATCH_ROWS_MAX);
        long rows = Math.min(group.numRows(), BATCHES * batchRows);
        return BATCH_GROWTH * texts * rows / Math.max(1, group.numRows());
    }

    private static boolean isText(ColumnMetaData column) {
        return switch (column.type()) {
            case BOOLEAN, INT32, FLOAT, INT64, DOUBLE -> false;
            case INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> true;
        };
    }

    private static int assumedWidth(ColumnMetaData column) {
        return switch (column.type()) {
            case BOOLEAN -> 1;
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case INT96 -> 12;
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> 16;
        };
    }

    private static long decoded(ColumnMetaData column, long values, long bytes) {
        return bytes + values * (levelBytes(column) + valueBytes(column));
    }

    /// A definition level, and inside of another column perhaps a repetition level.
    private static int levelBytes(ColumnMetaData column) {
        return column.pathInSchema().elements().size() == 1 ? Integer.BYTES : 2 * Integer.BYTES;
    }

    /// Beside what a value takes in its page.
    private static int valueBytes(ColumnMetaData column) {
        return switch (column.type()) {
            case BOOLEAN -> 1;
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY ->
                hasDictionary(column) ? REFERENCE_BYTES : REFERENCE_BYTES + ARRAY_BYTES;
        };
    }

    /// Its values share the dictionary's arrays.
    private static boolean hasDictionary(ColumnMetaData column) {
        return column.encodings().contains(Encoding.RLE_DICTIONARY)
                || column.encodings().contains(Encoding.PLAIN_DICTIONARY);
    }

    private long heldPages(ColumnMetaData column) throws ReadFailed, InterruptedException {
        Optional<PageHeader> first = firstPage(column);
        long values = first.map(DecodedPages::values).orElse(column.numValues());
        long bytes = first.map(page -> (long) page.uncompressedPageSize())
                .orElse(column.totalUncompressedSize());
        return decoded(
                column,
                Math.min(column.numValues(), PAGES_HELD * values),
                Math.min(column.totalUncompressedSize(), PAGES_HELD * bytes));
    }

    private static long values(PageHeader page) {
        return switch (page.type()) {
            case DATA_PAGE -> page.dataPageHeader().numValues();
            case DATA_PAGE_V2 -> page.dataPageHeaderV2().numValues();
            case DICTIONARY_PAGE, INDEX_PAGE -> 0;
        };
    }

    /// Behind the dictionary, if there is one. Empty where it is not to be found.
    private Optional<PageHeader> firstPage(ColumnMetaData column)
            throws ReadFailed, InterruptedException {
        long at = column.dataPageOffset();
        int length = (int) Math.min(HEADER_BYTES_MAX, ranges.bytes() - at);
        try {
            var header = new ThriftCompactReader(ByteBuffer.wrap(ranges.read(at, length)));
            PageHeader page = PageHeaderReader.read(header);
            return switch (page.type()) {
                case DATA_PAGE, DATA_PAGE_V2 -> Optional.of(page);
                case DICTIONARY_PAGE, INDEX_PAGE -> Optional.empty();
            };
        } catch (EOFException tooLong) {
            return Optional.empty();
        } catch (IOException failed) {
            throw ranges.failed(failed);
        }
    }
}
