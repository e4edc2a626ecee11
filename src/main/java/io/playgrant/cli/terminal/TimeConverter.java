package io.playgrant.cli.terminal;

import io.playgrant.record.RecordQuery;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time of RFC 3339. */
public final class TimeConverter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        return RecordQuery.time(text)
                .orElseThrow(() -> new TypeConversionException("it must be a time such as 2026-11-23T12:00:00Z"));
    }
}
