package dev.mapwright.adapters.items.parquet;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.mapwright.adapters.items.object.ObjectRanges;
import dev.mapwright.engine.Quotas;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/// What a Parquet file may be like, checked before its rows are read.
final class ParquetLimits {
    private static final String MAGIC = "PAR1";

    /// The footer's length and the magic at a file's end.
    private static final int TAIL_BYTES = Integer.BYTES + MAGIC.length();

    private static final int FILE_BYTES_MIN = MAGIC.length() + TAIL_BYTES;

    /// https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
    private static final Set<CompressionCodec> CODECS = EnumSet.of(
            CompressionCodec.UNCOMPRESSED,
            CompressionCodec.SNAPPY,
            CompressionCodec.GZIP,
            CompressionCodec.ZSTD);

    private ParquetLimits() {}

    /// Before the footer is read as a whole.
    static void checkFooter(ObjectRanges ranges) throws ReadFailed, InterruptedException {
        String uri = ranges.address().uri();
        if (ranges.bytes() < FILE_BYTES_MIN) {
            throw noParquet(uri);
        }
        ByteBuffer tail = ByteBuffer.wrap(tail(ranges)).order(ByteOrder.LITTLE_ENDIAN);
        long footerBytes = Integer.toUnsignedLong(tail.getInt());
        if (!StandardCharsets.US_ASCII.decode(tail).toString().equals(MAGIC)) {
            throw noParquet(uri);
        }
        if (footerBytes > Quotas.PARQUET_FOOTER_BYTES_MAX) {
            throw new ReadFailed("The Parquet footer of %s has %d bytes; the maximum is %d"
                    .formatted(uri, footerBytes, Quotas.PARQUET_FOOTER_BYTES_MAX));
        }
        if (footerBytes > ranges.bytes() - FILE_BYTES_MIN) {
            throw noParquet(uri);
        }
    }

    private static byte[] tail(ObjectRanges ranges) throws ReadFailed, InterruptedException {
        try {
            return ranges.read(ranges.bytes() - TAIL_BYTES, TAIL_BYTES);
        } catch (IOException e) {
            throw ranges.failed(e);
        }
    }

    static void checkContent(ObjectRanges ranges, FileMetaData content) throws ReadFailed {
        String uri = ranges.address().uri();
        long rows = 0;
        for (int i = 0; i < content.rowGroups().size(); i++) {
            RowGroup group = content.rowGroups().get(i);
            if (group.totalByteSize() > Quotas.PARQUET_ROW_GROUP_BYTES_MAX) {
                throw new ReadFailed("Row group %d of %s has %d bytes; the maximum is %d"
                        .formatted(
                                i, uri, group.totalByteSize(), Quotas.PARQUET_ROW_GROUP_BYTES_MAX));
            }
            checkColumns(ranges, group);
            rows += group.numRows();
        }
        if (rows != content.numRows()) {
            throw new ReadFailed("%s says that it has %d rows, and its row groups that they have %d"
                    .formatted(uri, content.numRows(), rows));
        }
    }

    private static void checkColumns(ObjectRanges ranges, RowGroup group) throws ReadFailed {
        for (ColumnChunk column : group.columns()) {
            var about = column.metaData();
            if (!CODECS.contains(about.codec())) {
                throw new ReadFailed("The column %s of %s is compressed with %s; supported are %s"
                        .formatted(
                                about.pathInSchema(),
                                ranges.address().uri(),
                                about.codec(),
                                CODECS));
            }
            if (about.totalCompressedSize() < 0
                    || about.totalCompressedSize() > ranges.bytes()
                    || about.totalUncompressedSize() > Quotas.PARQUET_ROW_GROUP_BYTES_MAX) {
                throw new ReadFailed(
                        "The column %s of %s says that it has %d bytes, and %d uncompressed"
                                .formatted(
                                        about.pathInSchema(),
                                        ranges.address().uri(),
                                        about.totalCompressedSize(),
                                        about.totalUncompressedSize()));
            }
        }
    }

    private static ReadFailed noParquet(String uri) {
        return new ReadFailed(
                uri + " is not a Parquet file: it does not end with a footer and " + MAGIC);
    }
}
