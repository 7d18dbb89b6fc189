package dev.mapwright.adapters.objects.s3;

import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

import java.io.IOException;
import java.io.InputStream;

/// An object's bytes as they arrive. Closed before its end it breaks the connection off, instead of
/// reading gigabytes that nobody wants.
final class ObjectBody extends InputStream {
    private final ResponseInputStream<?> stream;
    private boolean ended;

    ObjectBody(ResponseInputStream<?> stream) {
        this.stream = stream;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        try {
            int count = stream.read(into, from, length);
            ended = ended || count < 0;
            return count;
        } catch (SdkException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    @Override
    public void close() throws IOException {
        if (ended) {
            stream.close();
        } else {
            stream.abort();
        }
    }
}
