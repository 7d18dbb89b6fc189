package dev.mapwright.asl.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.asl.definition.TaskResource.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {
    @ParameterizedTest
    @CsvSource({
        "arn:aws:states:::lambda:invoke, lambda, invoke, REQUEST_RESPONSE",
        "arn:aws:states:::lambda:invoke.waitForTaskToken, lambda, invoke, WAIT_FOR_TOKEN",
        "arn:aws-cn:states:::dynamodb:putItem, dynamodb, putItem, REQUEST_RESPONSE",
        "arn:aws-us-gov:states:::ecs:runTask.sync, ecs, runTask, RUN_A_JOB",
        "arn:aws:states:::states:startExecution.sync:2, states, startExecution, RUN_A_JOB_2",
        "arn:aws:states:::http:invoke, http, invoke, REQUEST_RESPONSE",
        "arn:aws:states:::emr-serverless:startJobRun.sync, emr-serverless, startJobRun, RUN_A_JOB",
        "arn:aws:states:::aws-sdk:s3:listObjectsV2, aws-sdk:s3, listObjectsV2, REQUEST_RESPONSE",
        "arn:aws:states:::aws-sdk:s3:getObject.waitForTaskToken, aws-sdk:s3, getObject, WAIT_FOR_TOKEN",
    })
    void anIntegrationIsTakenApart(String arn, String service, String action, Pattern pattern) {
        assertEquals(
                new TaskResource(arn, service, action, pattern),
                Resources.parse(arn).orElseThrow());
    }

    @Test
    void functionsAndActivitiesOfAnyAccountAreNamedByTheirArn() {
        String function = "arn:aws-cn:lambda:cn-north-1:999999999999:function:f:live";
        String activity = "arn:aws:states:us-east-1:123456789012:activity:a";

        assertEquals(
                new TaskResource(
                        function, TaskResource.FUNCTION, function, Pattern.REQUEST_RESPONSE),
                Resources.parse(function).orElseThrow());
        assertEquals(
                new TaskResource(
                        activity, TaskResource.ACTIVITY, activity, Pattern.REQUEST_RESPONSE),
                Resources.parse(activity).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:states:::dynamodb:query",
                "arn:aws:states:::lambda:invoke.sync",
                "arn:aws:states:::athena:getQueryExecution.sync",
                "arn:aws:states:::glue:startJobRun.waitForTaskToken",
                "arn:aws:states:::batch:submitJob.sync:2",
                "arn:aws:states:::aws-sdk:s3:getObject.sync",
                "arn:aws:states:::aws-sdk:s3:GetObject",
                "arn:aws:states:::lambda:invoke.later",
                "arn:aws:s3:::bucket",
                "arn:aws:lambda:us-east-1:123456789012:layer:l",
                "arn:",
            })
    void whatStepFunctionsDoesNotKnowIsRefused(String arn) {
        assertTrue(Resources.parse(arn).isEmpty());
    }
}
