package dev.mapwright.adapters.services.sdk;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.engine.task.TaskIntegration;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All services that Tasks reach through the AWS SDK, each at its own address with one client.
public final class SdkServices implements AutoCloseable {
    private final Map<String, SdkService> services = new TreeMap<>();
    private final Shapes shapes = new Shapes();

    /// @param addresses by the name of the SDK's package: `s3`, `dynamodb`, `sqs`
    /// @throws IllegalArgumentException if the SDK's module for one of them isn't on the class path
    public SdkServices(Map<String, Address> addresses) {
        addresses.forEach((name, address) -> services.put(name, service(name, address)));
    }

    private static SdkService service(String name, Address address) {
        if (!SdkModule.isThere(name)) {
            throw new IllegalArgumentException(
                    "There is no service '%s': the AWS SDK's module '%1$s' is not on the class path"
                            .formatted(name));
        }
        return new SdkService(name, address);
    }

    /// `aws-sdk:SERVICE:ACTION`; empty where the service has no address or no such action.
    public Optional<TaskIntegration> find(String service, String action) {
        return call(service, action, Dialect.SDK)
                .map(call -> new SdkIntegration(call, call.service().prefix()));
    }

    /// `dynamodb:ACTION`, whichever of DynamoDB's actions it is.
    public Optional<TaskIntegration> findOptimizedDynamoDb(String action) {
        return call("dynamodb", action, Dialect.OPTIMIZED).map(OptimizedDynamoDb::new);
    }

    private Optional<SdkCall> call(String name, String action, Dialect dialect) {
        return Optional.ofNullable(services.get(name)).flatMap(service -> service.action(action)
                .map(found -> new SdkCall(
                        service,
                        found,
                        new RequestShape(shapes, dialect),
                        new ResponseShape(shapes, dialect))));
    }

    @Override
    public void close() {
        services.values().forEach(SdkService::close);
    }
}
