package dev.mapwright.adapters.services.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which actions take a token by which the service recognizes a request that is made again, and
/// that it is the same one then.
class ClientTokensTest {
    private static final SdkModules MODULES = new SdkModules(Plugins.in(Path.of("none")));

    /// The actions of optimized integrations that change something and go through the SDK.
    private static final Map<String, String> OF_OPTIMIZED = Stream.of("""
                    athena:startQueryExecution ClientRequestToken
                    batch:submitJob -
                    bedrock:createModelCustomizationJob clientRequestToken
                    bedrockruntime:invokeModel -
                    codebuild:startBuild idempotencyToken
                    codebuild:startBuildBatch idempotencyToken
                    codebuild:retryBuildBatch idempotencyToken
                    databrew:startJobRun -
                    ecs:runTask clientToken
                    eks:createCluster clientRequestToken
                    eks:createNodegroup clientRequestToken
                    eks:createFargateProfile clientRequestToken
                    emr:runJobFlow -
                    emr:addJobFlowSteps -
                    emrcontainers:createVirtualCluster clientToken
                    emrcontainers:startJobRun clientToken
                    emrserverless:createApplication clientToken
                    emrserverless:startJobRun clientToken
                    eventbridge:putEvents -
                    glue:startJobRun -
                    mediaconvert:createJob ClientRequestToken
                    sagemaker:createTrainingJob -
                    sns:publish -
                    sqs:sendMessage -
                    """.split("\n"))
            .map(line -> line.split(" "))
            .collect(Collectors.toMap(
                    words -> words[0], words -> words[1], (one, _) -> one, LinkedHashMap::new));

    /// Some that `aws-sdk:` reaches: those that the SDK marks, and those that it does not.
    private static final Map<String, String> OF_OTHERS = Map.of(
            "dynamodb:transactWriteItems", "ClientRequestToken",
            "dynamodb:executeTransaction", "ClientRequestToken",
            "redshiftdata:executeStatement", "ClientToken",
            "secretsmanager:putSecretValue", "ClientRequestToken",
            "sfn:redriveExecution", "clientToken",
            "glue:startDataQualityRulesetEvaluationRun", "ClientToken",
            "textract:startDocumentAnalysis", "ClientRequestToken");

    @Test
    void actionsThatTakeATokenAreKnown() {
        for (Map<String, String> actions : List.of(OF_OPTIMIZED, OF_OTHERS)) {
            actions.forEach((name, token) -> {
                String service = name.substring(0, name.indexOf(':'));
                String action = name.substring(name.indexOf(':') + 1);
                SdkModule module = MODULES.find(service).orElseThrow();
                SdkPojo request = module.action(action).orElseThrow().request();
                assertEquals(
                        token,
                        module.shapes()
                                .of(request)
                                .token()
                                .map(SdkField::memberName)
                                .orElse("-"),
                        name);
            });
        }
    }

    @Test
    void everyTokenIsTheSameWhenACallIsMadeAgainAndAnotherInEveryOtherCall() throws Exception {
        int count = 0;
        for (String service : services()) {
            SdkModule module = MODULES.find(service).orElseThrow();
            for (SdkAction action : actions(module)) {
                if (module.shapes().of(action.request()).token().isPresent()) {
                    count++;
                    assertEquals(sent(module, action, "one"), sent(module, action, "one"));
                    assertNotEquals(sent(module, action, "one"), sent(module, action, "two"));
                }
            }
        }
        assertTrue(count > 80, count + " actions with a token");
    }

    private static Object sent(SdkModule module, SdkAction action, String key) throws Exception {
        SdkPojo request = action.request();
        new RequestShape(module.shapes(), Dialect.SDK, Set.of(), key).fill(request, Map.of());
        return module.shapes()
                .of(request)
                .token()
                .orElseThrow()
                .getValueOrDefault(((Buildable) request).build());
    }

    private static List<SdkAction> actions(SdkModule module) {
        return Stream.of(module.client().getMethods())
                .map(Method::getName)
                .distinct()
                .flatMap(name -> module.action(name).stream())
                .toList();
    }

    private static Set<String> services() {
        var services = new TreeSet<String>();
        for (OptimizedService service : OptimizedService.values()) {
            services.add(service.module());
        }
        OF_OTHERS.keySet().forEach(name -> services.add(name.substring(0, name.indexOf(':'))));
        return services;
    }
}
