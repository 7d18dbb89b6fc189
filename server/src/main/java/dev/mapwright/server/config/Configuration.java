package dev.mapwright.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Everything that can be set, checked.
///
/// @param port 0 chooses a free one
/// @param functionProcesses at once, of each function
/// @param functions those that are declared here
/// @param quotas what executions and map runs may have
/// @param retention how long executions are kept after they have ended; absent: for ever
/// @param services those with a place of their own, by the name of the package in the AWS SDK for
///     Java: `s3`, `glue`
/// @param athena how queries run
/// @param parameters values of the parameter store, by name
/// @param secrets values of the secrets manager, by name
/// @param rates how fast map runs start children at first, by their label
/// @param access how services are called that are not called as all others, by the same names
/// @param connections of HTTP Tasks, by name
/// @param plugins a folder of further modules of the AWS SDK, which need not exist
/// @param sources one line per setting, for the log: name, value, where it came from
public record Configuration(
        String host,
        int port,
        Path data,
        Path plugins,
        Durability durability,
        String region,
        String account,
        int functionProcesses,
        List<FunctionDeclaration> functions,
        Quotas quotas,
        Optional<Duration> retention,
        Map<String, ServicePlace> services,
        Athena athena,
        Map<String, String> parameters,
        Map<String, String> secrets,
        Map<String, DispatchRate> rates,
        Map<String, ServiceAccess> access,
        Map<String, ConnectionSettings> connections,
        List<String> sources) {
    /// @param queriesMax how many run at once
    /// @param memoryMegabytes of each query
    public record Athena(int queriesMax, int memoryMegabytes) {}

    /// How far a write has gone when it is acknowledged.
    public enum Durability {
        /// On the disk: survives a power cut.
        FSYNC,
        /// With the operating system: survives the end of the process only.
        OS
    }

    /// What executions and map runs may have.
    public enum Quotas {
        /// What AWS allows.
        AWS,
        /// What this program can bear.
        UNLIMITED
    }

    /// Reads `file`, a Java properties file in UTF-8, if given; what `commandLine` sets wins.
    public static Configuration read(Optional<Path> file, Map<Setting, String> commandLine)
            throws InvalidConfiguration {
        return file.isPresent()
                ? ConfigurationReader.read(file.get(), commandLine)
                : ConfigurationReader.read(commandLine);
    }

    /// Whether a service that comes with the product is the one to use.
    public boolean isBuiltIn(BuiltInService service) {
        return place(service) instanceof ServicePlace.BuiltIn;
    }

    /// Where a built-in service is to be found.
    public ServicePlace place(BuiltInService service) {
        return services.getOrDefault(service.module(), new ServicePlace.BuiltIn());
    }

    /// How a service is called.
    public ServiceAccess access(String module) {
        return access.getOrDefault(module, ServiceAccess.USUAL);
    }
}
