package dev.mapwright.server.firehose;

import dev.mapwright.adapters.delivery.Destination;
import dev.mapwright.adapters.delivery.Destination.Compression;
import dev.mapwright.adapters.delivery.KeyPrefix;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Where streams deliver to, as requests say it and answers show it. What is not supported is
/// refused by name.
final class Destinations {
    private static final String EXTENDED = "ExtendedS3DestinationConfiguration";
    private static final String PLAIN = "S3DestinationConfiguration";
    private static final int TEXT_CHARS_MAX = 1_024;
    private static final int ARN_CHARS_MAX = 2_048;
    private static final int EXTENSION_CHARS_MAX = 128;
    private static final int MEGABYTES_MAX = 128;
    private static final int MEGABYTES_DEFAULT = 5;
    private static final int SECONDS_MAX = 900;
    private static final long SECONDS_DEFAULT = 300;
    private static final int MEGABYTE = 1024 * 1024;
    private static final String BUCKET_ARN = "arn:aws:s3:::";
    private static final String APPEND_DELIMITER = "AppendDelimiterToRecord";
    static final String ID = "destinationId-000000000001";
    private static final String ROLE = "RoleARN";
    private static final String BUCKET = "BucketARN";

    /// But for role and bucket, which every stream has to name.
    private static final Destination DEFAULT = new Destination(
            "",
            "",
            new KeyPrefix("", ZoneOffset.UTC),
            "",
            "",
            Compression.UNCOMPRESSED,
            "",
            MEGABYTES_DEFAULT * MEGABYTE,
            Duration.ofSeconds(SECONDS_DEFAULT));

    private static final List<String> OTHER_SOURCES = List.of(
            "KinesisStreamSourceConfiguration",
            "MSKSourceConfiguration",
            "DatabaseSourceConfiguration",
            "DirectPutSourceConfiguration",
            "DeliveryStreamEncryptionConfigurationInput",
            "RedshiftDestinationConfiguration",
            "ElasticsearchDestinationConfiguration",
            "AmazonopensearchserviceDestinationConfiguration",
            "AmazonOpenSearchServerlessDestinationConfiguration",
            "SplunkDestinationConfiguration",
            "HttpEndpointDestinationConfiguration",
            "SnowflakeDestinationConfiguration",
            "IcebergDestinationConfiguration");

    private static final List<String> OTHER_UPDATES = List.of(
            "RedshiftDestinationUpdate",
            "ElasticsearchDestinationUpdate",
            "AmazonopensearchserviceDestinationUpdate",
            "AmazonOpenSearchServerlessDestinationUpdate",
            "SplunkDestinationUpdate",
            "HttpEndpointDestinationUpdate",
            "SnowflakeDestinationUpdate",
            "IcebergDestinationUpdate");

    private Destinations() {}

    /// What a stream is created with.
    static Destination read(Parameters in) throws Refused {
        refuse(in, OTHER_SOURCES);
        String type = in.text("DeliveryStreamType", TEXT_CHARS_MAX).orElse("DirectPut");
        if (!type.equals("DirectPut")) {
            throw unsupported("DeliveryStreamType " + type);
        }
        Parameters to = first(in, EXTENDED, PLAIN);
        to.requirePresence(ROLE);
        to.requirePresence(BUCKET);
        return changed(DEFAULT, to);
    }

    /// What an update makes of it: what is not said stays.
    static Destination update(Destination before, Parameters in) throws Refused {
        refuse(in, OTHER_UPDATES);
        return changed(before, first(in, "ExtendedS3DestinationUpdate", "S3DestinationUpdate"));
    }

    private static Parameters first(Parameters in, String extended, String plain) throws Refused {
        Optional<Parameters> given = in.object(extended);
        Optional<Parameters> to = given.isPresent() ? given : in.object(plain);
        return to.orElseThrow(() -> new Refused(
                "InvalidArgumentException",
                "%s is missing: no other destination is supported by Mapwright's Firehose"
                        .formatted(extended)));
    }

    private static Destination changed(Destination before, Parameters to) throws Refused {
        refuse(to, List.of("S3BackupConfiguration", "S3BackupUpdate"));
        refuseUnless(to, "S3BackupMode", "Disabled");
        refuseEnabled(to, "DataFormatConversionConfiguration");
        refuseEnabled(to, "DynamicPartitioningConfiguration");
        Optional<Parameters> encryption = to.object("EncryptionConfiguration");
        if (encryption.isPresent()) {
            refuse(encryption.get(), List.of("KMSEncryptionConfig"));
        }
        long megabytes = before.bufferBytes() / MEGABYTE;
        long seconds = before.bufferTime().toSeconds();
        Optional<Parameters> hints = to.object("BufferingHints");
        if (hints.isPresent()) {
            megabytes = hints.get().number("SizeInMBs", 1, MEGABYTES_MAX).orElse(megabytes);
            seconds = hints.get().number("IntervalInSeconds", 0, SECONDS_MAX).orElse(seconds);
        }
        String prefix =
                to.text("Prefix", 0, TEXT_CHARS_MAX).orElse(before.prefix().text());
        String zone = to.text("CustomTimeZone", 0, TEXT_CHARS_MAX)
                .orElse(before.prefix().zone().getId());
        return new Destination(
                to.text(ROLE, ARN_CHARS_MAX).orElse(before.roleArn()),
                bucket(to).orElse(before.bucket()),
                KeyPrefix.of(prefix, zone),
                to.text("ErrorOutputPrefix", 0, TEXT_CHARS_MAX).orElse(before.errorPrefix()),
                to.text("FileExtension", 0, EXTENSION_CHARS_MAX).orElse(before.extension()),
                compression(to).orElse(before.compression()),
                delimiter(to).orElse(before.delimiter()),
                Math.toIntExact(megabytes * MEGABYTE),
                Duration.ofSeconds(seconds));
    }

