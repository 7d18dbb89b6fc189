package dev.mapwright.adapters.topics;

import dev.mapwright.adapters.keyvalue.Batch;
import dev.mapwright.adapters.keyvalue.KeyValueStore;
import dev.mapwright.adapters.keyvalue.Space;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// The key that notices are signed with. It is made once and kept in the store, and whoever wants
/// to check a signature finds its certificate at a page of this server.
final class SigningKey {
    private static final int BITS = 2_048;
    private static final int NAME_CHARS = 32;
    private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CERTIFICATE = "certificate".getBytes(StandardCharsets.UTF_8);

    private final PrivateKey key;
    private final byte[] certificate;

    private SigningKey(PrivateKey key, byte[] certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /// @param now from when on a new key's certificate is valid
    static SigningKey in(KeyValueStore store, Instant now) {
        Space space = store.space("topics.signing");
        Optional<byte[]> kept = space.get(KEY);
        try {
            if (kept.isPresent()) {
                PrivateKey key = KeyFactory.getInstance("RSA")
                        .generatePrivate(new PKCS8EncodedKeySpec(kept.get()));
                return new SigningKey(key, space.get(CERTIFICATE).orElseThrow());
            }
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair pair = generator.generateKeyPair();
            byte[] certificate = Certificate.of(pair, now);
            store.write(new Batch()
                    .put(space, KEY, pair.getPrivate().getEncoded())
                    .put(space, CERTIFICATE, certificate));
            return new SigningKey(pair.getPrivate(), certificate);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has RSA", impossible);
        }
    }

    /// Which digest is signed.
    /// https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
    enum Version {
        ONE("1", "SHA1withRSA"),
        TWO("2", "SHA256withRSA");

        private final String text;
        private final String algorithm;

        Version(String text, String algorithm) {
            this.text = text;
            this.algorithm = algorithm;
        }

        String text() {
            return text;
        }
    }

    /// In base64.
    String sign(String text, Version version) {
        try {
            var signature = Signature.getInstance(version.algorithm);
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java signs with RSA", impossible);
        }
    }

    /// Where the certificate is, below the origin of this server.
    String path() {
        String name = HexFormat.of().formatHex(certificate);
        return "/SimpleNotificationService-%s.pem"
                .formatted(name.substring(name.length() - NAME_CHARS));
    }

    /// The certificate as PEM.
    String certificate() {
        return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                .formatted(
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate));
    }
}
