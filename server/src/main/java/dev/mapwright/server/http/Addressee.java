package dev.mapwright.server.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The service that a request is meant for, as AWS clients say it.
///
/// @param service the name under which clients sign for it (`states`, `s3`, `dynamodb`, `sqs`, …),
///     or what they call it where they do not sign
/// @param protocol how it wants errors
record Addressee(String service, Protocol protocol) {
    enum Protocol {
        AWS_JSON,
        XML
    }

    private static final String STATES = "states";
    private static final String DYNAMODB = "dynamodb";
    private static final String S3 = "s3";
    private static final String OWN = "mapwright";
    private static final String EVENTS = "events";
    private static final String SNS = "sns";
    private static final String SQS = "sqs";
    private static final String CLOUDWATCH = "monitoring";

    private static final Pattern SNS_LINK =
            Pattern.compile("Action=(ConfirmSubscription|Unsubscribe)&.*", Pattern.DOTALL);

    /// `AKID/20250101/us-east-1/s3/aws4_request`
    private static final Pattern SCOPE =
            Pattern.compile("[^/]+/\\d{8}/[^/]+/([^/]+)/aws4_request.*", Pattern.DOTALL);

    private static final Pattern QUERY_CREDENTIAL =
            Pattern.compile("(?:^|&)X-Amz-Credential=([^&]*)");

    /// `/service/GraniteServiceVersion20100801/operation/PutMetricData`
    private static final Pattern RPC_PATH =
            Pattern.compile("/service/([A-Za-z0-9_.]+)/operation/[A-Za-z0-9_]+");

    /// Reads it from, in this order: the path of a Smithy RPC v2 operation; the target of an AWS
    /// JSON operation; the scope of the signature, in the header or in a presigned query; a path of
    /// Mapwright's own; and what is left is a link of SNS or a plain S3 request, signed in
    /// the old way or not at all.
    static Addressee of(Request request) {
        return ofRpcPath(request)
                .or(() -> ofTarget(request))
                .or(() -> scope(request).map(Addressee::ofSigningName))
                .or(() -> ofOwnPath(request))
                .orElseGet(() -> unsigned(request));
    }

    /// Only with its header, for there may be a bucket called `service`.
    private static Optional<Addressee> ofRpcPath(Request request) {
        Matcher path = RPC_PATH.matcher(request.rawPath());
        return request.header("smithy-protocol").isPresent() && path.matches()
                ? Optional.of(
                        new Addressee(ofVersionedName(path.group(1), request), Protocol.AWS_JSON))
                : Optional.empty();
    }

    private static Optional<Addressee> ofTarget(Request request) {
        return request.header("X-Amz-Target").map(target -> {
            String prefix = target.substring(0, Math.max(0, target.lastIndexOf('.')));
            String name = prefix.isEmpty() ? target : prefix;
            return new Addressee(ofVersionedName(name, request), Protocol.AWS_JSON);
        });
    }

    /// @param name of the service as its model has it
    private static String ofVersionedName(String name, Request request) {
        return switch (name) {
            case "AWSStepFunctions" -> STATES;
            case "DynamoDB_20120810" -> DYNAMODB;
            case "AmazonSQS" -> SQS;
            case "AWSEvents" -> EVENTS;
            case "AmazonAthena" -> "athena";
            case "Firehose_20150804" -> "firehose";
            case "AmazonSSM" -> "ssm";
            case "GraniteServiceVersion20100801" -> CLOUDWATCH;
            default -> scope(request).orElse(name);
        };
    }

    /// Mapwright's own, which no AWS client asks for. A signed request for the same path means a
    /// bucket of this name.
    private static Optional<Addressee> ofOwnPath(Request request) {
        return request.rawPath().startsWith("/" + OWN + "/")
                ? Optional.of(new Addressee(OWN, Protocol.AWS_JSON))
                : Optional.empty();
    }

    private static Optional<String> scope(Request request) {
        return request.header("Authorization")
                .flatMap(Addressee::credentialOfHeader)
                .or(() -> credentialOfQuery(request.rawQuery()))
                .flatMap(Addressee::serviceOfScope);
    }

    private static Optional<String> credentialOfHeader(String authorization) {
        int start = authorization.indexOf("Credential=");
        return start < 0
                ? Optional.empty()
                : Optional.of(authorization.substring(start + "Credential=".length()));
    }

    private static Optional<String> credentialOfQuery(String query) {
        Matcher credential = QUERY_CREDENTIAL.matcher(query);
        return credential.find()
                ? Optional.of(credential.group(1).replace("%2F", "/").replace("%2f", "/"))
                : Optional.empty();
    }

    private static Optional<String> serviceOfScope(String credential) {
        Matcher scope = SCOPE.matcher(credential);
        return scope.matches() ? Optional.of(scope.group(1)) : Optional.empty();
    }

    private static Addressee ofSigningName(String name) {
        boolean json = name.equals(STATES) || name.equals(DYNAMODB);
        return new Addressee(name, json ? Protocol.AWS_JSON : Protocol.XML);
    }

    /// Links in SNS's messages are followed by whoever reads them.
    private static Addressee unsigned(Request request) {
        boolean isLink = SNS_LINK.matcher(request.rawQuery()).matches();
        return new Addressee(isLink ? SNS : S3, Protocol.XML);
    }
}
