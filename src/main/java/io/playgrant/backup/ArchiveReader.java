package io.playgrant.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.HashKeyFile;
import io.playgrant.storage.StorageException;
import io.playgrant.token.sealing.KeyRingFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The zip file of a backup. It is verified as a whole: only known entries, none too large, each with its checksum. */
final class ArchiveReader implements AutoCloseable {

    private static final int MOST_TEXT = 1_024 * 1_024;
    private static final long MOST_ROWS = 1_024L * MOST_TEXT;
    private static final Pattern SCHEMA = Pattern.compile("[0-9]{1,9}");
    private static final Pattern PROGRAM = Pattern.compile("\\P{Cc}{0,200}");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String file;
    private final ZipFile zip;
    private final Manifest manifest;

    private ArchiveReader(String file, ZipFile zip) throws IOException {
        this.file = file;
        this.zip = zip;
        Set<String> names = names();
        this.manifest = readManifest();
        verify(names);
    }

    /**
     * Opens and verifies a backup.
     *
     * @param path the path of the backup
     * @param file its name in messages
     * @throws BackupException with a message that describes the problem
     */
    static ArchiveReader open(Path path, String file) {
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (ZipException e) {
            throw new BackupException("The file " + file + " is not a backup, or is incomplete", e);
        } catch (IOException e) {
            throw new BackupException("The backup " + file + " cannot be read: " + StorageException.reason(e), e);
        }
        try {
            return new ArchiveReader(file, zip);
        } catch (IOException | RuntimeException e) {
            close(zip);
            if (e instanceof BackupException known) {
                throw known;
            }
            throw new BackupException("The backup " + file + " is damaged", e);
        }
    }

    Manifest manifest() {
        return manifest;
    }

    boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    /** The text of a small entry. */
    String text(String name) throws IOException {
        try (InputStream in = open(name)) {
            byte[] bytes = in.readNBytes(MOST_TEXT + 1);
            if (bytes.length > MOST_TEXT) {
                throw new BackupException("The backup " + file + " contains a file that is too large");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    InputStream open(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new BackupException("The backup " + file + " is damaged: it has no " + name);
        }
        return zip.getInputStream(entry);
    }

    private Set<String> names() {
        List<String> all = zip.stream().map(ZipEntry::getName).toList();
        Set<String> names = new HashSet<>(all);
        Set<String> known = new HashSet<>(Entries.KNOWN);
        known.add(Manifest.NAME);
        if (!names.contains(Manifest.NAME) || names.size() != all.size() || !known.containsAll(names)) {
            throw new BackupException("The file " + file + " is not a backup of Playgrant");
        }
        return names;
    }

    private Manifest readManifest() throws IOException {
        try {
            JsonNode json = MAPPER.readTree(text(Manifest.NAME));
            if (json.path("format").asInt() != Manifest.FORMAT) {
                throw new BackupException("The backup " + file
                        + " is of another version of Playgrant: its format is not " + Manifest.FORMAT);
            }
            Manifest read = MAPPER.treeToValue(json, Manifest.class);
            if (isSound(read)) {
                return read;
            }
        } catch (JsonProcessingException | DateTimeParseException e) {
            // Reported below.
        }
        throw new BackupException("The backup " + file + " is damaged: its " + Manifest.NAME + " cannot be read");
    }

    /** Checked here, because JSON may omit members, and texts that are shown to users may contain anything. */
    private static boolean isSound(Manifest read) {
        return Stream.of(read.program(), read.createdAt(), read.schema(), read.sequences(), read.sha256())
                        .allMatch(Objects::nonNull)
                && SCHEMA.matcher(read.schema()).matches()
                && PROGRAM.matcher(read.program()).matches()
                && Instant.parse(read.createdAt()).isAfter(Instant.EPOCH);
    }

    private void verify(Set<String> names) throws IOException {
        Map<String, String> expected = manifest.sha256();
        names.remove(Manifest.NAME);
        if (!names.equals(expected.keySet()) || !names.containsAll(List.of(KeyRingFile.NAME, HashKeyFile.NAME))) {
            throw new BackupException("The backup " + file + " is damaged: it is incomplete");
        }
        for (String name : names) {
            if (!digest(name).equals(expected.get(name))) {
                throw new BackupException(
                        "The backup " + file + " is damaged: " + name + " does not match its checksum");
            }
        }
    }

    private String digest(String name) throws IOException {
        MessageDigest digest = Sha256.newDigest();
        byte[] buffer = new byte[8_192];
        long size = 0;
        try (InputStream in = open(name)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                size += read;
                if (size > MOST_ROWS) {
                    throw new BackupException("The backup " + file + " contains a file that is too large");
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        close(zip);
    }

    private static void close(ZipFile zip) {
        try {
            zip.close();
        } catch (IOException e) {
            // Nothing is lost: the file was only read.
        }
    }
}
