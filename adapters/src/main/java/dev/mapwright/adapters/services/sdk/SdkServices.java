package dev.mapwright.adapters.services.sdk;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients.Retrying;
import dev.mapwright.engine.task.ActionForm;
import dev.mapwright.engine.task.TaskIntegration;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// All services that Tasks reach through the AWS SDK, each at its own address with one client.
public final class SdkServices implements AutoCloseable {
    private final Map<String, Address> addresses;
    private final SdkModules modules;
    private final Map<String, SdkService> services = new ConcurrentHashMap<>();

    /// @param addresses by the name of the SDK's package: `s3`, `dynamodb`, `sqs`
    /// @throws IllegalArgumentException if the SDK's module for one of them isn't there
    public SdkServices(Map<String, Address> addresses, Plugins plugins) {
        this.addresses = new TreeMap<>(addresses);
        this.modules = new SdkModules(plugins);
        for (String name : this.addresses.keySet()) {
            if (!modules.has(name)) {
                throw new IllegalArgumentException(
                        "There is no service '%s': %s.".formatted(name, modules.remedy(name)));
            }
        }
    }

    /// Why an action is not found, and what to do about it.
    ///
    /// @param module the SDK's package of the service
    public String absence(String module, String action) {
        Optional<SdkModule> found = modules.find(module);
        if (found.isEmpty()) {
            return modules.remedy(module);
        }
        if (found.get().action(action).isEmpty()) {
            return "the AWS SDK's service '%s' has no action '%s'".formatted(module, action);
        }
        return "it is not known where '%1$s' is. Set service.%1$s to aws or to the URL of an endpoint in the configuration"
                .formatted(module);
    }

    /// `aws-sdk:SERVICE:ACTION`; empty where the service has no address or no such action.
    public Optional<TaskIntegration> find(String service, String action) {
        return call(service, action, Dialect.SDK, Set.of()).map(SdkIntegration::new);
    }

    /// `SERVICE:ACTION` of the optimized integrations; empty as above.
    public Optional<OptimizedCall> findOptimized(OptimizedService service, String action) {
        return call(service.module(), action, Dialect.OPTIMIZED, service.jsonMembers())
                .map(call -> new OptimizedCall(service, call));
    }

    /// What `aws-sdk:SERVICE:ACTION` takes and gives, wherever the service may be.
    public Optional<ActionForm> form(String service, String action) {
        return modules.find(service)
                .flatMap(module -> module.action(action).map(found -> SdkForm.of(module, found)));
    }

    /// What `SERVICE:ACTION` of the optimized integrations takes and gives.
    public Optional<ActionForm> formOptimized(OptimizedService service, String action) {
        return modules.find(service.module()).flatMap(module -> module.action(action)
                .map(found -> SdkForm.of(service, module, found)));
    }

    private Optional<SdkCall> call(
            String name, String action, Dialect dialect, Set<String> jsonMembers) {
        return service(name).flatMap(service -> service.module()
                .action(action)
                .map(found -> new SdkCall(
                        service,
                        found,
                        new RequestShape(service.module().shapes(), dialect, jsonMembers),
                        new ResponseShape(service.module().shapes(), dialect, jsonMembers),
                        Retrying.NONE)));
    }

    private Optional<SdkService> service(String name) {
        SdkService known = services.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Address address = addresses.get(name);
        return address == null
                ? Optional.empty()
                : modules.find(name)
                        .map(module -> services.computeIfAbsent(
                                name, _ -> new SdkService(module, address)));
    }

    @Override
    public void close() {
        services.values().forEach(SdkService::close);
    }
}
