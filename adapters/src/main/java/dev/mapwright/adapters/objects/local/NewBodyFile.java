package dev.mapwright.adapters.objects.local;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;

/// The file of a body that is being received. What the disk does not take is told as our failure:
/// another error while bytes are received means that the client went away.
final class NewBodyFile implements AutoCloseable {
    private final FileChannel channel;
    private final OutputStream out;

    NewBodyFile(FileChannel channel) {
        this.channel = channel;
        this.out = Channels.newOutputStream(channel);
    }

    void write(byte[] bytes, int count) throws S3Failed {
        try {
            out.write(bytes, 0, count);
        } catch (IOException full) {
            throw failed(full);
        }
    }

    /// Carries it to the disk.
    void force() throws IOException {
        channel.force(false);
    }

    @Override
    public void close() throws S3Failed {
        try {
            channel.close();
        } catch (IOException full) {
            throw failed(full);
        }
    }

    static S3Failed failed(IOException full) {
        return new S3Failed(
                ErrorCode.INTERNAL_ERROR,
                "The object could not be written to the data folder: %s. Make sure that its disk works and has room."
                        .formatted(Optional.ofNullable(full.getMessage())
                                .orElse(full.getClass().getSimpleName())));
    }
}
