package dev.mapwright.adapters.objects.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

class ChecksumAlgorithmTest {
    /// The check values of the CRC catalogue, and FIPS 180's algorithms over the same nine bytes.
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void eachAlgorithmGivesItsCatalogueValue(ChecksumAlgorithm algorithm, String expected) {
        assertEquals(
                expected,
                HexFormat.of()
                        .formatHex(sum(algorithm, "123456789".getBytes(StandardCharsets.UTF_8))));
    }

    /// From the NVM Express command set specification: 4 KiB of zeros, of ones, and counting bytes.
    @Test
    void crc64NvmeGivesTheSpecificationsValues() {
        byte[] zeros = new byte[4096];
        byte[] ones = new byte[4096];
        Arrays.fill(ones, (byte) 0xFF);
        byte[] counting = new byte[4096];
        for (int index = 0; index < counting.length; index++) {
            counting[index] = (byte) index;
        }
        assertEquals(
                "6482d367eb22b64e",
                HexFormat.of().formatHex(sum(ChecksumAlgorithm.CRC64NVME, zeros)));
        assertEquals(
                "c0ddba7302eca3ac",
                HexFormat.of().formatHex(sum(ChecksumAlgorithm.CRC64NVME, ones)));
        assertEquals(
                "3e729f5f6750449c",
                HexFormat.of().formatHex(sum(ChecksumAlgorithm.CRC64NVME, counting)));
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME"})
    void theCrcOfAWholeFollowsFromThoseOfItsParts(ChecksumAlgorithm algorithm) {
        byte[] bytes = new byte[100_003];
        new Random(7).nextBytes(bytes);
        for (int cut : new int[] {0, 1, 7, 8, 4096, 99_999, bytes.length}) {
            byte[] combined = algorithm
                    .combination()
                    .orElseThrow()
                    .combine(
                            sum(algorithm, Arrays.copyOfRange(bytes, 0, cut)),
                            sum(algorithm, Arrays.copyOfRange(bytes, cut, bytes.length)),
                            bytes.length - cut);
            assertArrayEquals(sum(algorithm, bytes), combined, "cut at " + cut);
        }
    }

    private static byte[] sum(ChecksumAlgorithm algorithm, byte[] bytes) {
        ChecksumAlgorithm.Running running = algorithm.start();
        int half = bytes.length / 2;
        running.update(bytes, 0, half);
        running.update(bytes, half, bytes.length - half);
        return running.finish();
    }
}
