package dev.mapwright.server.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// The orders of the demonstration: a CSV file of any length, the same for the same seed.
///
/// Some rows are what a CSV reader gets wrong most easily. Counted from 1: rows 1, 501, 1001, …
/// have their status in quotation marks; rows 2, 1002, … a status with a comma and a line break;
/// rows 3, 2003, … lack their last field; rows 4, 2004, … have one field too many. The last row has
/// no line break.
public record OrdersFile(long rows, long seed) {
    static final String HEADER = "orderNumber,orderDate,orderStatus,lineItems,totalPrice";

    private static final List<String> STATUSES =
            List.of("OPEN", "SHIPPED", "DELIVERED", "CANCELLED", "RETURNED");
    private static final LocalDate FIRST_DAY = LocalDate.of(2025, 1, 1);
    private static final int LINE_ITEMS_MAX = 40;
    private static final int CENTS_MAX = 999_999;
    private static final int DECIMALS = 2;

    /// One order as it has to be read: a field that the row lacks is an empty string.
    ///
    /// @param totalPrice the text of the file, without trailing zeros
    public record Order(
            String number, String date, String status, int lineItems, String totalPrice) {}

    /// @param row from 1
    public Order order(long row) {
        var random = SplitMix64.ofRow(seed, row);
        String date = FIRST_DAY.plusDays(random.below(FIRST_DAY.lengthOfYear())).toString();
        String status = STATUSES.get(random.below(STATUSES.size()));
        int lineItems = 1 + random.below(LINE_ITEMS_MAX);
        var price = BigDecimal.valueOf(1 + random.below(CENTS_MAX), DECIMALS);
        return new Order(
                "ON%06d".formatted(row),
                date,
                hasBrokenStatus(row) ? status + ",\non hold" : status,
                lineItems,
                lacksPrice(row) ? "" : price.stripTrailingZeros().toPlainString());
    }

    /// How the file is written, where it is not as usual.
    ///
    public record Layout(char delimiter, Header header) {
        public static final Layout USUAL = new Layout(',', Header.FIRST_ROW);
    }

    /// Where the names of the fields are.
    public enum Header {
        FIRST_ROW,
        NOWHERE
    }

    void write(Path file) throws IOException {
        write(file, Layout.USUAL);
    }

    public void write(Path file, Layout layout) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            if (layout.header() == Header.FIRST_ROW) {
                out.write(HEADER.replace(',', layout.delimiter()));
                out.write('\n');
            }
            for (long row = 1; row <= rows; row++) {
                if (row > 1) {
                    out.write('\n');
                }
                out.write(line(row, layout.delimiter()));
            }
        }
    }

    private String line(long row, char delimiter) {
        Order order = order(row);
        boolean quoted = row % 500 == 1 || hasBrokenStatus(row);
        var fields = new ArrayList<String>(List.of(
                order.number(),
                order.date(),
                quoted ? '"' + order.status() + '"' : order.status(),
                Integer.toString(order.lineItems())));
        if (!lacksPrice(row)) {
            fields.add(order.totalPrice());
        }
        if (row % 2_000 == 4) {
            fields.add("surplus");
        }
        return String.join(String.valueOf(delimiter), fields);
    }

    private static boolean hasBrokenStatus(long row) {
        return row % 1_000 == 2;
    }

    private static boolean lacksPrice(long row) {
        return row % 2_000 == 3;
    }
}
