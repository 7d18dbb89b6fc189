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

/// `arn:aws:states:::SERVICE:ACTION` where the parameters are those of the service's API: the API's
/// own names, the metadata of its answer, errors as the older SDK names them.
public final class OptimizedCall implements TaskIntegration {
    private static final List<String> REQUEST_IDS = List.of("x-amzn-RequestId", "x-amz-request-id");

    /// What the older SDK has where a service says nothing.
    private static final String NO_MESSAGE = "null";

    private final OptimizedService service;
    private final SdkCall call;

    OptimizedCall(OptimizedService service, SdkCall call) {
        this.service = service;
        this.call = call;
    }

    /// What came back.
    ///
    /// @param members sorted by name
    /// @param metadata where the service's results show it
    public record Answer(Map<String, Object> members, Optional<Envelope> metadata) {
        public Answer with(Map<String, Object> others) {
            return new Answer(others, metadata);
        }

        /// The members and the metadata as a Task's result.
        public Json result() {
            return Json.of(metadata.map(envelope -> envelope.around(members)).orElse(members));
        }
    }

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        return ask(request).result();
    }

    /// The answer's members alone.
    public Map<String, Object> members(TaskRequest request)
            throws TaskFailed, InterruptedException {
        return ask(request).members();
    }

    public Answer ask(TaskRequest request) throws TaskFailed, InterruptedException {
        try {
            SdkAction.Answer answer = call.make(request);
            return new Answer(
                    answer.members(),
                    service.showsMetadata() ? Optional.of(envelope(answer)) : Optional.empty());
        } catch (AwsServiceException refused) {
            throw failure(refused);
        } catch (SdkCall.Unanswered unanswered) {
            throw TaskFailed.of(
                    service.errorPrefix() + ".SdkClientException", unanswered.getMessage());
        }
    }

    /// The same call, which is made again a few times when it goes wrong by chance.
    public OptimizedCall patient() {
        return new OptimizedCall(service, call.patient());
    }

    public OptimizedService service() {
        return service;
    }

    private static Envelope envelope(SdkAction.Answer answer) {
        SdkHttpResponse http = answer.response().sdkHttpResponse();
        String requestId = REQUEST_IDS.stream()
                .flatMap(name -> http.firstMatchingHeader(name).stream())
                .findFirst()
                .orElse("");
        return new Envelope(http.statusCode(), new TreeMap<>(http.headers()), requestId);
    }

    private TaskFailed failure(AwsServiceException refused) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(refused.awsErrorDetails());
        String type = refused.getClass().getSimpleName();
        String code = details.map(AwsErrorDetails::errorCode).orElse(type);
        boolean isModelled = !type.equals(call.service().module().prefix() + "Exception");
        return Envelope.failure(
                service.errorPrefix() + "." + (isModelled ? type : service.anyError()),
                details.map(AwsErrorDetails::errorMessage).orElse(NO_MESSAGE),
                service.olderName(),
                refused.statusCode(),
                code,
                refused.requestId());
    }
}
