package io.playgrant.cli;

import io.playgrant.account.AddressRange;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where an account may be used.
 *
 * @param ranges anywhere if empty
 */
record Networks(List<AddressRange> ranges) {

    /** As long as the database's column. */
    private static final int LONGEST = 4_000;

    /** Reads addresses and CIDR ranges, separated by commas. */
    static final class Converter implements ITypeConverter<Networks> {

        @Override
        public Networks convert(String text) {
            List<AddressRange> ranges = Arrays.stream(text.split(","))
                    .map(String::trim)
                    .filter(range -> !range.isEmpty())
                    .map(Converter::range)
                    .toList();
            if (AddressRange.join(ranges).length() > LONGEST) {
                throw new TypeConversionException("it has more than " + LONGEST + " characters");
            }
            return new Networks(ranges);
        }

        private static AddressRange range(String text) {
            return AddressRange.parse(text)
                    .orElseThrow(() ->
                            new TypeConversionException("'" + text + "' is no IPv4 or IPv6 address or CIDR range"));
        }
    }
}
