package dev.mapwright.asl.parse;

import dev.mapwright.asl.definition.TaskResource;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which resources a Task may name. Partition, Region and account are not looked at: a definition
/// may call what lives elsewhere, and `aws-cn` is as good as `aws`.
/// https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
final class Resources {
    private static final Pattern FUNCTION =
            Pattern.compile("arn:[^:]+:lambda:[^:]+:[^:]+:function:[^:]+(:[^:]+)?");
    private static final Pattern ACTIVITY =
            Pattern.compile("arn:[^:]+:states:[^:]+:[^:]+:activity:[^:]+");
    private static final Pattern INTEGRATION =
            Pattern.compile("arn:[^:]+:states:::([a-z0-9-]+):([A-Za-z0-9]+)(\\..+)?");
    private static final Pattern SDK =
            Pattern.compile("arn:[^:]+:states:::(aws-sdk:[a-z0-9]+):([a-z][A-Za-z0-9]*)(\\..+)?");

    private static final Set<TaskResource.Pattern> REQUEST =
            EnumSet.of(TaskResource.Pattern.REQUEST_RESPONSE);
    private static final Set<TaskResource.Pattern> JOB =
            EnumSet.of(TaskResource.Pattern.REQUEST_RESPONSE, TaskResource.Pattern.RUN_A_JOB);
    private static final Set<TaskResource.Pattern> CALLBACK =
            EnumSet.of(TaskResource.Pattern.REQUEST_RESPONSE, TaskResource.Pattern.WAIT_FOR_TOKEN);
    private static final Set<TaskResource.Pattern> JOB_OR_CALLBACK = EnumSet.of(
            TaskResource.Pattern.REQUEST_RESPONSE,
            TaskResource.Pattern.RUN_A_JOB,
            TaskResource.Pattern.WAIT_FOR_TOKEN);
    /// By service and action, `sqs:sendMessage`.
    static final Map<String, Set<TaskResource.Pattern>> OPTIMIZED = optimized();

    private Resources() {}

    /// The resource taken apart; empty if it is none that Step Functions knows.
    static Optional<TaskResource> parse(String arn) {
        if (FUNCTION.matcher(arn).matches()) {
            return Optional.of(new TaskResource(
                    arn, TaskResource.FUNCTION, arn, TaskResource.Pattern.REQUEST_RESPONSE));
        }
        if (ACTIVITY.matcher(arn).matches()) {
            return Optional.of(new TaskResource(
                    arn, TaskResource.ACTIVITY, arn, TaskResource.Pattern.REQUEST_RESPONSE));
        }
        Matcher sdk = SDK.matcher(arn);
        if (sdk.matches()) {
            return integration(arn, sdk).filter(resource -> CALLBACK.contains(resource.pattern()));
        }
        Matcher optimized = INTEGRATION.matcher(arn);
        return optimized.matches()
                ? integration(arn, optimized).filter(Resources::isOptimized)
                : Optional.empty();
    }

    private static Optional<TaskResource> integration(String arn, Matcher parts) {
        String suffix = Optional.ofNullable(parts.group(3)).orElse("");
        return Arrays.stream(TaskResource.Pattern.values())
                .filter(pattern -> pattern.suffix().equals(suffix))
                .findFirst()
                .map(pattern -> new TaskResource(arn, parts.group(1), parts.group(2), pattern));
    }

    private static boolean isOptimized(TaskResource resource) {
        return OPTIMIZED
                .getOrDefault(resource.service() + ":" + resource.action(), Set.of())
                .contains(resource.pattern());
    }

    private static Map<String, Set<TaskResource.Pattern>> optimized() {
        var table = new HashMap<String, Set<TaskResource.Pattern>>();
        put(table, "lambda", CALLBACK, "invoke");
        put(table, "dynamodb", REQUEST, "getItem", "putItem", "updateItem", "deleteItem");
        put(table, "sqs", CALLBACK, "sendMessage");
        put(table, "sns", CALLBACK, "publish");
        put(table, "events", CALLBACK, "putEvents");
        put(table, "states", EnumSet.allOf(TaskResource.Pattern.class), "startExecution");
        put(table, "athena", JOB, "startQueryExecution");
        put(table, "athena", REQUEST, "stopQueryExecution", "getQueryExecution", "getQueryResults");
        put(table, "glue", JOB, "startJobRun");
        put(table, "databrew", JOB, "startJobRun");
        put(table, "batch", JOB, "submitJob");
        put(table, "ecs", JOB_OR_CALLBACK, "runTask");
        put(table, "apigateway", CALLBACK, "invoke");
        put(table, "http", REQUEST, "invoke");
        put(table, "codebuild", JOB, "startBuild", "startBuildBatch", "retryBuildBatch");
        put(
                table,
                "codebuild",
                REQUEST,
                "stopBuild",
                "batchDeleteBuilds",
                "batchGetReports",
                "stopBuildBatch",
                "deleteBuildBatch");
        put(table, "elasticmapreduce", JOB, "createCluster", "terminateCluster", "addStep");
        put(
                table,
                "elasticmapreduce",
                REQUEST,
                "cancelStep",
                "setClusterTerminationProtection",
                "modifyInstanceFleetByName",
                "modifyInstanceGroupByName");
        put(table, "emr-containers", JOB, "startJobRun", "deleteVirtualCluster");
        put(table, "emr-containers", REQUEST, "createVirtualCluster");
        put(
                table,
                "emr-serverless",
                JOB,
                "createApplication",
                "startApplication",
                "stopApplication",
                "deleteApplication",
                "startJobRun",
                "cancelJobRun");
        put(
                table,
                "eks",
                JOB,
                "createCluster",
                "deleteCluster",
                "createNodegroup",
                "deleteNodegroup",
                "createFargateProfile",
                "deleteFargateProfile",
                "runJob");
        put(table, "eks", CALLBACK, "call");
        put(
                table,
                "sagemaker",
                JOB,
                "createTrainingJob",
                "createTransformJob",
                "createProcessingJob",
                "createHyperParameterTuningJob",
                "createLabelingJob");
        put(
                table,
                "sagemaker",
                REQUEST,
                "createEndpoint",
                "createEndpointConfig",
                "createModel",
                "updateEndpoint");
        put(table, "mediaconvert", JOB, "createJob");
        put(table, "bedrock", JOB, "createModelCustomizationJob");
        put(table, "bedrock", CALLBACK, "invokeModel");
        return Map.copyOf(table);
    }

    private static void put(
            Map<String, Set<TaskResource.Pattern>> table,
            String service,
            Set<TaskResource.Pattern> patterns,
            String... actions) {
        for (String action : actions) {
            table.put(service + ":" + action, patterns);
        }
    }
}
