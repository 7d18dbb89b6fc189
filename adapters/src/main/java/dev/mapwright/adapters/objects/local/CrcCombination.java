package dev.mapwright.adapters.objects.local;

/// Joins the CRCs of two pieces into that of both, without their bytes: CRCs are polynomials modulo
/// one of fixed degree, and appending n bytes multiplies by x^8n. Holds for reflected CRCs whose
/// initial and final masks are all ones.
enum CrcCombination {
    CRC32(0xEDB88320L, 32),
    CRC32C(0x82F63B78L, 32),
    CRC64NVME(Crc64Nvme.POLYNOMIAL_REFLECTED, 64);

    private final long polynomial;
    private final int bits;

    CrcCombination(long polynomial, int bits) {
        this.polynomial = polynomial;
        this.bits = bits;
    }

    /// The CRC of the concatenation.
    ///
    /// @param first CRC in network byte order, as are `second` and the result
    byte[] combine(byte[] first, byte[] second, long secondBytes) {
        return bytes(multiply(shift(secondBytes), value(first)) ^ value(second), bits / 8);
    }

    /// x^8n by repeated squaring. The highest bit stands for x^0.
    private long shift(long bytes) {
        long result = 1L << (bits - 1);
        long square = 1L << (bits - 1 - 8);
        for (long rest = bytes; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    private long multiply(long left, long right) {
        long product = 0;
        long shifted = right;
        for (int bit = bits - 1; bit >= 0; bit--) {
            if ((left >>> bit & 1) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ polynomial;
        }
        return product;
    }

    static byte[] bytes(long value, int width) {
        byte[] bytes = new byte[width];
        for (int index = 0; index < width; index++) {
            bytes[index] = (byte) (value >>> 8 * (width - 1 - index));
        }
        return bytes;
    }

    private static long value(byte[] bytes) {
        long value = 0;
        for (byte each : bytes) {
            value = value << 8 | each & 0xFF;
        }
        return value;
    }
}
