package dev.mapwright.adapters.store.embedded;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.binary.Decoder;
import dev.mapwright.engine.binary.Encoder;
import dev.mapwright.engine.maprun.ChildName;
import dev.mapwright.engine.store.Execution;
import dev.mapwright.engine.store.Execution.Child;
import dev.mapwright.engine.store.Execution.Status;
import dev.mapwright.engine.store.Execution.Type;
import dev.mapwright.engine.store.RecordCodec;

import java.time.Instant;
import java.util.Optional;

/// What all children of a map run have in common. It is kept once, so that a child's own record is
/// hardly more than its input.
record ChildTemplate(
        String machineArn,
        Type type,
        String definitionId,
        String roleArn,
        String mapRunArn,
        String mapState,
        Optional<String> versionArn,
        Optional<String> aliasArn) {
    private static final int VERSION = 1;

    /// How a child's record begins: complete in itself, or with what the template lacks.
    private static final int COMPLETE = 0;
    private static final int SHORT = 1;

    static ChildTemplate of(Execution execution, Child child) {
        return new ChildTemplate(
                execution.machineArn(),
                execution.type(),
                execution.definitionId(),
                execution.roleArn(),
                child.mapRunArn(),
                child.mapState(),
                execution.versionArn(),
                execution.aliasArn());
    }

    byte[] encode() {
        var out = new Encoder().octet(VERSION);
        out.text(machineArn)
                .constant(type)
                .text(definitionId)
                .text(roleArn)
                .text(mapRunArn)
                .text(mapState);
        return out.optional(versionArn, Encoder::text)
                .optional(aliasArn, Encoder::text)
                .toBytes();
    }

    static ChildTemplate decode(byte[] bytes) {
        var in = new Decoder(bytes);
        int version = in.octet();
        if (version != VERSION) {
            throw new IllegalStateException(
                    "Expected what a run's children share in version %d, found %d"
                            .formatted(VERSION, version));
        }
        return new ChildTemplate(
                in.text(),
                in.constant(Type.values()),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.optional(Decoder::text),
                in.optional(Decoder::text));
    }

    /// A record to be read with this template; its progress is kept elsewhere once it is more than
    /// having started.
    byte[] encodeShort(Execution execution, Child child) {
        return new Encoder()
                .octet(SHORT)
                .instant(execution.startedAt())
                .number(child.firstItem())
                .number(child.itemCount())
                .text(execution.input().text())
                .optional(execution.traceHeader(), Encoder::text)
                .toBytes();
    }

    static byte[] encodeComplete(Execution execution) {
        return new Encoder()
                .octet(COMPLETE)
                .bytes(RecordCodec.encode(execution))
                .toBytes();
    }

    /// @param template what the run's children share; there is one if any child was written with it
    static Execution decode(byte[] bytes, ChildName name, Optional<ChildTemplate> template) {
        var in = new Decoder(bytes);
        return switch (in.octet()) {
            case COMPLETE -> RecordCodec.execution(in.bytes());
            case SHORT ->
                template.orElseThrow(() -> new IllegalStateException(
                                "Expected what the children of a run share, for " + name))
                        .decodeShort(in, name);
            default ->
                throw new IllegalStateException(
                        "Expected a child's record, found other bytes for " + name);
        };
    }

    private Execution decodeShort(Decoder in, ChildName name) {
        Instant startedAt = in.instant();
        var child = new Child(mapRunArn, mapState, name.batch(), in.number(), in.count());
        Json input = Json.ofText(in.text());
        return new Execution(
                name.arn(machineArn, type),
                machineArn,
                name.name(type),
                type,
                definitionId,
                roleArn,
                input,
                Status.RUNNING,
                startedAt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(child),
                Optional.empty(),
                versionArn,
                aliasArn,
                in.optional(Decoder::text));
    }
}
