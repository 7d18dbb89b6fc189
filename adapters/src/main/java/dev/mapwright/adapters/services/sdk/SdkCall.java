package dev.mapwright.adapters.services.sdk;

import dev.mapwright.adapters.aws.SdkClients.Retrying;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

import java.io.IOException;
import java.util.Map;

/// One action as a Task makes it.
///
/// @param retrying whether the SDK makes up for what goes wrong once
record SdkCall(
        SdkService service,
        SdkAction action,
        RequestShape in,
        ResponseShape out,
        Retrying retrying) {
    SdkCall patient() {
        return new SdkCall(service, action, in, out, Retrying.BY_SDK);
    }

    /// The service did not answer, or what it answered could not be read.
    static final class Unanswered extends Exception {
        Unanswered(Exception cause) {
            super(cause.getMessage(), cause);
        }
    }

    /// @throws AwsServiceException the service's error
    SdkAction.Answer make(TaskRequest request) throws TaskFailed, Unanswered, InterruptedException {
        if (!(request.arguments().value() instanceof Map<?, ?> arguments)) {
            throw request.unusable("The value of the Parameters must be an OBJECT");
        }
        try {
            return action.call(service.client(retrying), arguments, in.of(request), out);
        } catch (Unusable unusable) {
            throw request.unusable(unusable.getMessage());
        } catch (AwsServiceException refused) {
            throw refused;
        } catch (SdkException | IOException failed) {
            if (failed instanceof AbortedException || Thread.interrupted()) {
                Thread.interrupted();
                throw interruption(failed);
            }
            throw new Unanswered(failed);
        }
    }

    private static InterruptedException interruption(Exception cause) {
        var interrupted = new InterruptedException("while a service was asked");
        interrupted.initCause(cause);
        return interrupted;
    }
}
