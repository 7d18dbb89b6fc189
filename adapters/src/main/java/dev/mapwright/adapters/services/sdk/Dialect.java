package dev.mapwright.adapters.services.sdk;

import software.amazon.awssdk.core.SdkBytes;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/// The two ways in which Step Functions writes a service's values as JSON.
enum Dialect {
    /// SDK integrations: names of the Java SDK's getters, binaries as their text, times as
    /// ISO-8601.
    SDK {
        @Override
        SdkBytes bytes(String text) {
            return SdkBytes.fromUtf8String(text);
        }

        @Override
        String text(SdkBytes bytes) {
            return new String(bytes.asByteArrayUnsafe(), StandardCharsets.UTF_8);
        }

        @Override
        Object time(Instant time) {
            return time.toString();
        }

        @Override
        String name(Shape.Member member) {
            return member.getterName();
        }
    },

    /// Optimized integrations: the API's own names, binaries in base64, times in
    /// milliseconds since 1970.
    OPTIMIZED {
        @Override
        SdkBytes bytes(String text) {
            return SdkBytes.fromByteArray(Base64.getDecoder().decode(text));
        }

        @Override
        String text(SdkBytes bytes) {
            return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
        }

        @Override
        Object time(Instant time) {
            return time.toEpochMilli();
        }

        @Override
        String name(Shape.Member member) {
            return member.apiName();
        }
    };

    /// @throws IllegalArgumentException if it isn't base64 where it has to be
    abstract SdkBytes bytes(String text);

    abstract String text(SdkBytes bytes);

    abstract Object time(Instant time);

    abstract String name(Shape.Member member);
}
