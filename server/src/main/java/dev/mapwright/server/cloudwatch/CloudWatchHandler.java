package dev.mapwright.server.cloudwatch;

import static java.util.Map.entry;

import dev.mapwright.server.http.Handler;
import dev.mapwright.server.http.Request;
import dev.mapwright.server.http.Response;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;

/// CloudWatch's metrics and alarms: one table of operations for all protocols.
public final class CloudWatchHandler implements Handler {
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html says
    /// 1 MB for PutMetricData; forms take more room than what they say.
    private static final int BODY_BYTES_MAX = 4 * 1024 * 1024;

    private final Map<String, Operation> operations;

    public CloudWatchHandler(Monitoring monitoring) {
        var metrics = new MetricOperations(monitoring);
        var statistics = new StatisticsOperations(monitoring);
        var alarms = new AlarmOperations(monitoring);
        var history = new AlarmHistoryOperation(monitoring);
        this.operations = Map.ofEntries(
                entry("DeleteAlarms", Operation.silent(alarms::delete)),
                entry("DescribeAlarmHistory", Operation.answering(history::describe)),
                entry("DescribeAlarms", Operation.answering(alarms::describe)),
                entry("DescribeAlarmsForMetric", Operation.answering(alarms::describeForMetric)),
                entry("DisableAlarmActions", Operation.silent(alarms::disableActions)),
                entry("EnableAlarmActions", Operation.silent(alarms::enableActions)),
                entry("GetMetricData", Operation.answering(statistics::data)),
                entry("GetMetricStatistics", Operation.answering(statistics::statistics)),
                entry("ListMetrics", Operation.answering(metrics::list)),
                entry("PutMetricAlarm", Operation.silent(alarms::put)),
                entry("PutMetricData", Operation.silent(metrics::put)),
                entry("SetAlarmState", Operation.silent(alarms::setState)));
    }

    @Override
    public void handle(Request request, Response response)
            throws IOException, InterruptedException {
        Protocol protocol = Protocol.of(request);
        try {
            Call call = protocol.call(request, body(request));
            Optional<Map<String, Object>> members = answer(call);
            response.header("x-amzn-RequestId", call.requestId());
            protocol.answer(call, members, response);
        } catch (Failed failed) {
            // Clients that once spoke Query still want its names.
            response.status(failed.fault().status())
                    .header("x-amzn-RequestId", UUID.randomUUID().toString())
                    .header("x-amzn-query-error", failed.fault().queryCode() + ";Sender");
            protocol.refuse(failed, response);
        }
    }

    private Optional<Map<String, Object>> answer(Call call) throws Failed, InterruptedException {
        Input input = Input.of(call.members());
        return switch (operations.get(call.operation())) {
            case null ->
                throw new Failed(
                        Fault.UNKNOWN_OPERATION,
                        "Mapwright's CloudWatch has no operation '%s'. It has: %s."
                                .formatted(
                                        call.operation(),
                                        String.join(
                                                ", ",
                                                operations.keySet().stream()
                                                        .sorted()
                                                        .toList())));
            case Operation.Answering operation -> Optional.of(operation.answer(input));
            case Operation.Silent operation -> {
                operation.act(input);
                yield Optional.empty();
            }
        };
    }

    /// Clients compress what PutMetricData sends.
    private static byte[] body(Request request) throws Failed, IOException {
        byte[] sent = read(request.body());
        if (request.header("Content-Encoding").filter("gzip"::equalsIgnoreCase).isEmpty()) {
            return sent;
        }
        try (var plain = new GZIPInputStream(new ByteArrayInputStream(sent))) {
            return read(plain);
        } catch (IOException broken) {
            throw new Failed(
                    Fault.MALFORMED, "The request is not gzip: " + broken.getMessage() + ".");
        }
    }

    private static byte[] read(InputStream body) throws Failed, IOException {
        byte[] bytes = body.readNBytes(BODY_BYTES_MAX + 1);
        if (bytes.length > BODY_BYTES_MAX) {
            throw new Failed(
                    Fault.TOO_LARGE,
                    "The request is larger than %,d bytes.".formatted(BODY_BYTES_MAX));
        }
        return bytes;
    }
}
