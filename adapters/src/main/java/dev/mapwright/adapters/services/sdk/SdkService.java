package dev.mapwright.adapters.services.sdk;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;

import software.amazon.awssdk.utils.SdkAutoCloseable;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// One service at one address: its client, made when it is first needed, and the actions that were
/// asked for so far, at most as many as the service has.
final class SdkService implements AutoCloseable {
    private final SdkModule module;
    private final Address address;
    private final Map<String, SdkAction> actions = new ConcurrentHashMap<>();
    private Optional<SdkAutoCloseable> client = Optional.empty();

    SdkService(SdkModule module, Address address) {
        this.module = module;
        this.address = address;
    }

    String prefix() {
        return module.prefix();
    }

    Optional<SdkAction> action(String name) {
        SdkAction known = actions.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<SdkAction> found = SdkAction.find(module, name);
        found.ifPresent(action -> actions.put(name, action));
        return found;
    }

    synchronized Object client() {
        if (client.isEmpty()) {
            client = Optional.of((SdkAutoCloseable)
                    SdkClients.buildAny(module.builder(), address, Retrying.NONE));
        }
        return client.get();
    }

    @Override
    public synchronized void close() {
        client.ifPresent(SdkAutoCloseable::close);
    }
}
