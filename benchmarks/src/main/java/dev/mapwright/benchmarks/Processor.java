package dev.mapwright.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// What is done with each item.
enum Processor {
    /// A child of one Pass state for each item: the cost of a child as such.
    PASS,
    /// A child of one Pass state that computes an object from two JSONata expressions.
    JSONATA,
    /// A child of one Task state that puts the item into a DynamoDB table.
    PUT_ITEM,
    /// The orders demonstration: children of a hundred items, each put by an inline Map.
    ORDERS;

    /// In use at a time, by the engine and by the hand-written loop: children or, in children of a
    /// hundred items, iterations.
    static final int CONCURRENCY = 1_000;

    static final int ORDERS_CHILDREN = 20;
    static final int ORDERS_ITERATIONS = 10;

    boolean needsTable() {
        return this == PUT_ITEM || this == ORDERS;
    }

    String definition(String childType) throws IOException {
        return switch (this) {
            case PASS -> map(childType, "{\"Type\":\"Pass\",\"End\":true}");
            case JSONATA -> map(childType, """
                        {"Type":"Pass","QueryLanguage":"JSONata","End":true,"Output":{
                          "id":"{% $states.input.orderNumber & '-' & $states.input.orderDate %}",
                          "gross":"{% $number($states.input.totalPrice) * 1.19 %}"}}""");
            case PUT_ITEM -> map(childType, """
                        {"Type":"Task","QueryLanguage":"JSONata","End":true,
                         "Resource":"arn:aws:states:::dynamodb:putItem",
                         "Arguments":{"TableName":"orders","Item":{
                           "pk":{"S":"{% $states.input.orderNumber & '-' & $states.input.orderDate %}"},
                           "sk":{"S":"ORDER_HEADER"},
                           "orderStatus":{"S":"{% $states.input.orderStatus %}"},
                           "totalPrice":{"S":"{% $states.input.totalPrice %}"}}},
                         "Output":{"ok":true}}""");
            case ORDERS -> orders().replace("\"EXPRESS\"", "\"" + childType + "\"");
        };
    }

    /// A map run over the items, with a child of one state for each.
    static String map(String childType, String state) {
        return """
                {"StartAt":"Items","States":{"Items":{"Type":"Map","Label":"Items","End":true,
                  "MaxConcurrency":%d,
                  "ItemReader":{"Resource":"arn:aws:states:::s3:getObject",
                    "ReaderConfig":{"InputType":"CSV","CSVHeaderLocation":"FIRST_ROW"},
                    "Parameters":{"Bucket":"orders-in","Key":"orders/orders.csv"}},
                  "ItemProcessor":{
                    "ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"%s"},
                    "StartAt":"Each","States":{"Each":%s}},
                  "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject",
                    "Parameters":{"Bucket":"orders-out","Prefix":"runs"}}}}}
                """.formatted(CONCURRENCY, childType, state);
    }

    private static String orders() throws IOException {
        try (InputStream resource =
                Processor.class.getResourceAsStream("/dev/mapwright/server/demo/orders.asl.json")) {
            if (resource == null) {
                throw new IllegalStateException("the definition of the orders demo is missing");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
