package dev.mapwright.adapters.objects.local;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/// The checksums that S3 verifies and keeps.
///
/// @see <a
///     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Integrity</a>
public enum ChecksumAlgorithm {
    CRC32(() -> new Cyclic(new CRC32(), 4), Optional.of(CrcCombination.CRC32)),
    CRC32C(() -> new Cyclic(new CRC32C(), 4), Optional.of(CrcCombination.CRC32C)),
    CRC64NVME(() -> new Cyclic(new Crc64Nvme(), 8), Optional.of(CrcCombination.CRC64NVME)),
    SHA1(() -> new Hash(digest("SHA-1")), Optional.empty()),
    SHA256(() -> new Hash(digest("SHA-256")), Optional.empty());

    private final Supplier<Running> start;
    private final Optional<CrcCombination> combination;

    ChecksumAlgorithm(Supplier<Running> start, Optional<CrcCombination> combination) {
        this.start = start;
        this.combination = combination;
    }

    public static Optional<ChecksumAlgorithm> named(String name) {
        for (ChecksumAlgorithm algorithm : values()) {
            if (algorithm.name().equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /// The header and trailer that carries it.
    public String header() {
        return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    }

    /// What S3 makes of an upload in parts whose creator named no type.
    public ChecksumType typeOfParts() {
        return this == CRC64NVME ? ChecksumType.FULL_OBJECT : ChecksumType.COMPOSITE;
    }

    public boolean allows(ChecksumType type) {
        return switch (type) {
            case FULL_OBJECT -> combination.isPresent();
            case COMPOSITE -> this != CRC64NVME;
        };
    }

    /// Present where the checksum of a whole follows from those of its parts.
    Optional<CrcCombination> combination() {
        return combination;
    }

    public Running start() {
        return start.get();
    }

    /// A checksum under way.
    public sealed interface Running {
        void update(byte[] bytes, int offset, int length);

        byte[] finish();
    }

    private record Cyclic(java.util.zip.Checksum checksum, int width) implements Running {
        @Override
        public void update(byte[] bytes, int offset, int length) {
            checksum.update(bytes, offset, length);
        }

        @Override
        public byte[] finish() {
            return CrcCombination.bytes(checksum.getValue(), width);
        }
    }

    private record Hash(MessageDigest digest) implements Running {
        @Override
        public void update(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }

        @Override
        public byte[] finish() {
            return digest.digest();
        }
    }

    static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("expected the JDK to have " + name, missing);
        }
    }
}
