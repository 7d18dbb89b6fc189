package dev.mapwright.adapters.services.sdk;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The SDK's modules that there are, each looked into when it is first asked for: that takes its
/// time. As many are kept as there are on the class path.
final class SdkModules {
    private final Map<String, SdkModule> known = new ConcurrentHashMap<>();

    /// @param service the name of the SDK's package: `s3`
    Optional<SdkModule> find(String service) {
        SdkModule module = known.get(service);
        if (module != null) {
            return Optional.of(module);
        }
        return SdkModule.isThere(service)
                ? Optional.of(known.computeIfAbsent(service, SdkModule::of))
                : Optional.empty();
    }

    boolean has(String service) {
        return SdkModule.isThere(service);
    }
}
