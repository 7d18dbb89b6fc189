package dev.mapwright.adapters.items.parquet;

import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageTypeParser;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// Parquet files as the Java library of the Parquet project writes them, for Spark, Hive and
/// others.
final class ParquetJava {
    /// Of 1970-01-01.
    private static final int JULIAN_DAY_OF_EPOCH = 2_440_588;

    private ParquetJava() {}

    /// Encodings, versions of the pages' format, and codecs.
    enum Form {
        DICTIONARY(true, WriterVersion.PARQUET_1_0, CompressionCodecName.UNCOMPRESSED),
        PLAIN(false, WriterVersion.PARQUET_1_0, CompressionCodecName.GZIP),
        DELTA(false, WriterVersion.PARQUET_2_0, CompressionCodecName.UNCOMPRESSED),
        DICTIONARY_IN_VERSION_2(true, WriterVersion.PARQUET_2_0, CompressionCodecName.GZIP);

        private final boolean dictionary;
        private final WriterVersion version;
        private final CompressionCodecName codec;

        Form(boolean dictionary, WriterVersion version, CompressionCodecName codec) {
            this.dictionary = dictionary;
            this.version = version;
            this.codec = codec;
        }
    }

    static byte[] file(Path folder, Form form) throws Exception {
        var schema = MessageTypeParser.parseMessageType("""
                message row {
                  required int96 stamp;
                  required binary kind (ENUM);
                  required fixed_len_byte_array(3) fixed;
                  required fixed_len_byte_array(5) dec (DECIMAL(11,2));
                  required int64 millis (TIMESTAMP_MILLIS);
                  required group tags (LIST) { repeated group list { optional binary element (UTF8); } }
                  optional int32 optional;
                }
                """);
        Path file = folder.resolve("parquet-java-" + form + ".parquet");
        var stamp = Instant.parse("2024-02-29T12:34:56.000000007Z");
        try (var writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withDictionaryEncoding(form.dictionary)
                .withWriterVersion(form.version)
                .withCompressionCodec(form.codec)
                .build()) {
            for (int i = 0; i < 100; i++) {
                var row = new SimpleGroupFactory(schema).newGroup();
                row.add("stamp", int96(stamp));
                row.add("kind", "RED");
                row.add("fixed", Binary.fromString("abc"));
                row.add("dec", Binary.fromConstantByteArray(new byte[] {-1, -1, -1, -1, -123}));
                row.add("millis", Instant.parse("2024-02-29T12:34:56.789Z").toEpochMilli());
                var tags = row.addGroup("tags");
                tags.addGroup("list").add("element", "x");
                tags.addGroup("list").add("element", "y");
                writer.write(row);
            }
        }
        return Files.readAllBytes(file);
    }

    private static NanoTime int96(Instant instant) {
        long day = Math.floorDiv(instant.getEpochSecond(), 86_400L);
        long secondOfDay = Math.floorMod(instant.getEpochSecond(), 86_400L);
        return new NanoTime(
                (int) day + JULIAN_DAY_OF_EPOCH, secondOfDay * 1_000_000_000 + instant.getNano());
    }

    /// A file of one row group, whose footer says that there are more rows than its pages hold.
    static byte[] sayingMoreRows(byte[] file, int more) throws Exception {
        var tail = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int footerAt = file.length - 8 - tail.getInt(file.length - 8);
        FileMetaData content = Util.readFileMetaData(
                new ByteArrayInputStream(file, footerAt, file.length - footerAt));
        RowGroup group = content.getRow_groups().getFirst();
        group.setNum_rows(group.getNum_rows() + more);
        content.setNum_rows(content.getNum_rows() + more);
        group.getColumns().forEach(column -> column.getMeta_data()
                .setNum_values(column.getMeta_data().getNum_values() + more));
        return withFooter(Arrays.copyOf(file, footerAt), content);
    }

    /// A file that is only a footer, which says that there is one row group of a size.
    static byte[] footerOfRowGroup(long bytes) throws Exception {
        var root = new SchemaElement("row");
        root.setNum_children(0);
        var group = new RowGroup(List.of(), bytes, 1);
        return withFooter("PAR1".getBytes(), new FileMetaData(1, List.of(root), 1, List.of(group)));
    }

    private static byte[] withFooter(byte[] start, FileMetaData content) throws Exception {
        var footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(content, footer);
        return ByteBuffer.allocate(start.length + footer.size() + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(start)
                .put(footer.toByteArray())
                .putInt(footer.size())
                .put("PAR1".getBytes())
                .array();
    }
}
