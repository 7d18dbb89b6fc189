package dev.mapwright.engine.task;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/// Names one attempt of a task that somebody outside may answer. To clients it is an opaque text;
/// one that was altered or made up is found out.
///
/// @param executionArn the execution that waits, so that the token finds it after a restart
/// @param id which of its attempts: new for every retry and redrive
public record TaskToken(String executionArn, UUID id) {
    private static final byte FORMAT = 1;
    private static final int CHECK_BYTES = Integer.BYTES;
    private static final int HEAD_BYTES = CHECK_BYTES + 1 + 2 * Long.BYTES;

    /// As it is given out.
    public String text() {
        byte[] arn = executionArn.getBytes(StandardCharsets.UTF_8);
        ByteBuffer token = ByteBuffer.allocate(HEAD_BYTES + arn.length)
                .putInt(0)
                .put(FORMAT)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(arn);
        token.putInt(0, check(token.array()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token.array());
    }

    /// Empty when `text` is no token of ours.
    public static Optional<TaskToken> parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
        if (bytes.length <= HEAD_BYTES || bytes[CHECK_BYTES] != FORMAT) {
            return Optional.empty();
        }
        ByteBuffer token = ByteBuffer.wrap(bytes);
        if (token.getInt() != check(bytes)) {
            return Optional.empty();
        }
        token.get();
        var id = new UUID(token.getLong(), token.getLong());
        byte[] arn = Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length);
        return Optional.of(new TaskToken(new String(arn, StandardCharsets.UTF_8), id));
    }

    private static int check(byte[] token) {
        var check = new CRC32C();
        check.update(token, CHECK_BYTES, token.length - CHECK_BYTES);
        return (int) check.getValue();
    }
}
