package dev.mapwright.adapters.topics;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/// A key's certificate, signed by the key itself: X.509 in DER, in its first version, which has no
/// extensions. The JDK reads such documents, but has nothing public that writes them.
/// https://www.rfc-editor.org/rfc/rfc5280#section-4.1
final class Certificate {
    private static final int YEARS = 10;

    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    /// Up to here, a length is its own single byte.
    private static final int SHORT_MAX = 0x7f;

    /// `sha256WithRSAEncryption`, without parameters.
    private static final byte[] ALGORITHM =
            HexFormat.of().parseHex("300d06092a864886f70d01010b0500");

    private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Certificate() {}

    static byte[] of(KeyPair pair, Instant from) throws GeneralSecurityException {
        byte[] name = der(
                SEQUENCE,
                der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, text("Mapwright")))));
        Instant to = from.atZone(ZoneOffset.UTC).plus(YEARS, ChronoUnit.YEARS).toInstant();
        byte[] content = der(
                SEQUENCE,
                der(INTEGER, new byte[] {1}),
                ALGORITHM,
                name,
                der(
                        SEQUENCE,
                        der(UTC_TIME, text(TIME.format(from))),
                        der(UTC_TIME, text(TIME.format(to)))),
                name,
                pair.getPublic().getEncoded());
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(content);
        byte[] noUnusedBits = {0};
        return der(SEQUENCE, content, ALGORITHM, der(BIT_STRING, noUnusedBits, signature.sign()));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (content.size() <= SHORT_MAX) {
            whole.write(content.size());
        } else {
            whole.write(0x82);
            whole.write(content.size() >> 8);
            whole.write(content.size());
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
