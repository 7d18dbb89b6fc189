package dev.mapwright.server.config;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The services that come with the product, any of which can be somewhere else instead.
public enum BuiltInService {
    STEP_FUNCTIONS("sfn", "states"),
    S3("s3", "s3"),
    DYNAMODB("dynamodb", "dynamodb"),
    LAMBDA("lambda", "lambda"),
    SQS("sqs", "sqs"),
    SNS("sns", "sns"),
    EVENTBRIDGE("eventbridge", "events"),
    ATHENA("athena", "athena"),
    CLOUDWATCH("cloudwatch", "monitoring"),
    FIREHOSE("firehose", "firehose"),
    SSM("ssm", "ssm"),
    SECRETS_MANAGER("secretsmanager", "secretsmanager");

    private final String module;
    private final String signingName;

    BuiltInService(String module, String signingName) {
        this.module = module;
        this.signingName = signingName;
    }

    static Optional<BuiltInService> ofModule(String module) {
        return Stream.of(values())
                .filter(service -> service.module.equals(module))
                .findFirst();
    }

    static String modules() {
        return Stream.of(values()).map(BuiltInService::module).collect(Collectors.joining(", "));
    }

    /// What its package in the AWS SDK for Java is called, and its setting.
    public String module() {
        return module;
    }

    /// What clients call it when they sign for it.
    public String signingName() {
        return signingName;
    }
}
