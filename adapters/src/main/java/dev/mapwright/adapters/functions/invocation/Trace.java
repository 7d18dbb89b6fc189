package dev.mapwright.adapters.functions.invocation;

import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/// Where X-Ray would show an invocation: there is none, so it says that nothing is sampled.
/// https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
public final class Trace {
    private static final HexFormat HEX = HexFormat.of();

    private Trace() {}

    /// The text of `X-Amzn-Trace-Id`.
    ///
    /// @param id of the request
    public static String header(UUID id, Instant begun) {
        return "Root=1-" + HEX.toHexDigits((int) begun.getEpochSecond())
                + "-" + HEX.toHexDigits((int) id.getMostSignificantBits())
                + HEX.toHexDigits(id.getLeastSignificantBits())
                + ";Parent=" + HEX.toHexDigits(id.getMostSignificantBits())
                + ";Sampled=0";
    }
}
