package dev.mapwright.adapters.objects.local;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/// CRC-64/NVME: reflected, all ones in and out; eight bytes a step over eight tables.
///
/// @see <a href="https://reveng.sourceforge.io/crc-catalogue/all.htm#crc.cat.crc-64-nvme">Its
///     parameters</a>
final class Crc64Nvme implements Checksum {
    static final long POLYNOMIAL_REFLECTED = 0x9A6C9329AC4BC9B5L;

    private static final long[][] TABLES = tables();
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long state = -1;

    @Override
    public void update(int value) {
        state = TABLES[0][(int) (state ^ value) & 0xFF] ^ (state >>> 8);
    }

    @Override
    public void update(byte[] bytes, int offset, int length) {
        int index = offset;
        int end = offset + length;
        long crc = state;
        for (; index + Long.BYTES <= end; index += Long.BYTES) {
            long word = crc ^ (long) LONGS.get(bytes, index);
            crc = TABLES[7][(int) word & 0xFF]
                    ^ TABLES[6][(int) (word >>> 8) & 0xFF]
                    ^ TABLES[5][(int) (word >>> 16) & 0xFF]
                    ^ TABLES[4][(int) (word >>> 24) & 0xFF]
                    ^ TABLES[3][(int) (word >>> 32) & 0xFF]
                    ^ TABLES[2][(int) (word >>> 40) & 0xFF]
                    ^ TABLES[1][(int) (word >>> 48) & 0xFF]
                    ^ TABLES[0][(int) (word >>> 56)];
        }
        for (; index < end; index++) {
            crc = TABLES[0][(int) (crc ^ bytes[index]) & 0xFF] ^ (crc >>> 8);
        }
        state = crc;
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = -1;
    }

    /// `tables[n][b]` is the effect of byte `b` that stands `n` bytes before the end of a step.
    private static long[][] tables() {
        long[][] tables = new long[Long.BYTES][256];
        for (int value = 0; value < 256; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL_REFLECTED;
            }
            tables[0][value] = crc;
        }
        for (int depth = 1; depth < tables.length; depth++) {
            for (int value = 0; value < 256; value++) {
                long before = tables[depth - 1][value];
                tables[depth][value] = tables[0][(int) before & 0xFF] ^ (before >>> 8);
            }
        }
        return tables;
    }
}
