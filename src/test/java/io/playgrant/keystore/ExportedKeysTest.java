package io.playgrant.keystore;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.contentkey.Kek;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.KeyImport.Kind;
import io.playgrant.keystore.KeyImport.Outcome;
import io.playgrant.storage.Database;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that leave one account as its owner reads them, and come into another. */
@EachDatabase
class ExportedKeysTest {

    private static final Kek KEK = Kek.ofHex(secret("3c4d5e6f708192a3b4c5d6e7f8091a2b"));

    private DatabaseKeys keys;
    private KeyService service;

    @BeforeEach
    void open(TestDatabase databases) {
        Database database = databases.open();
        SampleKeys.makeAccounts(database);
        keys = new DatabaseKeys(database);
        service = new KeyService(keys, Clock.systemUTC(), new SecureRandom());
    }

    @Test
    void page_isImported_andPutBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            service.create(
                    SampleKeys.OWNER,
                    KeyFields.read("{\"info\":\"i\",\"contentId\":\"c\"}".getBytes(StandardCharsets.UTF_8)),
                    KEK);
        }
        List<KeyObject> exported = service.page(SampleKeys.OWNER, null, 1_000, KEK);
        exported.forEach(key -> secret(Objects.requireNonNull(key.k())));
        assertThat(exported).hasSize(3).allMatch(key -> key.k() != null && key.ek() != null);

        assertThat(store(exported, KEK)).isEqualTo(all(Kind.IMPORTED));
        assertThat(store(exported, KEK)).isEqualTo(all(Kind.PRESENT));
        List<KeyObject> imported = service.page(SampleKeys.OTHER_OWNER, null, 1_000, KEK);
        assertThat(imported)
                .usingRecursiveComparison()
                .ignoringFields("lastUpdate")
                .isEqualTo(exported);
        KeyObject first = exported.get(0);
        KeyObject updated = service.update(SampleKeys.OTHER_OWNER, KeyId.ofHex(first.kid()), fields(first), KEK);
        assertThat(updated)
                .usingRecursiveComparison()
                .ignoringFields("lastUpdate")
                .isEqualTo(first);
    }

    private List<Kind> store(List<KeyObject> objects, @Nullable Kek kek) throws Exception {
        List<KeyFields> read = new ArrayList<>();
        for (KeyObject object : objects) {
            read.add(fields(object));
        }
        return new KeyImport(keys, service, SampleKeys.OTHER_OWNER, kek)
                .store(read).stream().map(Outcome::kind).toList();
    }

    private static KeyFields fields(KeyObject object) throws Exception {
        return KeyFields.read(new ObjectMapper().writeValueAsBytes(object));
    }

    private static List<Kind> all(Kind kind) {
        return Collections.nCopies(3, kind);
    }
}
