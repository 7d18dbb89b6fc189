package dev.mapwright.server.demo;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.CallFailed;
import dev.mapwright.server.client.ServiceClient;
import dev.mapwright.server.demo.OrdersFile.Order;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Compares what a run left behind with the input it was given: the table item by item, the counts,
/// and the exported results.
final class OrdersCheck {
    private static final int BATCH_ITEMS = 100;

    private final ServiceClient services;
    private final OrdersFile orders;
    private final String table;

    OrdersCheck(ServiceClient services, OrdersFile orders, String table) {
        this.services = services;
        this.orders = orders;
        this.table = table;
    }

    OrdersSummary check(String executionArn, Answer run, Answer execution, double seconds)
            throws DemoFailed, CallFailed, InterruptedException {
        Answer items = run.object("itemCounts");
        Answer children = run.object("executionCounts");
        long rows = orders.rows();
        expect("items of the map run", rows, items.number("total"));
        expect("items that succeeded", rows, items.number("succeeded"));
        expect("children", Math.ceilDiv(rows, BATCH_ITEMS), children.number("total"));
        long tableItems = checkTable();
        Answer results = parse(execution.text("output")).object("ResultWriterDetails");
        String bucket = results.text("Bucket");
        String manifest = results.text("Key");
        expect("orders stored, by the exported results", rows, stored(bucket, manifest));
        return new OrdersSummary(
                rows,
                items.number("total"),
                items.number("succeeded"),
                items.number("failed"),
                children.number("total"),
                tableItems,
                seconds,
                "s3://" + bucket + "/" + manifest,
                executionArn,
                run.text("mapRunArn"));
    }

    /// Every order is there, with the right values, and nothing else.
    private long checkTable() throws DemoFailed, CallFailed, InterruptedException {
        var seen = new BitSet();
        long items = 0;
        var request = new LinkedHashMap<String, Object>(Map.of("TableName", table));
        while (true) {
            Answer page = services.dynamoDb("Scan", request);
            for (Answer item : page.objects("Items")) {
                seen.set(checkItem(item));
                items++;
            }
            var next = page.findObject("LastEvaluatedKey");
            if (next.isEmpty()) {
                break;
            }
            request.put("ExclusiveStartKey", next.get().members());
        }
        expect("items in the table", orders.rows(), items);
        expect("different orders in the table", orders.rows(), seen.cardinality());
        return items;
    }

    private int checkItem(Answer item) throws DemoFailed {
        String key = item.object("pk").text("S");
        int row = Integer.parseInt(key.substring(2, key.indexOf('-')));
        if (row < 1 || row > orders.rows()) {
            throw new DemoFailed("The table holds an order that is not in the file: " + key);
        }
        Order order = orders.order(row);
        var expected = Map.of(
                "pk", Map.of("S", order.number() + "-" + order.date()),
                "sk", Map.of("S", "ORDER_HEADER"),
                "orderStatus", Map.of("S", order.status()),
                "totalPrice", Map.of("S", order.totalPrice()));
        if (!expected.equals(item.members())) {
            throw new DemoFailed("The item of row %d is %s, but should be %s"
                    .formatted(
                            row,
                            Json.of(item.members()).text(),
                            Json.of(expected).text()));
        }
        return row;
    }

    private long stored(String bucket, String manifest)
            throws DemoFailed, CallFailed, InterruptedException {
        Answer files = parse(object(bucket, manifest)).object("ResultFiles");
        expect("files of failures", 0, files.objects("FAILED").size());
        long stored = 0;
        for (Answer file : files.objects("SUCCEEDED")) {
            String text = object(bucket, file.text("Key"));
            expect("bytes of a result file", file.number("Size"), utf8Bytes(text));
            for (Answer child : list(text)) {
                stored += parse(child.text("Output")).number("stored");
            }
        }
        return stored;
    }

    private String object(String bucket, String key) throws CallFailed, InterruptedException {
        return new String(services.getObject(bucket, key), StandardCharsets.UTF_8);
    }

    private static int utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static List<Answer> list(String text) throws DemoFailed {
        return parse("{\"list\":" + text + "}").objects("list");
    }

    private static Answer parse(String text) throws DemoFailed {
        try {
            return Answer.of(Json.parse(text));
        } catch (JsonSyntaxException notJson) {
            throw new DemoFailed("Expected JSON in the results: " + notJson.getMessage());
        }
    }

    private static void expect(String what, long expected, long found) throws DemoFailed {
        if (expected != found) {
            throw new DemoFailed(
                    "The number of %s is %,d, but should be %,d.".formatted(what, found, expected));
        }
    }
}
