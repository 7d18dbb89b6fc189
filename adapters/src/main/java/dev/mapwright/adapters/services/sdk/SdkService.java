package dev.mapwright.adapters.services.sdk;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;

import software.amazon.awssdk.utils.SdkAutoCloseable;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// One service at one address. The SDK's module, which takes its time to load, is looked into when
/// it is first asked for; the client is made when it is first called. Actions are kept that were
/// asked for so far, at most as many as the service has.
final class SdkService implements AutoCloseable {
    private final String name;
    private final Address address;
    private Optional<SdkModule> module = Optional.empty();
    private final Map<String, SdkAction> actions = new ConcurrentHashMap<>();
    private Optional<SdkAutoCloseable> client = Optional.empty();

    SdkService(String name, Address address) {
        this.name = name;
        this.address = address;
    }

    String prefix() {
        return module().prefix();
    }

    private synchronized SdkModule module() {
        if (module.isEmpty()) {
            module = Optional.of(SdkModule.of(name));
        }
        return module.get();
    }

    Optional<SdkAction> action(String action) {
        SdkAction known = actions.get(action);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<SdkAction> found = SdkAction.find(module(), action);
        found.ifPresent(one -> actions.put(action, one));
        return found;
    }

    synchronized Object client() {
        if (client.isEmpty()) {
            client = Optional.of((SdkAutoCloseable)
                    SdkClients.buildAny(module().builder(), address, Retrying.NONE));
        }
        return client.get();
    }

    @Override
    public synchronized void close() {
        client.ifPresent(SdkAutoCloseable::close);
    }
}
