package dev.mapwright.server.lambda;

import dev.mapwright.adapters.functions.Function;
import dev.mapwright.adapters.functions.FunctionAdministration;
import dev.mapwright.adapters.functions.FunctionAdministration.Found;
import dev.mapwright.adapters.functions.FunctionCode;
import dev.mapwright.adapters.functions.FunctionSettings;
import dev.mapwright.adapters.functions.FunctionVersion;
import dev.mapwright.server.awsjson.Members;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// Functions as Lambda shows them.
/// https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
final class Documents {
    /// `2026-09-24T03:02:58.123+0000`
    private static final DateTimeFormatter MODIFIED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ").withZone(ZoneOffset.UTC);

    private final FunctionAdministration functions;

    Documents(FunctionAdministration functions) {
        this.functions = functions;
    }

    /// With the version in the ARN of all but the latest.
    Members configuration(Function function, FunctionVersion version) {
        FunctionSettings settings = version.settings();
        Optional<String> qualifier =
                Optional.of(version.version()).filter(one -> !one.equals(FunctionVersion.LATEST));
        var shown = new Members()
                .with("FunctionName", function.name())
                .with("FunctionArn", functions.arn(function.name(), qualifier))
                .with("Runtime", settings.runtime())
                .with("Role", settings.role())
                .with("Handler", settings.handler());
        code(shown, version.code());
        shown.with("Description", settings.description())
                .with("Timeout", settings.timeoutSeconds())
                .with("MemorySize", settings.memoryMegabytes())
                .with("LastModified", MODIFIED.format(version.lastModified()))
                .with("Version", version.version());
        if (!settings.environment().isEmpty()) {
            shown.with("Environment", Map.of("Variables", settings.environment()));
        }
        shown.with("RevisionId", version.revisionId())
                .with("State", "Active")
                .with("LastUpdateStatus", "Successful")
                .with("PackageType", "Zip")
                .with("SnapStart", Map.of("ApplyOn", "None", "OptimizationStatus", "Off"))
                .with(
                        "LoggingConfig",
                        Map.of("LogFormat", "Text", "LogGroup", "/aws/lambda/" + function.name()));
        settings.others().forEach(shown::with);
        return shown;
    }

    private static void code(Members shown, FunctionCode code) {
        switch (code) {
            case FunctionCode.Uploaded(String sha256, long bytes) ->
                shown.with("CodeSize", bytes)
                        .with(
                                "CodeSha256",
                                Base64.getEncoder()
                                        .encodeToString(HexFormat.of().parseHex(sha256)));
            case FunctionCode.Folder _, FunctionCode.InProcess _, FunctionCode.Elsewhere _ ->
                shown.with("CodeSize", 0).with("CodeSha256", "");
        }
    }

    Members function(Found found) {
        Function function = found.function();
        var shown = new Members().with("Configuration", configuration(function, found.version()));
        location(found.version().code())
                .ifPresent(place -> shown.with(
                        "Code",
                        new Members()
                                .with("RepositoryType", "S3")
                                .with("Location", place.toUri().toString())));
        if (!function.tags().isEmpty()) {
            shown.with("Tags", function.tags());
        }
        function.concurrency()
                .ifPresent(limit ->
                        shown.with("Concurrency", Map.of("ReservedConcurrentExecutions", limit)));
        return shown;
    }

    /// On this machine, for there is nothing to download it from.
    private Optional<Path> location(FunctionCode code) {
        return switch (code) {
            case FunctionCode.Uploaded uploaded -> Optional.of(functions.zipFile(uploaded));
            case FunctionCode.Folder(Path path) -> Optional.of(path);
            case FunctionCode.InProcess(Optional<Path> place) -> place;
            case FunctionCode.Elsewhere _ -> Optional.empty();
        };
    }
}
