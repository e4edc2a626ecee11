package io.playgrant.operator;

import io.playgrant.account.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Something whose failures to sign in are counted.
 *
 * @param hash the hash of its kind and name
 * @param free how many failures have no consequence
 */
record SignInSubject(byte[] hash, int free) {

    /** The network that an IPv6 host chooses its addresses from. */
    private static final int NETWORK_BYTES = 8;

    /** An address, which several operators may share. */
    static SignInSubject ofAddress(String address) {
        return of(20, "address", network(address));
    }

    /** A name, wherever it is used. */
    static SignInSubject ofName(String name) {
        return of(10, "name", OperatorRow.key(name));
    }

    /** A name at one address. */
    static SignInSubject ofNameAt(String name, String address) {
        return of(5, "name at address", OperatorRow.key(name), network(address));
    }

    /** An API token of an operator at one address. */
    static SignInSubject ofTokenAt(String operator, String address) {
        return of(10, "token at address", operator, network(address));
    }

    /** The address, or of an IPv6 address the network: a host may have any number of addresses in it. */
    static String network(String address) {
        return AddressRange.parseAddress(address)
                .map(parsed -> parsed instanceof Inet6Address
                        ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                        : parsed.getHostAddress())
                .orElse(address);
    }

    static boolean isLoopback(String address) {
        return AddressRange.parseAddress(address)
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignInSubject subject && Arrays.equals(hash, subject.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    private static SignInSubject of(int free, String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return new SignInSubject(
                    digest.digest(String.join("\u0000", parts).getBytes(StandardCharsets.UTF_8)), free);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
