package dev.mapwright.server.firehose;

import dev.mapwright.adapters.delivery.Destination;
import dev.mapwright.adapters.delivery.Destination.Compression;
import dev.mapwright.adapters.delivery.KeyPrefix;
import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Members;
import dev.mapwright.server.awsjson.Parameters;

import java.time.Duration;
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
    private static final long MEGABYTES_DEFAULT = 5;
    private static final int SECONDS_MAX = 900;
    private static final long SECONDS_DEFAULT = 300;
    private static final int MEGABYTE = 1024 * 1024;
    private static final String BUCKET_ARN = "arn:aws:s3:::";
    private static final String APPEND_DELIMITER = "AppendDelimiterToRecord";

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

    private Destinations() {}

    static Destination read(Parameters in) throws Refused {
        refuse(in, OTHER_SOURCES);
        String type = in.text("DeliveryStreamType", TEXT_CHARS_MAX).orElse("DirectPut");
        if (!type.equals("DirectPut")) {
            throw unsupported("DeliveryStreamType " + type);
        }
        Optional<Parameters> given = in.object(EXTENDED);
        Optional<Parameters> config = given.isPresent() ? given : in.object(PLAIN);
        Parameters to = config.orElseThrow(() -> new Refused(
                "InvalidArgumentException",
                "A stream needs an %s: no other destination is supported by Mapwright's Firehose"
                        .formatted(EXTENDED)));
        refuse(to, List.of("S3BackupConfiguration"));
        refuseUnless(to, "S3BackupMode", "Disabled");
        refuseEnabled(to, "DataFormatConversionConfiguration");
        refuseEnabled(to, "DynamicPartitioningConfiguration");
        Optional<Parameters> encryption = to.object("EncryptionConfiguration");
        if (encryption.isPresent()) {
            refuse(encryption.get(), List.of("KMSEncryptionConfig"));
        }
        Optional<Parameters> hints = to.object("BufferingHints");
        long megabytes = MEGABYTES_DEFAULT;
        long seconds = SECONDS_DEFAULT;
        if (hints.isPresent()) {
            megabytes = hints.get().number("SizeInMBs", 1, MEGABYTES_MAX).orElse(megabytes);
            seconds = hints.get().number("IntervalInSeconds", 0, SECONDS_MAX).orElse(seconds);
        }
        String zone = to.text("CustomTimeZone", 0, TEXT_CHARS_MAX).orElse("");
        return new Destination(
                to.required("RoleARN", ARN_CHARS_MAX),
                bucket(to),
                KeyPrefix.of(to.text("Prefix", 0, TEXT_CHARS_MAX).orElse(""), zone),
                to.text("ErrorOutputPrefix", 0, TEXT_CHARS_MAX).orElse(""),
                to.text("FileExtension", 0, EXTENSION_CHARS_MAX).orElse(""),
                compression(to),
                delimiter(to),
                Math.toIntExact(megabytes * MEGABYTE),
                Duration.ofSeconds(seconds));
    }

    private static String bucket(Parameters to) throws Refused {
        String arn = to.required("BucketARN", ARN_CHARS_MAX);
        if (to.has("BucketARN") && !arn.matches("arn:[^:]+:s3:::[^/]+")) {
            throw new Refused(
                    "InvalidArgumentException",
                    "BucketARN '%s' is not the ARN of a bucket, like arn:aws:s3:::name"
                            .formatted(arn));
        }
        return arn.substring(arn.lastIndexOf(':') + 1);
    }

    private static Compression compression(Parameters to) throws Refused {
        String format = to.text("CompressionFormat", TEXT_CHARS_MAX).orElse("UNCOMPRESSED");
        return switch (format) {
            case "UNCOMPRESSED" -> Compression.UNCOMPRESSED;
            case "GZIP" -> Compression.GZIP;
            default -> throw unsupported("CompressionFormat " + format);
        };
    }

    /// What the processor appends, which is the only one there is.
    private static String delimiter(Parameters to) throws Refused {
        Optional<Parameters> processing = to.object("ProcessingConfiguration");
        if (processing.isEmpty() || !processing.get().flag("Enabled").orElse(false)) {
            return "";
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
        return delimiter;
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
                .with("DestinationId", "destinationId-000000000001")
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
