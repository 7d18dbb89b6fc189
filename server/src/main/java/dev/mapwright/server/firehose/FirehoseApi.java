package dev.mapwright.server.firehose;

import dev.mapwright.adapters.delivery.DeliveryStreams;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.awsjson.JsonHandler;
import dev.mapwright.server.awsjson.JsonService;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Operation;
import dev.mapwright.server.awsjson.Parameters;
import dev.mapwright.server.http.Handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Firehose over AWS JSON: all its operations here.
public final class FirehoseApi {
    /// A batch of 4 MiB in base64, and the names around.
    private static final int REQUEST_BYTES_MAX = 8 * 1024 * 1024;

    private static final JsonService SERVICE = new JsonService(
            "Firehose",
            "Firehose_20150804",
            JsonService.Version.JSON_1_1,
            REQUEST_BYTES_MAX,
            JsonService.VALIDATION);

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    private static final int NAME_CHARS_MAX = 64;
    private static final int NAMES_MAX = 10_000;
    private static final int NAMES_DEFAULT = 10;

    private final DeliveryStreams streams;
    private final Place place;
    private final World world;

    private FirehoseApi(DeliveryStreams streams, Place place, World world) {
        this.streams = streams;
        this.place = place;
        this.world = world;
    }

    public static Handler handler(DeliveryStreams streams, Place place, World world) {
        var api = new FirehoseApi(streams, place, world);
        return new JsonHandler(
                SERVICE,
                Map.<String, Operation>of(
                        "CreateDeliveryStream", api::create,
                        "DeleteDeliveryStream", api::delete,
                        "DescribeDeliveryStream", api::describe,
                        "ListDeliveryStreams", api::list,
                        "PutRecord", api::put,
                        "PutRecordBatch", api::putAll));
    }

    private Members create(Parameters in) throws Refused, InterruptedException {
        String name = name(in);
        var destination = Destinations.read(in);
        in.check();
        streams.create(name, destination);
        return new Members().with("DeliveryStreamARN", arn(name));
    }

    private Members delete(Parameters in) throws Refused, InterruptedException {
        String name = name(in);
        in.check();
        streams.delete(name);
        return new Members();
    }

    private Members describe(Parameters in) throws Refused {
        String name = name(in);
        in.check();
        var stream = streams.get(name);
        var shown = new Members()
                .with("DeliveryStreamName", name)
                .with("DeliveryStreamARN", arn(name))
                .with("DeliveryStreamStatus", "ACTIVE")
                .with("DeliveryStreamType", "DirectPut")
                .with("VersionId", "1")
                .withTime("CreateTimestamp", stream.created())
                .withList("Destinations", List.of(stream.destination()), Destinations::shown)
                .with("HasMoreDestinations", false);
        return new Members().with("DeliveryStreamDescription", shown);
    }

    private Members list(Parameters in) throws Refused {
        int limit =
                in.number("Limit", 1, NAMES_MAX).orElse((long) NAMES_DEFAULT).intValue();
        String after =
                in.text("ExclusiveStartDeliveryStreamName", NAME_CHARS_MAX).orElse("");
        in.check();
        List<String> names = streams.names(after, limit + 1);
        return new Members()
                .with("DeliveryStreamNames", names.stream().limit(limit).toList())
                .with("HasMoreDeliveryStreams", names.size() > limit);
    }

    private Members put(Parameters in) throws Refused, InterruptedException {
        String name = name(in);
        Optional<Parameters> record = in.object("Record");
        in.requirePresence("Record");
        byte[] data = record.isPresent()
                ? record.get().requiredBlob("Data", DeliveryStreams.RECORD_BYTES_MAX)
                : new byte[0];
        in.check();
        streams.put(name, List.of(data));
        return new Members().with("RecordId", recordId()).with("Encrypted", false);
    }

    private Members putAll(Parameters in) throws Refused, InterruptedException {
        String name = name(in);
        List<Parameters> records = in.objects("Records").orElse(List.of());
        in.requirePresence("Records");
        var contents = new ArrayList<byte[]>();
        long bytes = 0;
        for (Parameters record : records) {
            byte[] data = record.requiredBlob("Data", DeliveryStreams.RECORD_BYTES_MAX);
            contents.add(data);
            bytes += data.length;
        }
        in.check();
        if (records.isEmpty() || records.size() > DeliveryStreams.BATCH_RECORDS_MAX) {
            throw new Refused(
                    "InvalidArgumentException",
                    "A batch has 1 to %d records, and this one has %d"
                            .formatted(DeliveryStreams.BATCH_RECORDS_MAX, records.size()));
        }
        if (bytes > DeliveryStreams.BATCH_BYTES_MAX) {
            throw new Refused(
                    "InvalidArgumentException",
                    "Records size exceeds %,d bytes: %,d"
                            .formatted(DeliveryStreams.BATCH_BYTES_MAX, bytes));
        }
        streams.put(name, contents);
        return new Members()
                .with("FailedPutCount", 0)
                .with("Encrypted", false)
                .withList("RequestResponses", contents, _ -> new Members()
                        .with("RecordId", recordId()));
    }

    private static String name(Parameters in) throws Refused {
        return in.required("DeliveryStreamName", NAME_CHARS_MAX, NAME);
    }

    private String recordId() {
        return world.uuid().toString();
    }

    private String arn(String name) {
        return "arn:%s:firehose:%s:%s:deliverystream/%s"
                .formatted(place.partition(), place.region(), place.account(), name);
    }
}
