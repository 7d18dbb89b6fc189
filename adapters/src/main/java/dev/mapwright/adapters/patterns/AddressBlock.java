package dev.mapwright.adapters.patterns;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/// `10.0.0.0/24`: the IP addresses that begin with the same bits.
record AddressBlock(byte[] start, int bits) {
    /// Only what cannot be taken for a name, which somebody would have to be asked for.
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    static Optional<AddressBlock> of(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("\\d{1,3}")) {
            return Optional.empty();
        }
        int bits = Integer.parseInt(parts[1]);
        return address(parts[0])
                .filter(start -> bits <= start.length * Byte.SIZE)
                .map(start -> new AddressBlock(start, bits));
    }

    boolean contains(String address) {
        return address(address)
                .filter(other -> other.length == start.length)
                .map(other -> prefix(other).equals(prefix(start)))
                .orElse(false);
    }

    private BigInteger prefix(byte[] address) {
        return new BigInteger(1, address).shiftRight(address.length * Byte.SIZE - bits);
    }

    private static Optional<byte[]> address(String text) {
        if (!ADDRESS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }
}
