package dev.mapwright.adapters.outbox;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;
import dev.mapwright.adapters.outbox.DeliveryFailed.Prospect;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.utils.SdkAutoCloseable;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Services that take messages, each at its own address, called through the AWS SDK wherever they
/// are. Clients are made when they are first needed.
public final class Targets implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Targets.class.getName());

    /// `arn:aws:sqs:us-east-1:123456789012:name`
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:([a-z]+):([^:]+):([^:]+):(.+)");

    private static final int THROTTLED = 429;

    private final Map<String, Address> addresses;
    private final Map<String, SdkAutoCloseable> clients = new ConcurrentHashMap<>();

    /// @param addresses by the name of the SDK's package: `sqs`
    public Targets(Map<String, Address> addresses) {
        this.addresses = Map.copyOf(addresses);
    }

    /// What a queue is sent.
    ///
    /// @param attributes each with `DataType` and `StringValue` or `BinaryValue` (base64)
    /// @param group in a FIFO queue, as is the id
    public record Parcel(
            String body,
            Map<String, Map<String, Object>> attributes,
            Optional<String> group,
            Optional<String> deduplicationId) {
        public static Parcel of(String body) {
            return new Parcel(body, Map.of(), Optional.empty(), Optional.empty());
        }
    }

    /// The service of an ARN: `sqs`.
    public static Optional<String> service(String arn) {
        Matcher parts = ARN.matcher(arn);
        return parts.matches() ? Optional.of(parts.group(1)) : Optional.empty();
    }

    public void sendToQueue(String arn, Parcel parcel) throws DeliveryFailed, InterruptedException {
        var client = client("sqs", at -> SdkClients.build(SqsClient.builder(), at, Retrying.NONE));
        call(
                arn,
                () -> client.sendMessage(message -> {
                    message.queueUrl(url(arn)).messageBody(parcel.body());
                    if (!parcel.attributes().isEmpty()) {
                        message.messageAttributes(attributes(parcel.attributes()));
                    }
                    parcel.group().ifPresent(message::messageGroupId);
                    parcel.deduplicationId().ifPresent(message::messageDeduplicationId);
                }));
    }

    /// Without waiting for what it returns.
    public void invokeFunction(String arn, byte[] event)
            throws DeliveryFailed, InterruptedException {
        var client =
                client("lambda", at -> SdkClients.build(LambdaClient.builder(), at, Retrying.NONE));
        call(
                arn,
                () -> client.invoke(invocation -> invocation
                        .functionName(arn)
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromByteArray(event))));
    }

    /// @param name of the execution; one of this name is as good, for an earlier attempt started it
    public void startExecution(String machineArn, String name, String input)
            throws DeliveryFailed, InterruptedException {
        var client = client("sfn", at -> SdkClients.build(SfnClient.builder(), at, Retrying.NONE));
        call(machineArn, () -> {
            try {
                client.startExecution(
                        start -> start.stateMachineArn(machineArn).name(name).input(input));
            } catch (ExecutionAlreadyExistsException delivered) {
                LOG.log(System.Logger.Level.DEBUG, "{0} was delivered before", name);
            }
        });
    }

    public void publish(String topicArn, Optional<String> subject, String message)
            throws DeliveryFailed, InterruptedException {
        var client = client("sns", at -> SdkClients.build(SnsClient.builder(), at, Retrying.NONE));
        call(
                topicArn,
                () -> client.publish(to -> {
                    to.topicArn(topicArn).message(message);
                    subject.ifPresent(to::subject);
                }));
    }

    /// The queue that a URL of SQS's own form names; other servers look at its path only.
    private static String url(String arn) {
        Matcher parts = ARN.matcher(arn);
        if (!parts.matches()) {
            throw new IllegalStateException("expected the ARN of a queue, found " + arn);
        }
        return "https://sqs.%s.amazonaws.com/%s/%s"
                .formatted(parts.group(2), parts.group(3), parts.group(4));
    }

    private static Map<String, MessageAttributeValue> attributes(
            Map<String, Map<String, Object>> given) {
        var attributes = new LinkedHashMap<String, MessageAttributeValue>();
        given.forEach((name, value) -> {
            var one = MessageAttributeValue.builder().dataType((String) value.get("DataType"));
            if (value.get("BinaryValue") instanceof String base64) {
                one.binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(base64)));
            } else {
                one.stringValue((String) value.get("StringValue"));
            }
            attributes.put(name, one.build());
        });
        return attributes;
    }

    @SuppressWarnings("unchecked")
    private <C extends SdkAutoCloseable> C client(String module, Function<Address, C> make)
            throws DeliveryFailed {
        Address address = addresses.get(module);
        if (address == null) {
            throw new DeliveryFailed(
                    Prospect.LASTING,
                    "Mapwright knows no address of the service '%s'. Set service.%1$s."
                            .formatted(module));
        }
        return (C) clients.computeIfAbsent(module, _ -> make.apply(address));
    }

    private static void call(String arn, Runnable request)
            throws DeliveryFailed, InterruptedException {
        try {
            request.run();
        } catch (AwsServiceException refused) {
            boolean passing = refused.statusCode() >= 500
                    || refused.statusCode() == THROTTLED
                    || refused.isThrottlingException();
            throw new DeliveryFailed(
                    passing ? Prospect.PASSING : Prospect.LASTING,
                    "%s: %s".formatted(arn, refused.getMessage()));
        } catch (SdkException unanswered) {
            if (Thread.interrupted()) {
                throw new InterruptedException("while a message was delivered to " + arn);
            }
            throw new DeliveryFailed(
                    Prospect.PASSING, "%s: %s".formatted(arn, unanswered.getMessage()));
        }
    }

    @Override
    public void close() {
        clients.values().forEach(SdkAutoCloseable::close);
    }
}