    private static Optional<String> bucket(Parameters to) throws Refused {
        Optional<String> arn = to.text(BUCKET, ARN_CHARS_MAX);
        if (arn.isPresent() && !arn.get().matches("arn:[^:]+:s3:::[^/]+")) {
            throw new Refused(
                    "InvalidArgumentException",
                    "BucketARN '%s' is not the ARN of a bucket, like arn:aws:s3:::name"
                            .formatted(arn.get()));
        }
        return arn.map(text -> text.substring(text.lastIndexOf(':') + 1));
    }

    private static Optional<Compression> compression(Parameters to) throws Refused {
        Optional<String> format = to.text("CompressionFormat", TEXT_CHARS_MAX);
        if (format.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (format.get()) {
                    case "UNCOMPRESSED" -> Compression.UNCOMPRESSED;
                    case "GZIP" -> Compression.GZIP;
                    default -> throw unsupported("CompressionFormat " + format.get());
                });
    }

    /// What the processor appends, which is the only one there is.
    private static Optional<String> delimiter(Parameters to) throws Refused {
        Optional<Parameters> processing = to.object("ProcessingConfiguration");
        if (processing.isEmpty()) {
            return Optional.empty();
        }
        if (!processing.get().flag("Enabled").orElse(false)) {
            return Optional.of("");
        }
        String delimiter = "";
        for (Parameters processor : processing.get().objects("Processors").orElse(List.of())) {
            String type = processor.required("Type", TEXT_CHARS_MAX);
            if (!type.equals(APPEND_DELIMITER)) {
                throw unsupported("the processor " + type);
            }
            delimiter = "\n";
            for (Parameters one : processor.objects("Parameters").orElse(List.of())) {
                if (one.required("ParameterName", TEXT_CHARS_MAX).equals("Delimiter")) {
                    delimiter = one.required("ParameterValue", TEXT_CHARS_MAX)
                            .replace("\\n", "\n")
                            .replace("\\r", "\r")
                            .replace("\\t", "\t");
                }
            }
        }
        return Optional.of(delimiter);
    }

    private static void refuse(Parameters in, List<String> names) throws Refused {
        for (String name : names) {
            if (in.has(name)) {
                throw unsupported(name);
            }
        }
    }

    private static void refuseUnless(Parameters in, String name, String supported) throws Refused {
        String value = in.text(name, TEXT_CHARS_MAX).orElse(supported);
        if (!value.equals(supported)) {
            throw unsupported(name + " " + value);
        }
    }

    private static void refuseEnabled(Parameters in, String name) throws Refused {
        Optional<Parameters> given = in.object(name);
        if (given.isPresent() && given.get().flag("Enabled").orElse(true)) {
            throw unsupported(name);
        }
    }

    private static Refused unsupported(String what) {
        return new Refused(
                "InvalidArgumentException",
                "%s is not supported by Mapwright's Firehose".formatted(what));
    }

    static Members shown(Destination to) {
        Members plain = plain(to);
        var extended = plain(to)
                .with("S3BackupMode", "Disabled")
                .with("FileExtension", to.extension())
                .with("CustomTimeZone", to.prefix().zone().getId())
                .with("ProcessingConfiguration", processing(to));
        return new Members()
                .with("DestinationId", ID)
                .with("S3DestinationDescription", plain)
                .with("ExtendedS3DestinationDescription", extended);
    }

    private static Members plain(Destination to) {
        var hints = new Members()
                .with("SizeInMBs", to.bufferBytes() / MEGABYTE)
                .with("IntervalInSeconds", to.bufferTime().toSeconds());
        return new Members()
                .with("RoleARN", to.roleArn())
                .with("BucketARN", BUCKET_ARN + to.bucket())
                .with("Prefix", to.prefix().text())
                .with("ErrorOutputPrefix", to.errorPrefix())
                .with("BufferingHints", hints)
                .with("CompressionFormat", to.compression().name())
                .with(
                        "EncryptionConfiguration",
                        new Members().with("NoEncryptionConfig", "NoEncryption"));
    }

    private static Members processing(Destination to) {
        if (to.delimiter().isEmpty()) {
            return new Members().with("Enabled", false);
        }
        var parameter = new Members()
                .with("ParameterName", "Delimiter")
                .with("ParameterValue", to.delimiter().replace("\n", "\\n"));
        var processor = new Members()
                .with("Type", APPEND_DELIMITER)
                .withList("Parameters", List.of(parameter), one -> one);
        return new Members()
                .with("Enabled", true)
                .withList("Processors", List.of(processor), one -> one);
    }
}
