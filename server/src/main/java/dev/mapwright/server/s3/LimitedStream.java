package dev.mapwright.server.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// The first bytes of a stream.
final class LimitedStream extends FilterInputStream {
    private long rest;

    LimitedStream(InputStream in, long bytes) {
        super(in);
        this.rest = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (rest == 0) {
            return -1;
        }
        int count = super.read(buffer, offset, (int) Math.min(length, rest));
        rest -= Math.max(0, count);
        return count;
    }
}
