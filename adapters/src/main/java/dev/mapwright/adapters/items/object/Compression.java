package dev.mapwright.adapters.items.object;

import com.github.luben.zstd.ZstdInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// How a whole object is compressed: told by its name's ending, and by its first bytes where the
/// name says nothing.
enum Compression {
    NONE,
    GZIP,
    ZSTD;

    static final int MAGIC_BYTES = 4;

    private static final int BUFFER_BYTES = 64 * 1024;

    static Compression of(String key, byte[] start) {
        String name = key.toLowerCase(Locale.ROOT);
        if (name.endsWith(".gz") || name.endsWith(".gzip") || startsWith(start, 0x1f, 0x8b)) {
            return GZIP;
        }
        if (name.endsWith(".zst")
                || name.endsWith(".zstd")
                || startsWith(start, 0x28, 0xb5, 0x2f, 0xfd)) {
            return ZSTD;
        }
        return NONE;
    }

    private static boolean startsWith(byte[] start, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= start.length || (start[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    InputStream decompress(InputStream compressed) throws IOException {
        return switch (this) {
            case NONE -> compressed;
            case GZIP -> new GZIPInputStream(compressed, BUFFER_BYTES);
            case ZSTD -> new ZstdInputStream(compressed);
        };
    }
}
