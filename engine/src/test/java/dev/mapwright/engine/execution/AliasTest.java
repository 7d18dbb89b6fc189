package dev.mapwright.engine.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.mapwright.engine.execution.Alias.Route;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

class AliasTest {
    private static final String ORDERS =
            "arn:aws:states:us-east-1:123456789012:stateMachine:orders";
    private static final String BILLS = "arn:aws:states:us-east-1:123456789012:stateMachine:bills";

    @Test
    void choosesByWeight() {
        var alias = alias(new Route(ORDERS + ":1", 10), new Route(ORDERS + ":2", 90));
        var random = new Random(7);
        int first = 0;
        for (int i = 0; i < 10_000; i++) {
            first += alias.choose(random).equals(ORDERS + ":1") ? 1 : 0;
        }

        assertEquals(1_000, first, 100);
    }

    @Test
    void neverChoosesAVersionOfWeightZero() {
        var alias = alias(new Route(ORDERS + ":1", 0), new Route(ORDERS + ":2", 100));
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(ORDERS + ":2", alias.choose(random));
        }
    }

    @Test
    void isReadAsItWasWritten() {
        var alias = alias(new Route(ORDERS + ":1", 40), new Route(ORDERS + ":2", 60));

        assertEquals(alias, Alias.of(alias.json()));
    }

    @Test
    void leadsToOneMachineOnly() {
        var refused = assertThrows(
                Refused.class,
                () -> Routing.machineArn(
                        List.of(new Route(ORDERS + ":1", 50), new Route(BILLS + ":1", 50))));

        assertEquals(
                "Routing configuration must contain versions of one state machine only."
                        + " Received: [%s:1, %s:1]".formatted(ORDERS, BILLS),
                refused.getMessage());
    }

    @Test
    void leadsToVersionsOnly() {
        for (String arn : List.of(ORDERS, ORDERS + ":PROD", ORDERS + ":0")) {
            var refused = assertThrows(
                    Refused.class, () -> Routing.machineArn(List.of(new Route(arn, 100))));
            assertEquals(
                    "Routing configuration must contain state machine version ARNs. Received: [%s]"
                            .formatted(arn),
                    refused.getMessage());
        }
    }

    @Test
    void anArnSaysWhatItQualifies() {
        Reference version = Reference.of(ORDERS + ":12");
        Reference alias = Reference.of(ORDERS + ":v12");

        assertEquals(ORDERS, version.machineArn());
        assertEquals(Optional.of(12), version.versionNumber());
        assertEquals(Optional.of("v12"), alias.qualifier());
        assertEquals(Optional.empty(), alias.versionNumber());
        assertEquals(Optional.empty(), Reference.of(ORDERS).qualifier());
    }

    private static Alias alias(Route... routes) {
        return new Alias(
                ORDERS, "PROD", Optional.of("live"), List.of(routes), Instant.EPOCH, Instant.EPOCH);
    }
}
