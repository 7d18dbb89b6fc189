package dev.mapwright.adapters.services.sdk;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;

import software.amazon.awssdk.utils.SdkAutoCloseable;

import java.util.EnumMap;
import java.util.Map;

/// One service at one address. A client is made when it is first called.
final class SdkService implements AutoCloseable {
    private final SdkModule module;
    private final Address address;
    private final Map<Retrying, SdkAutoCloseable> clients = new EnumMap<>(Retrying.class);

    SdkService(SdkModule module, Address address) {
        this.module = module;
        this.address = address;
    }

    SdkModule module() {
        return module;
    }

    synchronized Object client(Retrying retrying) {
        return clients.computeIfAbsent(retrying, _ ->
                (SdkAutoCloseable) SdkClients.buildAny(module.builder(), address, retrying));
    }

    @Override
    public synchronized void close() {
        clients.values().forEach(SdkAutoCloseable::close);
    }
}
