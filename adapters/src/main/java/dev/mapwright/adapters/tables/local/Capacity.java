package dev.mapwright.adapters.tables.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a request would have consumed, in the answer to `ReturnConsumedCapacity`.
///
/// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
final class Capacity {
    static final String PARAMETER = "ReturnConsumedCapacity";

    private static final int READ_UNIT_BYTES = 4 * 1024;
    private static final int WRITE_UNIT_BYTES = 1024;

    private Capacity() {}

    enum Detail {
        INDEXES,
        TOTAL,
        NONE
    }

    static Detail detail(Parameters request) {
        return request.choice(PARAMETER, List.of("INDEXES", "TOTAL", "NONE"))
                .map(Detail::valueOf)
                .orElse(Detail.NONE);
    }

    /// Half as much where a read need not be consistent.
    static double read(long bytes, Parameters request) {
        return read(bytes) * (request.flag("ConsistentRead").orElse(false) ? 1 : 0.5);
    }

    static double read(long bytes) {
        return Math.max(1, (bytes + READ_UNIT_BYTES - 1) / READ_UNIT_BYTES);
    }

    static double write(long bytes) {
        return Math.max(1, (bytes + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES);
    }

    static Optional<Map<String, Object>> consumed(Detail detail, String table, double units) {
        if (detail == Detail.NONE) {
            return Optional.empty();
        }
        var consumed = new LinkedHashMap<String, Object>();
        consumed.put("TableName", table);
        consumed.put("CapacityUnits", units);
        if (detail == Detail.INDEXES) {
            consumed.put("Table", Map.of("CapacityUnits", units));
        }
        return Optional.of(consumed);
    }
}
