package dev.mapwright.server.athena;

import dev.mapwright.engine.execution.Refused;
import dev.mapwright.server.awsjson.Parameters;

import java.util.Optional;

/// What results are encrypted with, which is nothing.
final class Encryption {
    private static final int CHARS_MAX = 32;
    private static final String BY_S3 = "SSE_S3";

    private Encryption() {}

    /// Refuses everything but what S3 does by itself.
    ///
    /// @param result a result configuration
    static void refuse(Parameters result) throws Refused {
        Optional<Parameters> encryption = result.object("EncryptionConfiguration");
        if (encryption.isPresent()) {
            String option = encryption.get().text("EncryptionOption", CHARS_MAX).orElse(BY_S3);
            if (!option.equals(BY_S3)) {
                throw new Refused(
                        "InvalidRequestException",
                        "The EncryptionOption %s is not supported by Mapwright's Athena"
                                .formatted(option));
            }
        }
    }
}
