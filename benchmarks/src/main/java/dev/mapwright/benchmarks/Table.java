package dev.mapwright.benchmarks;

import java.util.List;
import java.util.Map;

/// The table that items are put into.
final class Table {
    static final String NAME = "orders";

    static final Map<String, Object> DEFINITION = Map.of(
            "TableName",
            NAME,
            "BillingMode",
            "PAY_PER_REQUEST",
            "AttributeDefinitions",
            List.of(attribute("pk"), attribute("sk")),
            "KeySchema",
            List.of(key("pk", "HASH"), key("sk", "RANGE")));

    private Table() {}

    private static Map<String, String> attribute(String name) {
        return Map.of("AttributeName", name, "AttributeType", "S");
    }

    private static Map<String, String> key(String name, String type) {
        return Map.of("AttributeName", name, "KeyType", type);
    }

    /// The request that puts one row of the items.
    static Map<String, Object> put(Map<?, ?> row) {
        return Map.of(
                "TableName",
                NAME,
                "Item",
                Map.of(
                        "pk",
                        Map.of("S", row.get("orderNumber") + "-" + row.get("orderDate")),
                        "sk",
                        Map.of("S", "ORDER_HEADER"),
                        "orderStatus",
                        Map.of("S", row.get("orderStatus")),
                        "totalPrice",
                        Map.of("S", row.get("totalPrice"))));
    }
}
