package dev.mapwright.adapters.services.sdk;

import dev.mapwright.adapters.aws.Address;
import dev.mapwright.adapters.aws.SdkClients;
import dev.mapwright.adapters.aws.SdkClients.Retrying;

import software.amazon.awssdk.utils.SdkAutoCloseable;

import java.util.Optional;

/// One service at one address. The client is made when it is first called.
final class SdkService implements AutoCloseable {
    private final SdkModule module;
    private final Address address;
    private Optional<SdkAutoCloseable> client = Optional.empty();

    SdkService(SdkModule module, Address address) {
        this.module = module;
        this.address = address;
    }

    SdkModule module() {
        return module;
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
