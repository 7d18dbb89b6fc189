package dev.mapwright.asl.definition;

/// A Task's `Resource` taken apart: `arn:aws:states:::ecs:runTask.sync` is service `ecs`, action
/// `runTask`, pattern RUN_A_JOB; `arn:aws:states:::aws-sdk:s3:getObject` is service `aws-sdk:s3`,
/// action `getObject`.
///
/// @param service AWS's resourceType; `lambda-function` for a bare function ARN, `activity` for an
///     activity ARN
/// @param action the API action without its pattern; for a bare ARN the ARN itself
public record TaskResource(String arn, String service, String action, Pattern pattern) {
    public static final String FUNCTION = "lambda-function";
    public static final String ACTIVITY = "activity";

    public enum Pattern {
        REQUEST_RESPONSE(""),
        RUN_A_JOB(".sync"),
        RUN_A_JOB_2(".sync:2"),
        WAIT_FOR_TOKEN(".waitForTaskToken");

        private final String suffix;

        Pattern(String suffix) {
            this.suffix = suffix;
        }

        public String suffix() {
            return suffix;
        }
    }

    /// The resource as history events name it: `startExecution.sync:2`.
    public String actionWithPattern() {
        return action + pattern.suffix();
    }
}
