package dev.mapwright.adapters.services.jobs;

import dev.mapwright.adapters.services.sdk.OptimizedCall;
import dev.mapwright.asl.json.Json;
import dev.mapwright.asl.json.JsonSyntaxException;
import dev.mapwright.engine.task.JobIntegration;
import dev.mapwright.engine.task.TaskFailed;
import dev.mapwright.engine.task.TaskRequest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A described action as a job. Its id holds the parameters with which it is described and stopped,
/// and so all that has to outlive a restart.
///
/// @param describe retries what goes wrong by chance, so that a job of hours does not end by it
record DescribedJob(
        JobDescription.Job job,
        DescribedCall start,
        OptimizedCall describe,
        Optional<OptimizedCall> stop)
        implements JobIntegration {
    private static final String DESCRIPTION = "description";
    private static final String DESCRIBE = "describe";
    private static final String STOP = "stop";
    private static final String RESPONSE = "response";

    @Override
    public Json call(TaskRequest request) throws TaskFailed, InterruptedException {
        return start.call(request);
    }

    @Override
    public Job start(TaskRequest request) throws TaskFailed, InterruptedException {
        OptimizedCall.Answer answer = start.answer(request);
        Map<String, Object> sources = DescribedCall.sources(request, answer.members());
        checkRefusals(sources, answer);
        var id = new LinkedHashMap<String, Object>();
        id.put(DESCRIBE, job.describe().parameters().members(sources));
        job.stop().ifPresent(action -> id.put(STOP, action.parameters().members(sources)));
        job.gone().ifPresent(_ -> id.put(RESPONSE, answer.members()));
        return new Job(Json.of(id).text(), start.shown(request, answer));
    }

    /// ECS answers that it has not started a task as if it had.
    private void checkRefusals(Map<String, Object> sources, OptimizedCall.Answer answer)
            throws TaskFailed {
        Optional<Object> refusals =
                start.description().refusals().flatMap(found -> found.fill(sources));
        if (refusals.isPresent() && refusals.get() instanceof List<?> each && !each.isEmpty()) {
            throw TaskFailed.of(
                    start.action().service().unknownError(),
                    Json.of(answer.members()).text());
        }
    }

    @Override
    public Optional<Json> poll(String jobId, TaskRequest request)
            throws TaskFailed, InterruptedException {
        Map<?, ?> id = parsed(jobId);
        Map<String, Object> description;
        try {
            description = describe.members(request.with(Json.of(id.get(DESCRIBE))));
        } catch (TaskFailed failed) {
            if (isGone(failed)) {
                return Optional.of(Json.of(id.get(RESPONSE)));
            }
            throw failed;
        }
        return outcome(Map.of(DESCRIPTION, description));
    }

    private Optional<Json> outcome(Map<String, ?> sources) throws TaskFailed {
        Object state = job.state().fill(sources).orElse("");
        Json result = Json.of(job.result().fill(sources).orElse(null));
        if (job.failed().contains(state)) {
            throw failed(result);
        }
        if (!job.succeeded().contains(state)) {
            return Optional.empty();
        }
        if (job.exitCodes().isPresent() && !areZero(job.exitCodes().get().fill(sources))) {
            throw failed(result);
        }
        return Optional.of(result);
    }

    private static TaskFailed failed(Json result) {
        return TaskFailed.of("States.TaskFailed", result.text());
    }

    private static boolean areZero(Optional<Object> exitCodes) {
        return exitCodes.isPresent()
                && exitCodes.get() instanceof List<?> each
                && each.stream()
                        .allMatch(code -> code instanceof Number number && number.intValue() == 0);
    }

    private boolean isGone(TaskFailed failed) {
        return job.gone()
                .filter(error -> failed.failure().name().endsWith("." + error))
                .isPresent();
    }

    @Override
    public void cancel(String jobId, TaskRequest request) throws TaskFailed, InterruptedException {
        if (stop.isPresent()) {
            stop.get().ask(request.with(Json.of(parsed(jobId).get(STOP))));
        }
    }

    @Override
    public Duration pollIntervalMax() {
        return job.pollIntervalMax();
    }

    private static Map<?, ?> parsed(String jobId) {
        try {
            return (Map<?, ?>) Json.parse(jobId).value();
        } catch (JsonSyntaxException odd) {
            throw new IllegalStateException("expected a job's id, found " + jobId, odd);
        }
    }
}
