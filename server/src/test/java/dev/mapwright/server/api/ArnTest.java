package dev.mapwright.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.engine.execution.Refused;

import org.junit.jupiter.api.Test;

import java.util.Optional;

class ArnTest {
    private static final String PREFIX = "arn:aws:states:us-east-1:123456789012:";

    @Test
    void takesAMachinesVersionApart() throws Exception {
        Arn arn = Arn.ofMachine(PREFIX + "stateMachine:orders:3");
        assertEquals("orders", arn.name());
        assertEquals(Optional.of("3"), arn.rest());
        assertEquals(PREFIX + "stateMachine:orders", arn.unqualified());
    }

    @Test
    void takesAChildApart() throws Exception {
        Arn arn = Arn.ofExecution(PREFIX + "express:orders/Each:a:b");
        assertEquals("orders", arn.name());
        assertEquals(Optional.of("Each"), arn.label());
    }

    @Test
    void aLabelMayHoldASlash() throws Refused {
        Arn arn = Arn.ofMapRun(PREFIX + "mapRun:orders/by/day:a");
        assertEquals("orders", arn.name());
        assertEquals(Optional.of("by/day"), arn.label());
        assertEquals(Optional.of("a"), arn.rest());
    }

    @Test
    void refusesWhatIsNoArn() {
        assertEquals(
                "Invalid Arn: 'Invalid ARN prefix: orders'",
                assertThrows(Refused.class, () -> Arn.ofMachine("orders")).getMessage());
    }

    @Test
    void refusesAnExpressExecutionThatIsNoChild() {
        assertEquals(
                "Invalid Arn: 'Resource type not valid in this context: express'",
                assertThrows(Refused.class, () -> Arn.ofExecution(PREFIX + "express:orders:a:b"))
                        .getMessage());
    }
}
