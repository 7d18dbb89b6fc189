package dev.mapwright.server.cli;

import java.util.Optional;

import picocli.CommandLine.IVersionProvider;

/// The version as the jar's manifest has it.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    static String text() {
        String version = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("from source");
        return "Mapwright %s (Java %s)".formatted(version, Runtime.version());
    }
}
