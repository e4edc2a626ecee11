package io.playgrant.config;

import static io.playgrant.TestSecrets.secret;

import io.playgrant.account.HashKeyFile;
import io.playgrant.app.Application;
import io.playgrant.audit.Audit;
import io.playgrant.files.DataFolder;
import io.playgrant.files.JwkFile;
import io.playgrant.keystore.held.StorageRingFile;
import io.playgrant.storage.Database;
import io.playgrant.storage.DatabaseServer;
import io.playgrant.storage.Installation;
import io.playgrant.storage.PostgresServer;
import io.playgrant.storage.TcpProxy;
import io.playgrant.token.sealing.KeyRingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An installation of several nodes, each with a data folder of its own, on one PostgreSQL database.
 *
 * @param database where it is
 */
public record SharedInstallation(DatabaseServer database) implements AutoCloseable {

    private static final List<String> KEY_FILES = List.of(KeyRingFile.NAME, HashKeyFile.NAME);

    /** One on a fresh, empty database. */
    public static SharedInstallation create() {
        return new SharedInstallation(PostgresServer.newDatabase());
    }

    /** The settings that lead to the database, as variables of the environment. */
    public Map<String, String> environment() {
        return Map.of("PLAYGRANT_DATABASE_URL", database.url(), "PLAYGRANT_DATABASE_USER", database.user());
    }

    /** As {@link #environment}, over a proxy that can take the database away. */
    public Map<String, String> environment(TcpProxy proxy) {
        Map<String, String> variables = new HashMap<>(environment());
        variables.computeIfPresent(
                "PLAYGRANT_DATABASE_URL",
                (name, url) -> url.replaceFirst("127\\.0\\.0\\.1:\\d+", "127.0.0.1:" + proxy.port()));
        return variables;
    }

    /** The settings of a node. */
    public Settings settings(Path data) {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("PLAYGRANT_DATA_DIR", data.toString());
        return Settings.load(Path.of("").toAbsolutePath(), environment);
    }

    /** Makes the key files of a node, as the first one needs them. */
    public void makeKeys(Path data) {
        DataFolder folder = DataFolder.open(data);
        try (Database opened = Application.openDatabase(settings(data), folder)) {
            Installation installation = new Installation(opened);
            HashKeyFile.readOrCreate(folder, installation, new SecureRandom());
            Audit audit = new Audit(opened, Clock.systemUTC(), "tester");
            KeyRingFile.create(folder, installation, audit, new SecureRandom(), false);
        }
        markKeys(data);
    }

    /** Makes the storage ring of a node, which keys that the service holds need. To be called after {@link #makeKeys}. */
    public void makeStorageRing(Path data) {
        DataFolder folder = DataFolder.open(data);
        try (Database opened = Application.openDatabase(settings(data), folder)) {
            StorageRingFile.create(
                    folder, new Audit(opened, Clock.systemUTC(), "tester"), new SecureRandom(), "the tests,");
        }
        markKeys(data);
    }

    private static List<String> keyFiles(Path data) {
        List<String> files = new ArrayList<>(KEY_FILES);
        if (Files.exists(data.resolve(StorageRingFile.NAME))) {
            files.add(StorageRingFile.NAME);
        }
        return files;
    }

    /** Marks the secrets in the key files of a node. */
    public static void markKeys(Path data) {
        keyFiles(data)
                .forEach(file -> JwkFile.secrets(JwkFile.read(data.resolve(file)))
                        .forEach(key -> secret(key.getKeyValue().toString())));
    }

    /** Gives a node the key files of another. */
    public static void copyKeys(Path from, Path to) throws IOException {
        DataFolder.open(to);
        for (String file : keyFiles(from)) {
            Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() {
        PostgresServer.shared().dropDatabase(database);
    }
}
