package dev.mapwright.adapters.services.sdk;

import dev.mapwright.asl.json.Json;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.task.TaskRequest;

import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// `arn:aws:states:::aws-sdk:SERVICE:ACTION`: the Java SDK's names and no metadata; errors are the
/// SDK's exceptions.
final class SdkIntegration implements TaskIntegration {
    private final SdkCall call;
    private final String prefix;

    SdkIntegration(SdkCall call) {
        this.call = call;
        this.prefix = call.service().module().prefix();
    }

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        try {
            return Json.of(call.make(request).members());
        } catch (AwsServiceException refused) {
            throw TaskFailed.of(
                    prefix + "." + refused.getClass().getSimpleName(), refused.getMessage());
        } catch (SdkCall.Unanswered unanswered) {
            throw TaskFailed.of(prefix + ".SdkClientException", unanswered.getMessage());
        }
    }
}
