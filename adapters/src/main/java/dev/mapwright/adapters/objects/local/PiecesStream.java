package dev.mapwright.adapters.objects.local;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/// Several streams as one, each opened when the one before it has ended.
final class PiecesStream extends InputStream {
    private final Iterator<Source> rest;
    private InputStream current = InputStream.nullInputStream();

    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    PiecesStream(List<Source> sources) {
        this.rest = sources.iterator();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            int count = current.read(buffer, offset, length);
            if (count >= 0) {
                return count;
            }
            if (!rest.hasNext()) {
                return -1;
            }
            current.close();
            current = rest.next().open();
        }
    }

    @Override
    public void close() throws IOException {
        current.close();
    }
}
