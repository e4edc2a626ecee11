package io.playgrant.account;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An IPv4 or IPv6 address or CIDR range (RFC 4632, RFC 4291 section 2.3). */
public final class AddressRange {

    /** The options that switch off the library's many other notations. */
    private static final IPAddressStringParameters STANDARD_NOTATION = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .allowMask(false)
            .allowPrefixOnly(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowBinary(false)
            .allowLeadingZeros(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .allowBase85(false)
            .allowBinary(false)
            .allowUnlimitedLeadingZeros(false)
            .getEmbeddedIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .getEmbeddedIPv4AddressParentBuilder()
            .getParentBuilder()
            .toParams();

    /** Checked first, because the library trims white space, and its option against leading zeros in prefix lengths also refuses /0. */
    private static final Pattern FORM = Pattern.compile("[0-9A-Fa-f.:]+(?:/(?:0|[1-9][0-9]{0,2}))?");

    private final String text;
    private final byte[] first;
    private final int prefixBits;

    private AddressRange(String text, IPAddress range) {
        this.text = text;
        this.first = range.getLower().getBytes();
        Integer prefix = range.getNetworkPrefixLength();
        this.prefixBits = prefix == null ? range.getBitCount() : prefix;
    }

    /** Reads a range. Empty if it is not in standard notation, or is an IPv4 address written as IPv6. */
    public static Optional<AddressRange> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            IPAddress address = new IPAddressString(text, STANDARD_NOTATION).toAddress();
            if (address == null || (address.isIPv6() && address.toIPv6().isIPv4Mapped())) {
                return Optional.empty();
            }
            IPAddress range = address.isPrefixed() ? address.toPrefixBlock() : address;
            return Optional.of(new AddressRange(text, range));
        } catch (AddressStringException | IncompatibleAddressException e) {
            return Optional.empty();
        }
    }

    /** Ranges as they were written, separated by commas. */
    public static String join(List<AddressRange> ranges) {
        return ranges.stream().map(AddressRange::toString).collect(Collectors.joining(","));
    }

    /** Reads one address, not a range, without a DNS look-up. Empty if it is not in standard notation. */
    public static Optional<InetAddress> parseAddress(String text) {
        if (text.indexOf('/') >= 0 || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            // The JDK converts an IPv4 address written as IPv6 into an IPv4 address.
            return Optional.of(InetAddress.getByAddress(
                    new IPAddressString(text, STANDARD_NOTATION).toAddress().getBytes()));
        } catch (AddressStringException | IncompatibleAddressException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether an address is in this range. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != first.length) {
            return false;
        }
        int whole = prefixBits / Byte.SIZE;
        int rest = prefixBits % Byte.SIZE;
        return Arrays.equals(bytes, 0, whole, first, 0, whole)
                && (rest == 0 || ((bytes[whole] ^ first[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0);
    }

    /** The range as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
