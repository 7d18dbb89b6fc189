package dev.mapwright.adapters.objects.local;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Records as bytes in the key-value store. Each starts with the format's number.
final class Records {
    private static final byte FORMAT = 1;
    private static final byte INLINE = 0;
    private static final byte IN_FILE = 1;
    private static final byte IN_PARTS = 2;

    private Records() {}

    static byte[] bucket(Bucket bucket) {
        return write(out -> {
            out.writeUTF(bucket.name());
            out.writeUTF(bucket.region());
            out.writeLong(bucket.created().toEpochMilli());
            out.writeUTF(bucket.versioning().name());
            writeMap(out, bucket.tags());
        });
    }

    static Bucket bucket(byte[] bytes) {
        return read(
                bytes,
                in -> new Bucket(
                        in.readUTF(),
                        in.readUTF(),
                        Instant.ofEpochMilli(in.readLong()),
                        Versioning.valueOf(in.readUTF()),
                        readMap(in)));
    }

    static byte[] version(ObjectVersion version) {
        return write(out -> {
            out.writeUTF(version.key());
            out.writeLong(version.sequence());
            out.writeBoolean(version.versioned());
            out.writeLong(version.lastModified().getEpochSecond());
            out.writeBoolean(version.content().isPresent());
            if (version.content().isPresent()) {
                writeContent(out, version.content().get());
            }
        });
    }

    static ObjectVersion version(byte[] bytes) {
        return read(
                bytes,
                in -> new ObjectVersion(
                        in.readUTF(),
                        in.readLong(),
                        in.readBoolean(),
                        Instant.ofEpochSecond(in.readLong()),
                        in.readBoolean() ? Optional.of(readContent(in)) : Optional.empty()));
    }

    static byte[] body(Body body) {
        return write(out -> {
            switch (body) {
                case Body.Inline(byte[] bytes) -> {
                    out.writeByte(INLINE);
                    out.write(bytes);
                }
                case Body.InFile() -> out.writeByte(IN_FILE);
                case Body.InParts(List<Body.Piece> pieces) -> {
                    out.writeByte(IN_PARTS);
                    out.writeInt(pieces.size());
                    for (Body.Piece piece : pieces) {
                        out.writeInt(piece.number());
                        out.writeLong(piece.bytes());
                        out.writeLong(piece.file());
                        out.writeUTF(piece.checksum());
                    }
                }
            }
        });
    }

    static Body body(byte[] bytes) {
        return read(bytes, in -> {
            byte kind = in.readByte();
            return switch (kind) {
                case INLINE -> new Body.Inline(in.readAllBytes());
                case IN_FILE -> new Body.InFile();
                case IN_PARTS -> {
                    int count = in.readInt();
                    List<Body.Piece> pieces = new ArrayList<>(count);
                    for (int index = 0; index < count; index++) {
                        pieces.add(new Body.Piece(
                                in.readInt(), in.readLong(), in.readLong(), in.readUTF()));
                    }
                    yield new Body.InParts(List.copyOf(pieces));
                }
                default -> throw new IOException("body kind " + kind);
            };
        });
    }

    static byte[] upload(Upload upload) {
        return write(out -> {
            out.writeUTF(upload.key());
            out.writeLong(upload.sequence());
            out.writeLong(upload.initiated().getEpochSecond());
            writeMap(out, upload.object().headers());
            writeMap(out, upload.object().tags());
            out.writeUTF(upload.object().algorithm().name());
            out.writeUTF(upload.type().name());
            out.writeBoolean(upload.declared());
        });
    }

    static Upload upload(byte[] bytes) {
        return read(
                bytes,
                in -> new Upload(
                        in.readUTF(),
                        in.readLong(),
                        Instant.ofEpochSecond(in.readLong()),
                        new NewObject(
                                readMap(in), readMap(in), ChecksumAlgorithm.valueOf(in.readUTF())),
                        ChecksumType.valueOf(in.readUTF()),
                        in.readBoolean()));
    }

    static byte[] part(Part part) {
        return write(out -> {
            out.writeInt(part.number());
            out.writeLong(part.bytes());
            out.writeUTF(part.etag());
            out.writeLong(part.lastModified().getEpochSecond());
            out.writeUTF(part.checksum());
            out.writeLong(part.file());
        });
    }

    static Part part(byte[] bytes) {
        return read(
                bytes,
                in -> new Part(
                        in.readInt(),
                        in.readLong(),
                        in.readUTF(),
                        Instant.ofEpochSecond(in.readLong()),
                        in.readUTF(),
                        in.readLong()));
    }

    private static void writeContent(DataOutputStream out, ObjectVersion.Content content)
            throws IOException {
        out.writeLong(content.bytes());
        out.writeUTF(content.etag());
        writeMap(out, content.headers());
        writeMap(out, content.tags());
        out.writeByte(content.checksum().algorithm().ordinal());
        out.writeByte(content.checksum().type().ordinal());
        out.writeUTF(content.checksum().value());
        out.writeInt(content.partCount());
        out.writeLong(content.body());
    }

    private static ObjectVersion.Content readContent(DataInputStream in) throws IOException {
        return new ObjectVersion.Content(
                in.readLong(),
                in.readUTF(),
                readMap(in),
                readMap(in),
                new Checksum(
                        ChecksumAlgorithm.values()[in.readByte()],
                        ChecksumType.values()[in.readByte()],
                        in.readUTF()),
                in.readInt(),
                in.readLong());
    }

    private static void writeMap(DataOutputStream out, Map<String, String> map) throws IOException {
        out.writeShort(map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeUTF(entry.getValue());
        }
    }

    private static Map<String, String> readMap(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> map = LinkedHashMap.newLinkedHashMap(count);
        for (int index = 0; index < count; index++) {
            map.put(in.readUTF(), in.readUTF());
        }
        return map;
    }

    private interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    private interface Reader<T> {
        T read(DataInputStream in) throws IOException;
    }

    private static byte[] write(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(FORMAT);
            writer.write(out);
        } catch (IOException tooLong) {
            throw new IllegalStateException("expected every field to fit its record", tooLong);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] bytes, Reader<T> reader) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            byte format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalStateException(
                        "expected record format %d, found %d".formatted(FORMAT, format));
            }
            return reader.read(in);
        } catch (IOException damaged) {
            throw new IllegalStateException(
                    "expected a whole record of %d bytes".formatted(bytes.length), damaged);
        }
    }
}
