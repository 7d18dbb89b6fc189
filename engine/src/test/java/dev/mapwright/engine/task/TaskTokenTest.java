package dev.mapwright.engine.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

class TaskTokenTest {
    private static final TaskToken TOKEN = new TaskToken(
            "arn:aws:states:us-east-1:123456789012:execution:m:e",
            UUID.fromString("6a3f0000-1111-4222-8333-444455556666"));
    private static final String TEXT =
            "AhzBgHJqPwAAERFCIoMzRERVVWZmYXJuOmF3czpzdGF0ZXM6dXMtZWFzdC0xOjEyMzQ1Njc4OTAxMjpleGVjdXRpb246bTpl";

    @Test
    void aTokenIsReadAsItWasGivenOut() {
        assertEquals(TEXT, TOKEN.text());
        assertEquals(Optional.of(TOKEN), TaskToken.parse(TEXT));
    }

    @Test
    void aTokenOfAnOlderVersionIsGoodStill() {
        assertEquals(
                Optional.of(TOKEN),
                TaskToken.parse(
                        "cZiUqQFqPwAAERFCIoMzRERVVWZmYXJuOmF3czpzdGF0ZXM6dXMtZWFzdC0xOjEyMzQ1Njc4OTAxMjpleGVjdXRpb246bTpl"));
    }

    @Test
    void anAlteredTokenIsNone() {
        assertEquals(Optional.empty(), TaskToken.parse(TEXT.replace("RERVV", "RERVW")));
        assertEquals(Optional.empty(), TaskToken.parse("AhzB"));
        assertEquals(Optional.empty(), TaskToken.parse("not base64!"));
    }

    @Test
    void noTokenLooksLikeAnOption() {
        assertTrue(IntStream.range(0, 1_000)
                .mapToObj(low -> new TaskToken(TOKEN.executionArn(), new UUID(7, low)).text())
                .noneMatch(text -> text.startsWith("-")));
    }
}
