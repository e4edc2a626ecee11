package io.playgrant.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.TemporaryFolder;
import io.playgrant.storage.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsFileTest {

    @Test
    void create_leavesNoAuthenticatorInTheEmbeddedDatabasesFile(@TempDir Path folder) throws IOException {
        AccountRoom room = new AccountRoom(new TestDatabase.Embedded(new TemporaryFolder(folder)));
        Accounts.Created created = room.create("Name in clear");
        room.close();
        String file = Files.readString(folder.resolve("playgrant.mv.db"), StandardCharsets.ISO_8859_1);
        assertThat(file.contains("Name in clear")).isTrue();
        for (Environment environment : Environment.values()) {
            byte[] secret = AccountRoom.authenticator(created, environment).secret();
            String hex = HexFormat.of().formatHex(secret);
            assertThat(file.contains(new String(secret, StandardCharsets.ISO_8859_1)))
                    .isFalse();
            assertThat(file.toLowerCase(Locale.ROOT).contains(hex)).isFalse();
        }
    }
}
