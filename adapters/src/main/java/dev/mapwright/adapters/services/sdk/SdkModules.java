package dev.mapwright.adapters.services.sdk;

import software.amazon.awssdk.core.util.VersionInfo;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The SDK's modules that there are, each looked into when it is first asked for: that takes its
/// time. As many are kept as there are on the class path and among the plugins.
final class SdkModules {
    static final String VERSION = VersionInfo.SDK_VERSION;

    private final Plugins plugins;
    private final Map<String, SdkModule> known = new ConcurrentHashMap<>();

    SdkModules(Plugins plugins) {
        this.plugins = plugins;
    }

    /// @param service the name of the SDK's package: `s3`
    Optional<SdkModule> find(String service) {
        SdkModule module = known.get(service);
        if (module != null) {
            return Optional.of(module);
        }
        return has(service)
                ? Optional.of(known.computeIfAbsent(
                        service, name -> SdkModule.of(name, plugins.loader())))
                : Optional.empty();
    }

    boolean has(String service) {
        return known.containsKey(service) || SdkModule.isThere(service, plugins.loader());
    }

    /// What to do about a module that is not there.
    String remedy(String service) {
        return plugins.remedy(service);
    }
}
