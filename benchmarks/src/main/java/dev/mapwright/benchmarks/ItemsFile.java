package dev.mapwright.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A CSV file of plain rows, about fifty bytes each: what the fields hold does not matter here.
final class ItemsFile {
    private static final int CENTS = 100;
    private static final int PRICES = 99_991;

    private ItemsFile() {}

    static void write(Path file, long rows) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("orderNumber,orderDate,orderStatus,lineItems,totalPrice");
            for (long row = 1; row <= rows; row++) {
                long price = row * 31 % PRICES;
                out.write("\nON%08d,2025-%02d-%02d,SHIPPED,%d,%d.%02d"
                        .formatted(
                                row,
                                1 + row % 12,
                                1 + row % 28,
                                1 + row % 40,
                                price / CENTS,
                                price % CENTS));
            }
        }
    }
}
