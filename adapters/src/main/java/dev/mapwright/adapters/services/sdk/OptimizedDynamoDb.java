package dev.mapwright.adapters.services.sdk;

import dev.mapwright.adapters.services.envelope.Envelope;
import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `arn:aws:states:::dynamodb:getItem` and its siblings where DynamoDB is elsewhere: DynamoDB's own
/// names, the metadata of its answer, errors as the older SDK names them.
final class OptimizedDynamoDb implements TaskIntegration {
    private static final String SERVICE = "AmazonDynamoDBv2";
    private static final String UNMODELLED = "DynamoDbException";
    private static final String REQUEST_ID = "x-amzn-RequestId";

    private final SdkCall call;

    OptimizedDynamoDb(SdkCall call) {
        this.call = call;
    }

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        try {
            SdkAction.Answer answer = call.make(request);
            SdkHttpResponse http = answer.response().sdkHttpResponse();
            Map<String, List<String>> headers = new TreeMap<>(http.headers());
            return Json.of(new Envelope(
                            http.statusCode(),
                            headers,
                            http.firstMatchingHeader(REQUEST_ID).orElse(""))
                    .around(answer.members()));
        } catch (AwsServiceException refused) {
            throw failure(refused);
        } catch (SdkCall.Unanswered unanswered) {
            throw TaskFailed.of("DynamoDB.SdkClientException", unanswered.getMessage());
        }
    }

    private static TaskFailed failure(AwsServiceException refused) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(refused.awsErrorDetails());
        String type = refused.getClass().getSimpleName();
        String code = details.map(AwsErrorDetails::errorCode).orElse(type);
        return Envelope.failure(
                "DynamoDB." + (type.equals(UNMODELLED) ? "AmazonDynamoDBException" : code),
                details.map(AwsErrorDetails::errorMessage).orElse(refused.getMessage()),
                SERVICE,
                refused.statusCode(),
                code,
                refused.requestId());
    }
}
