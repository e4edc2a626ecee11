package io.playgrant.cli.terminal;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code csv}, {@code json} or {@code jsonl}. */
public final class FileFormatConverter implements ITypeConverter<FileFormat> {

    @Override
    public FileFormat convert(String text) {
        return switch (text) {
            case "csv" -> FileFormat.CSV;
            case "json", "jsonl" -> FileFormat.JSON;
            default -> throw new TypeConversionException("'" + text + "' is none of csv, json and jsonl");
        };
    }
}
