package dev.mapwright.adapters.items.manifest;

import dev.mapwright.adapters.items.object.ObjectReading;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.maprun.ReadFailed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What a `manifest.json` says.
///
/// @param bucket that holds the data files
/// @param columns of each data file, none of which has a header
/// @param keys of the data files
record InventoryManifest(String bucket, List<String> columns, List<String> keys) {
    /// Decompressed. Some 200 bytes per data file, each of which lists up to millions of objects;
    /// its tree takes several times as much memory.
    private static final int BYTES_MAX = 16 * 1024 * 1024;

    private static final String BUCKET_ARN = ":s3:::";

    static InventoryManifest read(ObjectReading reading) throws ReadFailed, InterruptedException {
        String uri = reading.address().uri();
        try (InputStream stream = reading.from(0)) {
            byte[] content = stream.readNBytes(BYTES_MAX + 1);
            if (content.length > BYTES_MAX) {
                throw new ReadFailed("The inventory manifest %s has more than %d bytes, the maximum"
                        .formatted(uri, BYTES_MAX));
            }
            Object manifest =
                    Json.parse(new String(content, StandardCharsets.UTF_8)).value();
            if (!(manifest instanceof Map<?, ?> members)) {
                throw wrong(uri, "it is not a JSON object");
            }
            return of(members, reading);
        } catch (JsonSyntaxException e) {
            throw new ReadFailed(
                    "The inventory manifest %s is not JSON: %s".formatted(uri, e.problem()), e);
        } catch (IOException e) {
            throw reading.failed(e);
        }
    }

    private static InventoryManifest of(Map<?, ?> members, ObjectReading reading)
            throws ReadFailed {
        String uri = reading.address().uri();
        Object format = members.get("fileFormat");
        if (!"CSV".equals(format)) {
            throw wrong(uri, "its fileFormat is %s, and only CSV can be read".formatted(format));
        }
        if (!(members.get("fileSchema") instanceof String schema)) {
            throw wrong(uri, "it has no fileSchema");
        }
        if (!(members.get("files") instanceof List<?> files)) {
            throw wrong(uri, "it has no files");
        }
        var keys = new ArrayList<String>();
        for (Object file : files) {
            if (!(file instanceof Map<?, ?> entry && entry.get("key") instanceof String key)) {
                throw wrong(uri, "file %d has no key".formatted(keys.size()));
            }
            keys.add(key);
        }
        List<String> columns =
                Arrays.stream(schema.split(",")).map(String::strip).toList();
        return new InventoryManifest(bucket(members, reading), columns, keys);
    }

    private static String bucket(Map<?, ?> members, ObjectReading reading) {
        return members.get("destinationBucket") instanceof String arn && arn.contains(BUCKET_ARN)
                ? arn.substring(arn.indexOf(BUCKET_ARN) + BUCKET_ARN.length())
                : reading.address().bucket();
    }

    private static ReadFailed wrong(String uri, String why) {
        return new ReadFailed(
                "%s is no inventory manifest that can be read: %s".formatted(uri, why));
    }
}
