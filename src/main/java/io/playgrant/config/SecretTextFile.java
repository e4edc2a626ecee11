package io.playgrant.config;

import io.playgrant.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with one secret, in UTF-8, such as the secrets that container platforms mount. */
final class SecretTextFile {

    private static final int LONGEST = 4_096;

    private SecretTextFile() {}

    /**
     * The text of a file, without a line end.
     *
     * @param setting the setting that names it, for the messages
     * @throws SettingsException if it cannot be read, with a message that does not contain its text
     */
    static String read(Path file, Setting<?> setting) {
        try (InputStream in = Files.newInputStream(file)) {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readNBytes(LONGEST)))
                    .toString();
            return text.replaceFirst("\\r?\\n$", "");
        } catch (CharacterCodingException e) {
            throw new SettingsException("The file " + file + " (" + setting.variable() + ") is not UTF-8");
        } catch (IOException e) {
            throw new SettingsException(
                    "The file " + file + " (" + setting.variable() + ") cannot be read: " + StorageException.reason(e));
        }
    }
}
