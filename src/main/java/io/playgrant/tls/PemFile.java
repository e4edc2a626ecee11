package io.playgrant.tls;

import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.openssl.PEMParser;

/**
 * A file in PEM (RFC 7468), and the setting that names it.
 *
 * @param setting the environment variable
 * @param path the path of the file
 */
record PemFile(String setting, Path path) {

    /**
     * The objects in the file, in their order.
     *
     * @throws StorageException if the file cannot be read or is not PEM
     */
    List<Object> objects() {
        List<Object> objects = new ArrayList<>();
        String text = text();
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                objects.add(object);
            }
        } catch (IOException | RuntimeException e) {
            // Its message may quote the file.
            throw failure("is not PEM");
        }
        return objects;
    }

    /** A sentence that begins with the file and its setting. */
    StorageException failure(String what) {
        return new StorageException("The file " + path + " (" + setting + ") " + what);
    }

    private String text() {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw failure("cannot be read: " + StorageException.reason(e));
        }
    }
}
