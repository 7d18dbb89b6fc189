package dev.mapwright.engine.maprun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.engine.store.Execution.Type;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;

class ChildNameTest {
    private static final String RUN = "arn:aws:states:us-east-1:123456789012:mapRun:orders/Each:"
            + "0f3a1f5e-6a52-4c0c-9f0e-6f4f3b2a1c0d";
    private static final String MACHINE =
            "arn:aws:states:us-east-1:123456789012:stateMachine:orders/Each";

    @Test
    void aNameLooksLikeANameBasedUuid() {
        UUID uuid = UUID.fromString(ChildName.of(RUN, 0).uuid());
        assertEquals(3, uuid.version());
        assertEquals(2, uuid.variant());
    }

    @Test
    void theSecondPartOfAnExpressNameLooksLikeARandomUuid() {
        String[] parts = ChildName.of(RUN, 0).name(Type.EXPRESS).split(":");
        assertEquals(ChildName.of(RUN, 0).uuid(), parts[0]);
        assertEquals(4, UUID.fromString(parts[1]).version());
    }

    /// Names are kept in users' result files: they must be the same in every version.
    @Test
    void namesNeverChange() {
        assertEquals(
                "9b4b8b27-be89-3c6b-9cd9-14a56ea8664d", ChildName.of(RUN, 41).name(Type.STANDARD));
        assertEquals(
                "9b4b8b27-be89-3c6b-9cd9-14a56ea8664d:4c42268a-772c-4afa-8009-21352c35d67c",
                ChildName.of(RUN, 41).name(Type.EXPRESS));
    }

    @Test
    void arnsHaveTheFormsThatAwsShows() {
        var name = new ChildName(1, 2);
        assertEquals(
                "arn:aws:states:us-east-1:123456789012:execution:orders/Each:" + name.uuid(),
                name.arn(MACHINE, Type.STANDARD));
        assertEquals(
                "arn:aws:states:us-east-1:123456789012:express:orders/Each:"
                        + name.name(Type.EXPRESS),
                name.arn(MACHINE, Type.EXPRESS));
    }

    @Test
    void runAndBatchAreFoundAgainInTheArn() {
        for (long batch : new long[] {0, 1, 2, 9_999, 100_000_000, (1L << 61) - 1}) {
            var name = ChildName.of(RUN, batch);
            assertEquals(Optional.of(name), ChildName.ofArn(name.arn(MACHINE, Type.STANDARD)));
            assertEquals(Optional.of(name), ChildName.ofArn(name.arn(MACHINE, Type.EXPRESS)));
        }
    }

    @Test
    void noTwoChildrenShareAName() {
        var names = new HashSet<String>();
        for (long batch = 0; batch < 20_000; batch++) {
            assertTrue(names.add(ChildName.of(RUN, batch).uuid()));
        }
    }

    @Test
    void otherArnsAreNoChildren() {
        String execution = "arn:aws:states:us-east-1:123456789012:execution:";
        assertEquals(
                Optional.empty(),
                ChildName.ofArn(execution + "orders:" + ChildName.of(RUN, 0).uuid()));
        assertEquals(Optional.empty(), ChildName.ofArn(execution + "orders/Each:monday"));
        assertEquals(
                Optional.empty(),
                ChildName.ofArn(execution + "orders/Each:" + new UUID(0x4000, 1L << 63)));
        assertEquals(Optional.empty(), ChildName.ofArn("orders"));
    }
}
