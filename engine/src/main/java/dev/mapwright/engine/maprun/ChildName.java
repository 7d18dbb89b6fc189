package dev.mapwright.engine.maprun;

import dev.mapwright.engine.store.Execution;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;

/// The name of a map run's child: a UUID that looks like any other, and from which its run and its
/// position can be computed again. So a child keeps its name across redrives, and is found by its
/// ARN without an index.
///
/// The 122 free bits of the UUID are run and batch, mixed by a Feistel network: a permutation,
/// whatever its round function. It hides nothing and is not meant to. The forms of names and ARNs
/// are those AWS shows.
///
/// @param run the first 61 bits of the SHA-256 of the map run's ARN
/// @param batch position among the run's children, from 0
public record ChildName(long run, long batch) {
    private static final int HALF_BITS = 61;
    private static final long HALF_MASK = (1L << HALF_BITS) - 1;

    /// One per round, and none of them a pattern: the fractions of the square roots of 2, 3, 5
    /// and 7.
    private static final long[] ROUND_KEYS = {
        0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L
    };

    private static final String MACHINE = ":stateMachine:";
    private static final String STANDARD = ":execution:";
    private static final String EXPRESS = ":express:";
    private static final int NAME_BASED = 3;
    private static final int RANDOM = 4;

    public ChildName {
        if (run < 0 || run > HALF_MASK || batch < 0 || batch > HALF_MASK) {
            throw new IllegalArgumentException(
                    "Expected run and batch from 0 to 2^61 - 1, found " + run + ", " + batch);
        }
    }

    public static ChildName of(String mapRunArn, long batch) {
        return new ChildName(runOf(mapRunArn), batch);
    }

    /// What stands for a map run in the names of its children.
    public static long runOf(String mapRunArn) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(mapRunArn.getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                bits = bits << 8 | digest[i] & 0xff;
            }
            return bits >>> (Long.SIZE - HALF_BITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /// Takes a child's ARN, STANDARD or EXPRESS, apart; empty when it is no such ARN.
    public static Optional<ChildName> ofArn(String executionArn) {
        String[] parts = executionArn.split(":", -1);
        boolean standard = parts.length == 8 && parts[5].equals("execution");
        boolean express = parts.length == 9 && parts[5].equals("express");
        if (!(standard || express) || parts[6].indexOf('/') < 0) {
            return Optional.empty();
        }
        return ofUuid(parts[7]);
    }

    private static Optional<ChildName> ofUuid(String text) {
        UUID uuid;
        try {
            uuid = UUID.fromString(text);
        } catch (IllegalArgumentException notAUuid) {
            return Optional.empty();
        }
        if (uuid.version() != NAME_BASED
                || uuid.variant() != 2
                || !uuid.toString().equals(text)) {
            return Optional.empty();
        }
        long high = uuid.getMostSignificantBits();
        long low = uuid.getLeastSignificantBits();
        long left = (high >>> 16 << 12 | high & 0xfff) << 1 | low >>> 61 & 1;
        return Optional.of(unmixed(left & HALF_MASK, low & HALF_MASK));
    }

    /// The name in the context object and in result files: of the form of a name-based UUID.
    public String uuid() {
        return uuid(NAME_BASED, 0).toString();
    }

    /// The name that DescribeExecution shows: EXPRESS children have a second UUID, of the form of a
    /// random one.
    public String name(Execution.Type type) {
        return switch (type) {
            case STANDARD -> uuid();
            case EXPRESS -> uuid() + ":" + uuid(RANDOM, 1);
        };
    }

    /// @param machineArn the labelled state machine ARN, which is the children's
    public String arn(String machineArn, Execution.Type type) {
        return arnPrefix(machineArn, type) + name(type);
    }

    /// What the ARNs of all children of a machine have before the name.
    public static String arnPrefix(String machineArn, Execution.Type type) {
        return switch (type) {
            case STANDARD -> machineArn.replace(MACHINE, STANDARD) + ":";
            case EXPRESS -> machineArn.replace(MACHINE, EXPRESS) + ":";
        };
    }

    private UUID uuid(int version, int tweak) {
        long left = run;
        long right = batch;
        for (long key : ROUND_KEYS) {
            long mixed = left ^ round(right, key + tweak);
            left = right;
            right = mixed;
        }
        long high = left >>> 13 << 16 | (long) version << 12 | left >>> 1 & 0xfff;
        long low = 0b10L << 62 | (left & 1) << 61 | right;
        return new UUID(high, low);
    }

    private static ChildName unmixed(long mixedLeft, long mixedRight) {
        long left = mixedLeft;
        long right = mixedRight;
        for (int i = ROUND_KEYS.length - 1; i >= 0; i--) {
            long before = right ^ round(left, ROUND_KEYS[i]);
            right = left;
            left = before;
        }
        return new ChildName(left, right);
    }

    /// Any function will do for a permutation; this one spreads each bit over all others
    /// (SplitMix64's finish).
    private static long round(long half, long key) {
        long bits = half + key;
        bits = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ bits >>> 27) * 0x94d049bb133111ebL;
        return (bits ^ bits >>> 31) & HALF_MASK;
    }
}
