package dev.mapwright.adapters.services;

import dev.mapwright.adapters.functions.invocation.FunctionCalls;
import dev.mapwright.adapters.services.apigateway.ApiGatewayIntegration;
import dev.mapwright.adapters.services.bedrock.InvokeModelIntegration;
import dev.mapwright.adapters.services.dynamodb.DynamoDbIntegration;
import dev.mapwright.adapters.services.events.PutEventsIntegration;
import dev.mapwright.adapters.services.http.HttpIntegration;
import dev.mapwright.adapters.services.jobs.JobServices;
import dev.mapwright.adapters.services.lambda.FunctionIntegration;
import dev.mapwright.adapters.services.lambda.InvokeIntegration;
import dev.mapwright.adapters.services.sdk.OptimizedService;
import dev.mapwright.adapters.services.sdk.SdkServices;
import dev.mapwright.adapters.services.sqs.SendMessageIntegration;
import dev.mapwright.adapters.services.states.StartExecutionIntegration;
import dev.mapwright.adapters.tables.local.Tables;
import dev.mapwright.asl.definition.TaskResource;
import dev.mapwright.engine.execution.Executions;
import dev.mapwright.engine.maprun.ObjectStore;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.Integrations;
import dev.mapwright.engine.task.TaskIntegration;
import dev.mapwright.engine.world.World;

import java.util.Optional;
import java.util.function.Supplier;

/// Everything that a Task can call here, in one table from resource to integration.
public final class IntegrationTable implements Integrations, AutoCloseable {
    private static final String SDK = "aws-sdk:";

    private final TaskIntegration startExecution;
    private final Optional<TaskIntegration> dynamoDb;
    private final Optional<FunctionTasks> functions;
    private final SdkServices sdk;
    private final JobServices jobs;
    private final Web web;
    private final ObjectStore objects;

    private record FunctionTasks(TaskIntegration byArn, TaskIntegration invoke) {}

    /// What Tasks reach without the AWS SDK, most of it in this process.
    ///
    /// @param executions asked for at the first call, for an engine needs its integrations before
    ///     it has any
    /// @param tables the built-in DynamoDB; absent: DynamoDB is at one of the addresses, if at all
    /// @param functions wherever Lambda is; absent: Tasks that name a function are refused
    /// @param objects wherever S3 is
    public record Parts(
            Supplier<Executions> executions,
            Optional<Tables> tables,
            Optional<FunctionCalls> functions,
            ObjectStore objects) {}

    /// Calls of HTTP APIs.
    public record Web(HttpIntegration http, ApiGatewayIntegration apiGateway) {}

    /// @param sdk the services that the AWS SDK goes to; closed by this
    /// @param web closed by this
    public IntegrationTable(World world, Parts parts, SdkServices sdk, Web web) {
        this.startExecution =
                new StartExecutionIntegration(parts.executions(), world::uuid, world::now);
        this.dynamoDb = parts.tables()
                .map(builtIn -> new DynamoDbIntegration(builtIn, world::uuid, world::now));
        this.functions = parts.functions()
                .map(calls -> new FunctionTasks(
                        new FunctionIntegration(calls, world::uuid),
                        new InvokeIntegration(calls, world::uuid, world::now)));
        this.sdk = sdk;
        this.jobs = new JobServices(sdk);
        this.web = web;
        this.objects = parts.objects();
    }

    @Override
    public Optional<TaskIntegration> find(TaskResource resource) {
        return switch (resource.service()) {
            case "states" ->
                resource.action().equals(StartExecutionIntegration.ACTION)
                        ? Optional.of(startExecution)
                        : Optional.empty();
            case TaskResource.FUNCTION -> functions.map(FunctionTasks::byArn);
            case "lambda" ->
                functions.map(FunctionTasks::invoke).filter(_ -> resource.action()
                        .equals(InvokeIntegration.ACTION));
            case "http" -> only(HttpIntegration.ACTION, resource, web.http());
            case "apigateway" -> only(ApiGatewayIntegration.ACTION, resource, web.apiGateway());
            case "dynamodb" -> optimizedDynamoDb(resource.action());
            case "events" ->
                sdk.findOptimized(OptimizedService.EVENTS, resource.action())
                        .map(PutEventsIntegration::new);
            case "sqs" ->
                sdk.findOptimized(OptimizedService.SQS, resource.action())
                        .map(SendMessageIntegration::new);
            default ->
                resource.service().startsWith(SDK)
                        ? sdk.find(resource.service().substring(SDK.length()), resource.action())
                        : OptimizedService.of(resource)
                                .flatMap(service -> optimized(service, resource));
        };
    }

    private Optional<TaskIntegration> optimized(OptimizedService service, TaskResource resource) {
        return service == OptimizedService.BEDROCK_RUNTIME
                ? sdk.findOptimized(service, resource.action())
                        .map(call -> new InvokeModelIntegration(call, objects))
                : jobs.find(service, resource);
    }

    private static Optional<TaskIntegration> only(
            String action, TaskResource resource, TaskIntegration integration) {
        return resource.action().equals(action) ? Optional.of(integration) : Optional.empty();
    }

    @Override
    public String absence(TaskResource resource) {
        String start = Integrations.super.absence(resource);
        if (resource.service().startsWith(SDK)) {
            String module = resource.service().substring(SDK.length());
            return start + ": " + sdk.absence(module, resource.action());
        }
        return OptimizedService.of(resource)
                .filter(_ -> !resource.service().equals("states"))
                .map(service -> start + ": " + jobs.absence(service, resource))
                .orElse(start);
    }

    private Optional<TaskIntegration> optimizedDynamoDb(String action) {
        if (!DynamoDbIntegration.ACTIONS.contains(action)) {
            return Optional.empty();
        }
        return dynamoDb.or(() -> sdk.findOptimized(OptimizedService.DYNAMODB, action));
    }

    @Override
    public Optional<ActionForm> form(TaskResource resource) {
        Optional<ActionForm> form =
                switch (resource.service()) {
                    case "http" -> Optional.of(HttpIntegration.FORM);
                    case "apigateway" -> Optional.of(ApiGatewayIntegration.FORM);
                    default ->
                        resource.service().startsWith(SDK)
                                ? sdk.form(
                                        resource.service().substring(SDK.length()),
                                        resource.action())
                                : OptimizedService.of(resource)
                                        .flatMap(service -> jobs.form(service, resource));
                };
        return switch (resource.pattern()) {
            case REQUEST_RESPONSE -> form;
            case RUN_A_JOB, RUN_A_JOB_2, WAIT_FOR_TOKEN -> form.map(ParametersOnly::new);
        };
    }

    /// Gives up the connections to other processes.
    @Override
    public void close() {
        sdk.close();
        web.http().close();
        web.apiGateway().close();
    }
}
