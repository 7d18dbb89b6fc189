package dev.mapwright.server.cli;

import picocli.CommandLine.IVersionProvider;

import java.util.Optional;

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
