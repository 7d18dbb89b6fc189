package dev.mapwright.engine.maprun;

import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonBytes;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Status;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;

/// A child as results describe it under Transformation NONE, and always when it did not succeed:
/// members in alphabetical order, absent ones left out, input and output as strings of JSON text.
///
/// A run of a million children writes a million of these, so that they are put together as bytes
/// from what is the same in all of them and what is not.
public final class ResultEntry {
    /// What an entry has beside its child's payloads, ARN and machine, generously.
    private static final int FRAME_BYTES = 512;

    private static final byte[] CAUSE = member("Cause");
    private static final byte[] ERROR = member("Error");
    private static final byte[] EXECUTION_ARN = member("ExecutionArn");
    private static final byte[] INPUT = next("Input");
    private static final byte[] NAME = text(",\"InputDetails\":{\"Included\":true},\"Name\":");
    private static final byte[] OUTPUT = next("Output");
    private static final byte[] REDRIVE_COUNT =
            text(",\"OutputDetails\":{\"Included\":true},\"RedriveCount\":");
    private static final byte[] NOT_REDRIVABLE = text(",\"RedriveStatus\":\"NOT_REDRIVABLE\""
            + ",\"RedriveStatusReason\":\"Execution is SUCCEEDED and cannot be redriven\"");
    private static final byte[] REDRIVABLE = text(",\"RedriveStatus\":\"REDRIVABLE_BY_MAP_RUN\"");
    private static final byte[] START_DATE = next("StartDate");
    private static final byte[] MACHINE_ARN = next("StateMachineArn");
    private static final byte[] STATUS = next("Status");
    private static final byte[] STOP_DATE = next("StopDate");

    private ResultEntry() {}

    /// @param child one that has ended
    public static Json of(Execution child) {
        return Json.ofText(written(child).toString());
    }

    /// The same as bytes of UTF-8.
    public static byte[] bytes(Execution child) {
        return written(child).toBytes();
    }

    private static JsonBytes written(Execution child) {
        String input = child.input().text();
        var out = new JsonBytes(FRAME_BYTES
                + 2 * child.arn().length()
                + input.length() * 3 / 2
                + child.output().map(output -> output.text().length() * 3 / 2).orElse(0));
        out.raw('{');
        child.failure()
                .flatMap(failure -> failure.cause())
                .ifPresent(cause -> out.raw(CAUSE).string(cause).raw(','));
        child.failure()
                .flatMap(failure -> failure.error())
                .ifPresent(error -> out.raw(ERROR).string(error).raw(','));
        out.raw(EXECUTION_ARN).string(child.arn());
        out.raw(INPUT).string(input);
        out.raw(NAME).string(firstPart(child.name()));
        child.output().ifPresent(output -> out.raw(OUTPUT).string(output.text()));
        out.raw(REDRIVE_COUNT).number(child.redriveCount());
        out.raw(child.status() == Status.SUCCEEDED ? NOT_REDRIVABLE : REDRIVABLE);
        time(START_DATE, child.startedAt(), out);
        out.raw(MACHINE_ARN).string(child.machineArn());
        out.raw(STATUS).string(child.status().name());
        child.endedAt().ifPresent(ended -> time(STOP_DATE, ended, out));
        return out.raw('}');
    }

    /// As AWS writes it here: UTC, always with milliseconds.
    private static void time(byte[] member, Instant time, JsonBytes out) {
        var utc = time.atOffset(ZoneOffset.UTC);
        out.raw(member).raw('"').digits(utc.getYear(), 4);
        out.raw('-').digits(utc.getMonthValue(), 2).raw('-').digits(utc.getDayOfMonth(), 2);
        out.raw('T').digits(utc.getHour(), 2).raw(':').digits(utc.getMinute(), 2);
        out.raw(':').digits(utc.getSecond(), 2).raw('.').digits(utc.getNano() / 1_000_000, 3);
        out.raw('Z').raw('"');
    }

    /// The name of an EXPRESS child has two parts, of which results show the first.
    private static String firstPart(String name) {
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    private static byte[] next(String name) {
        return text(",\"" + name + "\":");
    }

    private static byte[] member(String name) {
        return text("\"" + name + "\":");
    }

    private static byte[] text(String fragment) {
        return fragment.getBytes(StandardCharsets.UTF_8);
    }
}
