package io.playgrant.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** The version of a file, which changes when the file is written, replaced or deleted. Compare versions with {@code equals}. */
public final class FileVersion {

    private FileVersion() {}

    /** The current version of a file. Follows links. */
    public static Object of(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return List.of(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
        } catch (IOException e) {
            return List.of();
        }
    }
}
