package io.playgrant.cli.account;

import io.playgrant.account.AddressRange;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The networks from which an account may be used.
 *
 * @param ranges the allowed addresses; empty allows all
 */
record Networks(List<AddressRange> ranges) {

    /** The length of the database column. */
    private static final int LONGEST = 4_000;

    /** Reads addresses and CIDR ranges, separated by commas. Only empty text allows all: a typing error must not open the account. */
    static final class Converter implements ITypeConverter<Networks> {

        @Override
        public Networks convert(String text) {
            List<AddressRange> ranges = text.isEmpty()
                    ? List.of()
                    : Arrays.stream(text.split(",", -1))
                            .map(String::trim)
                            .map(Converter::range)
                            .toList();
            if (AddressRange.join(ranges).length() > LONGEST) {
                throw new TypeConversionException("it has more than " + LONGEST + " characters");
            }
            return new Networks(ranges);
        }

        private static AddressRange range(String text) {
            return AddressRange.parse(text)
                    .orElseThrow(
                            () -> new TypeConversionException(
                                    "'" + text
                                            + "' is not an IPv4 or IPv6 address or CIDR range; brackets, ports and zones are not allowed"));
        }
    }
}
