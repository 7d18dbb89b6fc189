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
    /// The first byte, so that no text begins with a dash: command lines take that for an option.
    private static final byte FORMAT = 2;

    /// The byte after the check of older tokens, which may still be out.
    private static final byte FIRST_FORMAT = 1;

    private static final int CHECK_BYTES = Integer.BYTES;
    private static final int ID_AT = 1 + CHECK_BYTES;
    private static final int HEAD_BYTES = ID_AT + 2 * Long.BYTES;

    /// As it is given out.
    public String text() {
        byte[] arn = executionArn.getBytes(StandardCharsets.UTF_8);
        ByteBuffer token = ByteBuffer.allocate(HEAD_BYTES + arn.length)
                .put(FORMAT)
                .putInt(0)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(arn);
        token.putInt(1, check(token.array(), ID_AT));
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
        if (bytes.length <= HEAD_BYTES || !isOurs(bytes)) {
            return Optional.empty();
        }
        ByteBuffer token = ByteBuffer.wrap(bytes).position(ID_AT);
        var id = new UUID(token.getLong(), token.getLong());
        byte[] arn = Arrays.copyOfRange(bytes, HEAD_BYTES, bytes.length);
        return Optional.of(new TaskToken(new String(arn, StandardCharsets.UTF_8), id));
    }

    private static boolean isOurs(byte[] bytes) {
        ByteBuffer token = ByteBuffer.wrap(bytes);
        return (bytes[0] == FORMAT && token.getInt(1) == check(bytes, ID_AT))
                || (bytes[CHECK_BYTES] == FIRST_FORMAT
                        && token.getInt(0) == check(bytes, CHECK_BYTES));
    }

    private static int check(byte[] token, int from) {
        var check = new CRC32C();
        check.update(token, from, token.length - from);
        return (int) check.getValue();
    }
}
