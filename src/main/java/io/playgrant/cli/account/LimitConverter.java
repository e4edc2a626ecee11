package io.playgrant.cli.account;

import io.playgrant.account.Credits;
import io.playgrant.account.Limit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number, or {@code any} for no limit. */
abstract class LimitConverter implements ITypeConverter<Limit> {

    private final long least;
    private final long most;

    private LimitConverter(long least, long most) {
        this.least = least;
        this.most = most;
    }

    @Override
    public Limit convert(String text) {
        if (text.equals("any")) {
            return Limit.NONE;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return Limit.of(number);
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new TypeConversionException(
                "'" + text + "' is neither a number from " + least + " to " + most + " nor any");
    }

    /** Reads the credits of an account. */
    static final class OfCredits extends LimitConverter {
        OfCredits() {
            super(0, Credits.MOST);
        }
    }

    /** Reads the rate of an account, in tokens per second. */
    static final class OfRate extends LimitConverter {
        OfRate() {
            super(1, 1_000_000);
        }
    }
}
