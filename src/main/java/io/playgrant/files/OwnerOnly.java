package io.playgrant.files;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** How to make what only its owner may read, where the file system knows of owners. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** For a file: mode 0600. */
    public static FileAttribute<?>[] file() {
        return attributes("rw-------");
    }

    /** For a folder: mode 0700. */
    public static FileAttribute<?>[] folder() {
        return attributes("rwx------");
    }

    private static FileAttribute<?>[] attributes(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
