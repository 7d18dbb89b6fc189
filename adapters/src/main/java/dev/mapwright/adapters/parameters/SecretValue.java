package dev.mapwright.adapters.parameters;

/// What is secret.
///
/// @param text bytes are in base64
public record SecretValue(Kind kind, String text) {
    /// As clients name it.
    public enum Kind {
        SecretString,
        SecretBinary
    }
}
