package dev.mapwright.adapters.services.sdk;

import dev.mapwright.asl.definition.TaskResource;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The services with optimized integrations, as far as they take the parameters of their APIs, and
/// how errors name them: Step Functions makes these calls with the older AWS SDK.
public enum OptimizedService {
    ATHENA("athena", "athena", "Athena", "AmazonAthena"),
    BATCH("batch", "batch", "Batch", "AWSBatch"),
    BEDROCK("bedrock", "bedrock", "Bedrock", "AmazonBedrock"),
    BEDROCK_RUNTIME("bedrock", "bedrockruntime", "Bedrock", "AmazonBedrockRuntime"),
    CODEBUILD("codebuild", "codebuild", "CodeBuild", "AWSCodeBuild"),
    DATABREW("databrew", "databrew", "DataBrew", "AWSGlueDataBrew"),
    DYNAMODB("dynamodb", "dynamodb", "DynamoDB", "AmazonDynamoDB"),
    ECS("ecs", "ecs", "ECS", "AmazonECS"),
    EKS("eks", "eks", "EKS", "AmazonEKS"),
    ELASTICMAPREDUCE("elasticmapreduce", "emr", "EMR", "AmazonElasticMapReduce"),
    EMR_CONTAINERS("emr-containers", "emrcontainers", "EMRContainers", "AmazonEMRContainers"),
    EMR_SERVERLESS("emr-serverless", "emrserverless", "EMRServerless", "AWSEMRServerless"),
    EVENTS("events", "eventbridge", "EventBridge", "AmazonEventBridge"),
    GLUE("glue", "glue", "Glue", "AWSGlue"),
    LAMBDA("lambda", "lambda", "Lambda", "AWSLambda"),
    MEDIACONVERT("mediaconvert", "mediaconvert", "MediaConvert", "AWSMediaConvert"),
    SAGEMAKER("sagemaker", "sagemaker", "SageMaker", "AmazonSageMaker"),
    SNS("sns", "sns", "SNS", "AmazonSNS"),
    SQS("sqs", "sqs", "SQS", "AmazonSQS"),
    STATES("states", "sfn", "StepFunctions", "AWSStepFunctions");

    private final String resourceType;
    private final String module;
    private final String errorPrefix;
    private final String olderName;

    OptimizedService(String resourceType, String module, String errorPrefix, String olderName) {
        this.resourceType = resourceType;
        this.module = module;
        this.errorPrefix = errorPrefix;
        this.olderName = olderName;
    }

    /// Empty for a resource of no such service.
    public static Optional<OptimizedService> of(TaskResource resource) {
        if (resource.service().equals(BEDROCK.resourceType)) {
            return Optional.of(resource.action().equals("invokeModel") ? BEDROCK_RUNTIME : BEDROCK);
        }
        return Stream.of(values())
                .filter(service -> service.resourceType.equals(resource.service()))
                .findFirst();
    }

    /// The package of the SDK.
    public String module() {
        return module;
    }

    /// What errors begin with: `SQS` of `SQS.AmazonSQSException`.
    String errorPrefix() {
        return errorPrefix;
    }

    /// What an error is that the older SDK has no class for.
    String anyError() {
        return olderName + "Exception";
    }

    /// What an error is that has no name at all.
    public String unknownError() {
        return olderName + ".Unknown";
    }

    /// What a cause names as the `Service`.
    String olderName() {
        return this == DYNAMODB ? olderName + "v2" : olderName;
    }

    /// Whether results show the metadata of the answer.
    boolean showsMetadata() {
        return this != EVENTS;
    }

    /// Parameters that Step Functions sets itself.
    Set<String> reserved() {
        return this == ECS ? Set.of("Count", "StartedBy") : Set.of();
    }

    /// Parameters that Step Functions has beside those of the API.
    Set<String> ownParameters() {
        return this == BEDROCK_RUNTIME ? Set.of("Input", "Output") : Set.of();
    }

    /// Binary members that hold JSON, and are given and shown as it.
    Set<String> jsonMembers() {
        return switch (this) {
            case LAMBDA -> Set.of("Payload");
            case BEDROCK_RUNTIME -> Set.of("Body");
            case ATHENA,
                    BATCH,
                    BEDROCK,
                    CODEBUILD,
                    DATABREW,
                    DYNAMODB,
                    ECS,
                    EKS,
                    ELASTICMAPREDUCE,
                    EMR_CONTAINERS,
                    EMR_SERVERLESS,
                    EVENTS,
                    GLUE,
                    MEDIACONVERT,
                    SAGEMAKER,
                    SNS,
                    SQS,
                    STATES -> Set.of();
        };
    }
}
