package dev.mapwright.benchmarks;

import dev.mapwright.asl.json.Json;
import dev.mapwright.server.client.Answer;
import dev.mapwright.server.client.ServiceClient;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/// Which items of an [ItemsFile] the result files of a map run hold, each found by the order number
/// in its record's input. The files are read as streams: they may be larger than the heap.
final class ExportedItems {
    private static final String BUCKET = "orders-out";
    private static final int DIGITS = 8;

    /// What stands before the digits, in a JSON text within a JSON text.
    private static final byte[] MARKER = "orderNumber\\\":\\\"ON".getBytes(StandardCharsets.UTF_8);

    private final URI endpoint;
    private final Answer manifest;

    /// @param output of the Map state, which names the manifest
    ExportedItems(URI endpoint, ServiceClient client, String output) throws Exception {
        this.endpoint = endpoint;
        String key =
                Answer.of(Json.ofText(output)).object("ResultWriterDetails").text("Key");
        String text = new String(client.getObject(BUCKET, key), StandardCharsets.UTF_8);
        this.manifest = Answer.of(Json.ofText(text));
    }

    /// The numbers in all files of one status, each of them once.
    BitSet of(String status) throws IOException, InterruptedException {
        var numbers = new BitSet();
        try (var http = HttpClient.newHttpClient()) {
            for (Answer file : manifest.object("ResultFiles").objects(status)) {
                URI address = endpoint.resolve("/" + BUCKET + "/" + file.text("Key"));
                var response = http.send(
                        HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream());
                try (InputStream in = response.body()) {
                    long bytes = read(in, numbers);
                    if (bytes != file.number("Size")) {
                        throw new IllegalStateException("expected %d bytes in %s, found %d"
                                .formatted(file.number("Size"), file.text("Key"), bytes));
                    }
                }
            }
        }
        return numbers;
    }

    /// @return how many bytes there were
    private static long read(InputStream in, BitSet numbers) throws IOException {
        var buffer = new byte[1 << 20];
        long bytes = 0;
        int matched = 0;
        int digits = 0;
        int number = 0;
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            bytes += length;
            for (int i = 0; i < length; i++) {
                if (matched < MARKER.length) {
                    // No part of the marker begins as the whole does, but its first byte.
                    matched = buffer[i] == MARKER[matched]
                            ? matched + 1
                            : buffer[i] == MARKER[0] ? 1 : 0;
                } else {
                    number = number * 10 + buffer[i] - '0';
                    digits++;
                    if (digits == DIGITS) {
                        add(number, numbers);
                        matched = 0;
                        digits = 0;
                        number = 0;
                    }
                }
            }
        }
        return bytes;
    }

    private static void add(int number, BitSet numbers) {
        if (numbers.get(number)) {
            throw new IllegalStateException("item %d stands in the files twice".formatted(number));
        }
        numbers.set(number);
    }
}
