package io.playgrant.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code csv} or {@code jsonl}. */
final class FileFormatConverter implements ITypeConverter<FileFormat> {

    @Override
    public FileFormat convert(String text) {
        return switch (text) {
            case "csv" -> FileFormat.CSV;
            case "jsonl" -> FileFormat.JSONL;
            default -> throw new TypeConversionException("'" + text + "' is neither csv nor jsonl");
        };
    }
}
