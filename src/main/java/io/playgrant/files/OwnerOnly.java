package io.playgrant.files;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** File attributes that let only the owner read a file or folder, if the file system supports owners. */
public final class OwnerOnly {

    private OwnerOnly() {}

    /** The attributes of a file: mode 0600. */
    public static FileAttribute<?>[] file() {
        return attributes("rw-------");
    }

    /** The attributes of a folder: mode 0700. */
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
