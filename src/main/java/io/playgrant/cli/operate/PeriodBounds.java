package io.playgrant.cli.operate;

import io.playgrant.record.RecordQuery;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the bounds of a period: times of RFC 3339, or days of UTC. */
final class PeriodBounds {

    private PeriodBounds() {}

    /** The beginning of a period; a day begins at midnight. */
    static final class FromConverter implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            return read(text, UnaryOperator.identity());
        }
    }

    /** The end of a period; a day ends at the next midnight. */
    static final class ToConverter implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            return read(text, day -> day.plusDays(1));
        }
    }

    private static Instant read(String text, UnaryOperator<LocalDate> midnight) {
        return RecordQuery.time(text)
                .or(() -> day(text).map(midnight).flatMap(day -> RecordQuery.time(day + "T00:00:00Z")))
                .orElseThrow(() -> new TypeConversionException(
                        "it must be a time such as 2026-11-23T12:00:00Z, or a day such as 2026-11-23"));
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() < 9999);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
