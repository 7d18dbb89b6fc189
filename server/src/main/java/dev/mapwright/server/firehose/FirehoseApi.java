package dev.mapwright.server.firehose;

import dev.mapwright.adapters.delivery.DeliveryStreams;
import dev.mapwright.adapters.delivery.Destination;
import dev.mapwright.adapters.tags.Tags;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.engine.interpreter.Place;
import dev.mapwright.engine.world.World;
import dev.mapwright.server.awsjson.JsonHandler;
import dev.mapwright.server.awsjson.JsonService;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Operation;
import dev.mapwright.server.awsjson.Parameters;
import dev.mapwright.server.awsjson.TagList;
import dev.mapwright.server.http.Handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private static final int KEY_CHARS_MAX = 128;
    private static final int VERSION_CHARS_MAX = 50;
    private static final int ID_CHARS_MAX = 100;
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
                        "ListTagsForDeliveryStream", api::tags,
                        "PutRecord", api::put,
                        "PutRecordBatch", api::putAll,
                        "TagDeliveryStream", api::tag,
                        "UntagDeliveryStream", api::untag,
                        "UpdateDestination", api::update));
    }

    private Members create(Parameters in) throws Refused, InterruptedException {
        String name = name(in);
        var destination = Destinations.read(in);
        Map<String, String> tags = TagList.read(in);
        in.check();
        streams.create(name, destination, tags);
        return new Members().with("DeliveryStreamARN", arn(name));
    }

    private Members update(Parameters in) throws Refused, InterruptedException {
        String name = name(in);
        String version = in.required("CurrentDeliveryStreamVersionId", VERSION_CHARS_MAX);
        String destination = in.required("DestinationId", ID_CHARS_MAX);
        in.check();
        if (!destination.equals(Destinations.ID)) {
            throw new Refused(
                    "InvalidArgumentException",
                    "Firehose %s has no destination '%s': the only one is %s"
                            .formatted(name, destination, Destinations.ID));
        }
        streams.change(name, version, before -> {
            Destination changed = Destinations.update(before, in);
            in.check();
            return changed;
        });
        return new Members();
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
                .with("VersionId", Long.toString(stream.version()))
                .withTime("CreateTimestamp", stream.created())
                .withTime("LastUpdateTimestamp", stream.changed())
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

    private Members tags(Parameters in) throws Refused {
        String name = name(in);
        int limit = in.number("Limit", 1, Tags.TAGS_MAX)
                .orElse((long) Tags.TAGS_MAX)
                .intValue();
        String after = in.text("ExclusiveStartTagKey", KEY_CHARS_MAX).orElse("");
        in.check();
        SortedMap<String, String> left = streams.tags(name).tailMap(after + "\0");
        var page = new TreeMap<String, String>();
        left.entrySet().stream()
                .limit(limit)
                .forEach(tag -> page.put(tag.getKey(), tag.getValue()));
        return TagList.shown("Tags", page).with("HasMoreTags", left.size() > limit);
    }

    private Members tag(Parameters in) throws Refused, InterruptedException {
        String name = name(in);
        Map<String, String> added = TagList.required(in);
        in.check();
        streams.tag(name, added);
        return new Members();
    }

    private Members untag(Parameters in) throws Refused, InterruptedException {
        String name = name(in);
        List<String> keys = TagList.requiredKeys(in);
        in.check();
        streams.untag(name, keys);
        return new Members();
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
