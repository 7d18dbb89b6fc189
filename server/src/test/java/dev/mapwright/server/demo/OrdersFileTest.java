package dev.mapwright.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

class OrdersFileTest {
    @TempDir
    Path folder;

    @Test
    void drawsTheNumbersOfThePublishedGenerator() {
        var random = new SplitMix64(1234567);
        assertEquals("6457827717110365317", Long.toUnsignedString(random.next()));
        assertEquals("3203168211198807973", Long.toUnsignedString(random.next()));
        assertEquals("9817491932198370423", Long.toUnsignedString(random.next()));
    }

    @Test
    void writesTheSameBytesForTheSameSeed() throws Exception {
        Path one = folder.resolve("one.csv");
        Path two = folder.resolve("two.csv");
        new OrdersFile(2_100, 7).write(one);
        new OrdersFile(2_100, 7).write(two);
        assertEquals(-1, Files.mismatch(one, two));
        new OrdersFile(2_100, 8).write(two);
        assertTrue(Files.mismatch(one, two) >= 0);
    }

    @Test
    void hasTheRowsThatReadersGetWrong() throws Exception {
        Path file = folder.resolve("orders.csv");
        new OrdersFile(5, 1).write(file);
        String text = Files.readString(file);
        String[] lines = text.split("\n");
        assertEquals("orderNumber,orderDate,orderStatus,lineItems,totalPrice", lines[0]);
        assertTrue(
                lines[1].matches("ON000001,2025-\\d\\d-\\d\\d,\"[A-Z]+\",\\d+,[0-9.]+"), lines[1]);
        assertTrue(lines[2].matches("ON000002,2025-\\d\\d-\\d\\d,\"[A-Z]+,"), lines[2]);
        assertTrue(lines[3].matches("on hold\",\\d+,[0-9.]+"), lines[3]);
        assertTrue(lines[4].matches("ON000003,2025-\\d\\d-\\d\\d,[A-Z]+,\\d+"), lines[4]);
        assertTrue(lines[5].endsWith(",surplus"), lines[5]);
        assertFalse(text.endsWith("\n"));
    }
}
