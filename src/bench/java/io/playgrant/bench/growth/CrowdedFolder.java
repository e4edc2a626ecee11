package io.playgrant.bench.growth;

import io.playgrant.account.HashKeyFile;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.contentkey.KeyId;
import io.playgrant.files.DataFolder;
import io.playgrant.files.JwkFile;
import io.playgrant.keystore.StoredKey;
import io.playgrant.storage.Database;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Adds accounts to a data folder, each with one authenticator and one stored key. They are written to the tables directly: one by one, a
 * million accounts would take an hour.
 */
final class CrowdedFolder {

    /** The number of the first added account. */
    static final long FIRST = 1_000_001;

    /** The digits of the authenticators of all added accounts; their hashes differ nevertheless. */
    static final String SECRET = "00000000000000000000000000000000";

    private static final int SECRET_LENGTH = 16;
    private static final int PER_BATCH = 10_000;

    private static final String ACCOUNT = """
            insert into account (number, name, profile, enabled, widevine, networks, created_at, revision)
            values (?, 'Many', 'strict', true, true, '', current_timestamp, 0)
            """;
    private static final String AUTHENTICATOR = """
            insert into authenticator (account, environment, hash, created_at)
            values (?, 'production', ?, current_timestamp)
            """;
    private static final String STORED_KEY = """
            insert into stored_key (account, environment, kid, ek, kek_id, last_update)
            values (?, 'production', ?, ?, ?, current_timestamp)
            """;

    private CrowdedFolder() {}

    /** Makes a folder with one account, and adds others. */
    static BenchFolder create(Path data, int accounts) {
        BenchFolder folder = BenchFolder.create(data);
        Mac mac = mac(data);
        StoredKey key = BenchFolder.storedKey(KeyId.ofName(BenchFolder.STORED));
        try (Database database = Database.openEmbedded(DataFolder.open(data).path())) {
            for (long number = FIRST; number < FIRST + accounts; number += PER_BATCH) {
                long from = number;
                long to = Math.min(number + PER_BATCH, FIRST + accounts);
                database.inTransaction(handle -> {
                    insert(handle.getConnection(), from, to, mac, key);
                    return null;
                });
            }
            database.analyze("account");
            database.analyze("authenticator");
            database.analyze("stored_key");
        }
        return folder;
    }

    private static void insert(Connection connection, long from, long to, Mac mac, StoredKey key) {
        try (PreparedStatement accounts = connection.prepareStatement(ACCOUNT);
                PreparedStatement authenticators = connection.prepareStatement(AUTHENTICATOR);
                PreparedStatement keys = connection.prepareStatement(STORED_KEY)) {
            for (long number = from; number < to; number++) {
                accounts.setLong(1, number);
                accounts.addBatch();
                authenticators.setLong(1, number);
                authenticators.setBytes(2, hash(mac, number));
                authenticators.addBatch();
                keys.setLong(1, number);
                keys.setBytes(2, key.kid().toByteArray());
                keys.setBytes(3, key.ek().toByteArray());
                keys.setString(4, key.kekId());
                keys.addBatch();
            }
            accounts.executeBatch();
            authenticators.executeBatch();
            keys.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The hash of {@link io.playgrant.account.AuthenticatorHash}. */
    private static byte[] hash(Mac mac, long number) {
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
        return mac.doFinal(new byte[SECRET_LENGTH]);
    }

    private static Mac mac(Path data) {
        byte[] key = JwkFile.secrets(JwkFile.read(data.resolve(HashKeyFile.NAME)))
                .get(0)
                .toByteArray();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
