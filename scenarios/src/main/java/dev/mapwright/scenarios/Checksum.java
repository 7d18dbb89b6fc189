package dev.mapwright.scenarios;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.CRC32;

/// Rows of a table whatever their order: how many, and the sum of their checksums.
record Checksum(long rows, long sum) {
    private static final int FETCHED_ROWS = 1_000;

    static Checksum of(Connection database, String table) throws SQLException {
        database.setAutoCommit(false);
        try (Statement statement = database.createStatement()) {
            statement.setFetchSize(FETCHED_ROWS);
            try (ResultSet found = statement.executeQuery("SELECT * FROM " + table)) {
                long rows = 0;
                long sum = 0;
                while (found.next()) {
                    rows++;
                    sum += ofRow(found);
                }
                return new Checksum(rows, sum);
            }
        }
    }

    private static long ofRow(ResultSet row) throws SQLException {
        var crc = new CRC32();
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            String value = row.getString(column);
            crc.update(
                    (value == null ? "\u0000" : value + "\u0001").getBytes(StandardCharsets.UTF_8));
        }
        return crc.getValue();
    }
}
