package io.playgrant.cli.key;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.contentkey.EncryptedKey;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.StoredKey;
import io.playgrant.keystore.StoredKeys.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {

    private static final String KEK = secret("000102030405060708090a0b0c0d0e0f");
    private static final String OTHER_KEK = secret("00112233445566778899aabbccddeeff");
    private static final String K = secret("a9b9033df0b9ca5447839e3d074817a0");
    private static final String EK = secret("5dbd06c0056b42fe0b8cf406679620c31bd619732730433d");
    private static final String KID = "80ea8bc8a58f990ad1f76bc665b30bfa";
    private static final String KEK_ID = "#1.afe008a381bdac03b412a92d54b92ddf";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";

    private Path folder;
    private TestHome home;
    private String kek;
    private String otherKek;
    private String key;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        folder = path;
        home = TestHome.in(path);
        home.createAccount("N");
        kek = file("kek", KEK + "\n");
        otherKek = file("other-kek", OTHER_KEK);
        key = file("key", " " + K + "\n");
    }

    @Test
    void create_wrapsAKey_andShowsItWithoutIt() throws IOException {
        Run run = create("--kid", "^kid1", "--key-file", key, "--kek-file", kek, "--info", "a", "--content-id", "b");
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .matches("kid             " + KID + "\nek              " + EK + "\nkekId           " + KEK_ID
                        + "[0-9a-f]{8}\ninfo            a\ncontentId       b\nlastUpdate      " + TIME + "\n")
                .doesNotContain(K);
        assertThat(show("^kid1", "--kek-file", kek, "--reveal-keys").out()).contains("k               " + K + "\n");
    }

    @Test
    void create_hasTheServiceHoldAKey_andMarksIt() throws IOException {
        Run run = create("--held", "--kid", "^kid1", "--key-file", key, "--content-id", "b", "--track-type", "3");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .matches("kid             " + KID + "\ncontentId       b\nlastUpdate      " + TIME
                        + "\nheld            by the service\ntrackType       3\n");
        assertThat(show("^kid1").out()).isEqualTo(run.out());
        JsonNode json = show("^kid1", "--json").json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("kid", "contentId", "lastUpdate", "held", "trackType");
        assertThat(json.get("held").booleanValue()).isTrue();
        assertThat(home.run("key", "list", "--account", "1001").out()).contains(" held by the service ");
        assertThat(show("^kid1", "--kek-file", kek).err()).contains("the service holds the key, and no kek opens it");
    }

    @Test
    void create_leavesTheHeldKeyThatIsThere() throws IOException {
        assertThat(create("--held", "--kid", "^kid1", "--key-file", key).exit()).isZero();
        assertThat(create("--held", "--kid", "^kid1", "--key-file", key).err())
                .isEqualTo("The key was stored before and remains as it is.\n");
        assertThat(create("--held", "--kid", "^kid1", "--key-file", file("other", OTHER_KEK))
                        .err())
                .contains("another key, or one that a kek wraps, is already stored under " + KID);
        create("--kid", "^kid2", "--kek-file", kek);
        assertThat(create("--held", "--kid", "^kid2").exit()).isEqualTo(1);
    }

    @Test
    void import_hasTheServiceHoldKeys() throws IOException {
        String rows = file(
                "keys.csv",
                "kid,k,contentId,trackType\n^kid1," + K + ",film,0\n^kid2," + OTHER_KEK + ",film,7\n^kid3,,film,1\n");
        Run run = home.run("key", "import", "--account", "1001", "--held", rows);
        assertThat(run.err())
                .contains("line 3: trackType must be 0 to 4")
                .contains("line 4: k is missing")
                .contains("imported 1, already there 0, bad 2");
        assertThat(home.run("key", "import", "--account", "1001", "--held", rows)
                        .err())
                .contains("imported 0, already there 1, bad 2");
        assertThat(show("^kid1", "--json").json().get("trackType").intValue()).isZero();
    }

    @Test
    void create_drawsWhatIsNotNamed() throws IOException {
        JsonNode first = create("--kek-file", kek, "--json", "--reveal-keys").json();
        JsonNode second = create("--kek-file", kek, "--json", "--reveal-keys").json();
        for (JsonNode one : List.of(first, second)) {
            assertThat(one.get("isNew").booleanValue()).isTrue();
            secret(one.at("/key/k").textValue());
            secret(one.at("/key/ek").textValue());
            assertThat(one.at("/key/kid").textValue()).matches("[0-9a-f]{32}");
            assertThat(one.at("/key/k").textValue()).matches("[0-9a-f]{32}");
        }
        assertThat(first.at("/key/kid")).isNotEqualTo(second.at("/key/kid"));
        assertThat(first.at("/key/k")).isNotEqualTo(second.at("/key/k"));
        Run masked = create("--kek-file", kek, "--json");
        assertThat(masked.json().at("/key/k").isMissingNode()).isTrue();
        secret(masked.json().at("/key/ek").textValue());
    }

    @Test
    void create_takesAWrappedKey_withOrWithoutItsKek() throws IOException {
        Run without = create("--kid", "^kid1", "--ek", EK, "--kek-id", "mine", "--expiration", "2999-01-01T00:00:00Z");
        assertThat(without.out())
                .matches("kid             " + KID + "\nek              " + EK + "\nkekId           mine\n"
                        + "expiration      2999-01-01T00:00:00Z\nlastUpdate      " + TIME + "\n");
        assertThat(create("--ek", EK, "--kek-file", kek).exit()).isZero();
        assertFailed(create("--ek", EK, "--kek-file", otherKek), "the key does not open under kek");
    }

    @Test
    void create_readsEitherSecretFromStandardInput() {
        Run kekComes = withInput(KEK + "\n", "--kid", "^kid1", "--key-file", key, "--kek-file", "-");
        assertThat(kekComes.out()).contains(EK);
        Run keyComes = withInput(K, "--kid", "^kid2", "--key-file", "-", "--kek-file", kek);
        assertThat(keyComes.out()).contains(EK);
    }

    @Test
    void create_ofAKnownKid_showsWhatIsStored() throws IOException {
        create("--kid", "^kid1", "--ek", EK, "--info", "first");
        Run again = create("--kid", KID, "--kek-file", kek, "--info", "second");
        assertThat(again.exit()).isZero();
        assertThat(again.err()).isEqualTo("The key was stored before and remains as it is.\n");
        assertThat(again.out()).contains("ek              " + EK + "\n", "info            first\n");
        Run json = create("--kid", KID, "--json");
        assertThat(json.err()).isEmpty();
        assertThat(json.json().get("isNew").booleanValue()).isFalse();
        assertThat(json.json().at("/key/info").textValue()).isEqualTo("first");
        assertFailed(create("--kid", KID, "--kek-file", otherKek), "the key does not open under kek");
        assertThat(actions()).containsExactly("key create", "account create");
    }

    @Test
    void create_fails_whereAnotherKeyIsStored() throws IOException {
        create("--kid", "^kid1", "--ek", EK);
        assertThat(create("--kid", "^kid1", "--key-file", key, "--kek-file", kek)
                        .exit())
                .isZero();
        String other = file("other-key", secret("ffffffffffffffffffffffffffffffff"));
        String stays = "A different key, or the same key under a different kek, is already stored under " + KID;
        assertFailed(create("--kid", "^kid1", "--key-file", other, "--kek-file", kek), stays);
        assertFailed(create("--kid", "^kid1", "--ek", "0".repeat(48)), stays);
        assertThat(show("^kid1", "--kek-file", kek, "--reveal-keys").out()).contains(K);
    }

    @Test
    void create_refusesByTheRulesOfTheProtocol() throws IOException {
        assertFailed(create("--kid", "^kid1"), "a new key needs ek or kek");
        assertFailed(create("--ek", EK.substring(1)), "ek must be 48 hexadecimal digits");
        assertFailed(
                create("--ek", EK, "--expiration", "never"),
                "expiration must be a time of RFC 3339, as in 2030-12-31T23:59:59Z");
        assertFailed(
                create("--ek", EK, "--info", "a\u0000b"),
                "info must have at most 1024 characters, no control characters but line ends and tabs");
        for (String text : List.of("", KEK.substring(2), KEK + " " + KEK, "x".repeat(32))) {
            String bad = file("bad", text);
            assertFailed(
                    create("--kek-file", bad),
                    bad + " must contain a kek, 32, 48 or 64 hexadecimal digits, and nothing else");
        }
        String bad = file("bad", K + "00");
        assertFailed(
                create("--key-file", bad, "--kek-file", kek),
                bad + " must contain a key, 32 hexadecimal digits, and nothing else");
        String twoKeks = file("long", KEK + " ".repeat(5_000) + KEK);
        assertFailed(
                create("--kek-file", twoKeks),
                twoKeks + " must contain a kek, 32, 48 or 64 hexadecimal digits, and nothing else");
        assertFailed(
                withInput("", "--kek-file", "-"),
                "Standard input must contain a kek, 32, 48 or 64 hexadecimal digits, and nothing else");
        assertFailed(
                create("--kek-file", folder.resolve("none").toString()),
                folder.resolve("none") + " cannot be read: there is no such file or folder");
        assertFailed(home.run("key", "create", "--account", "7", "--ek", EK), "There is no account 7");
        assertThat(home.run("key", "list", "--account", "1001", "--json").out()).isEqualTo("[]\n");
    }

    @Test
    void wrongUsage_isStatus2() {
        assertAskedWrongly("Missing required option: '--account=ACCOUNT'", "key", "create");
        assertAskedWrongly(
                "--kek-file and --key-file cannot both be standard input",
                "key",
                "create",
                "--account",
                "1001",
                "--kek-file",
                "-",
                "--key-file",
                "-");
        assertAskedWrongly(
                "A random key needs --kek-file or --held; otherwise give --ek, or --key-file with --kek-file",
                "key",
                "create",
                "--account",
                "1001");
        assertAskedWrongly(
                "--key-file needs --kek-file or --held", "key", "create", "--account", "1001", "--key-file", key);
        assertAskedWrongly("--reveal-keys needs --kek-file", "key", "create", "--account", "1001", "--reveal-keys");
        assertAskedWrongly("--reveal-keys needs --kek-file", "key", "show", "--account", "1001", "^k", "--reveal-keys");
        assertAskedWrongly("Missing required parameter: 'KID'", "key", "delete", "--account", "1001");
        assertAskedWrongly(
                "Invalid value for positional parameter at index 0 (KID): it must be 32 hexadecimal digits, or ^ and 1"
                        + " to 64 characters",
                "key",
                "show",
                "--account",
                "1001",
                "film");
    }

    @Test
    void environments_areApart() throws IOException {
        create("--kid", "^kid1", "--ek", EK, "--environment", "test");
        assertFailed(show("^kid1"), "There is no key " + KID + " of account 1001, production");
        assertThat(show("^kid1", "--environment", "test").exit()).isZero();
        assertThat(home.run("key", "list", "--account", "1001").out().lines()).hasSize(1);
        assertThat(home.run("key", "list", "--account", "1001", "--environment", "test")
                        .out()
                        .lines())
                .hasSize(2);
    }

    @Test
    void show_revealsTheKeyOnlyWhenAskedTo() throws IOException {
        create("--kid", "^kid1", "--ek", EK, "--info", "two\nlines");
        assertThat(show("^kid1").out())
                .matches("kid             " + KID + "\nek              " + EK
                        + "\ninfo            two\n {16}lines\nlastUpdate      " + TIME + "\n");
        assertThat(show(KID, "--kek-file", kek).out()).isEqualTo(show(KID).out());
        JsonNode json = show(KID, "--kek-file", kek, "--json").json();
        assertThat(json.has("k")).isFalse();
        assertThat(json.get("ek").textValue()).isEqualTo(EK);
        JsonNode revealed =
                show(KID, "--kek-file", kek, "--reveal-keys", "--json").json();
        assertThat(revealed.get("k").textValue()).isEqualTo(K);
        assertFailed(show(KID, "--kek-file", otherKek), "the key does not open under kek");
        assertFailed(show("^none"), "There is no key " + KeyId.ofName("none") + " of account 1001, production");
    }

    @Test
    void show_ofAnExpiredKey_hasNoValue() {
        create("--kid", "^kid1", "--ek", EK, "--expiration", "2020-01-01T00:00:00Z");
        Run run = show("^kid1", "--kek-file", kek, "--reveal-keys");
        assertThat(run.out())
                .contains("expiration      2020-01-01T00:00:00Z, so the key is no longer used\n")
                .doesNotContain(EK, K);
        assertThat(run.exit()).isZero();
        assertFailed(show("^kid1", "--kek-file", otherKek), "the key does not open under kek");
    }

    @Test
    void list_isATable_orAnArray() throws IOException {
        create("--kid", "^kid1", "--key-file", key, "--kek-file", kek, "--content-id", "film 1");
        create("--kid", "0".repeat(32), "--ek", EK, "--expiration", "2020-01-01T00:00:00Z");
        Run table = home.run("key", "list", "--account", "1001");
        assertThat(table.exit()).isZero();
        List<String> lines = table.out().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .isEqualTo("KID                              UPDATED              EXPIRES              "
                        + "KEK                                         CONTENT");
        assertThat(lines.get(1)).matches("0{32} " + TIME + " 2020-01-01T00:00:00Z - {43}-");
        assertThat(lines.get(2)).matches(KID + " " + TIME + " - {20}" + KEK_ID + "[0-9a-f]{8} \"film 1\"");
        assertThat(table.out()).doesNotContain(EK, K);

        String json = home.run("key", "list", "--account", "1001", "--json").out();
        assertThat(json).matches("\\[.*]\n").doesNotContain(K);
        JsonNode array = new ObjectMapper().readTree(json);
        assertThat(array).hasSize(2);
        assertThat(array.get(1).get("contentId").textValue()).isEqualTo("film 1");
    }

    @Test
    void list_goesThroughAllPages() throws IOException {
        Owner owner = new Owner(1001, Environment.PRODUCTION);
        try (Application application = home.openApplication()) {
            application
                    .storedKeys()
                    .createAll(
                            owner,
                            IntStream.range(0, 2_001)
                                    .mapToObj(i -> new StoredKey(
                                            KeyId.ofHex("%032x".formatted(i)),
                                            EncryptedKey.ofHex(EK),
                                            "",
                                            null,
                                            null,
                                            null,
                                            Instant.EPOCH))
                                    .toList());
        }
        List<String> rows =
                home.run("key", "list", "--account", "1001").out().lines().toList();
        assertThat(rows).hasSize(2_002).doesNotHaveDuplicates();
        JsonNode array = new ObjectMapper()
                .readTree(home.run("key", "list", "--account", "1001", "--json").out());
        assertThat(array).hasSize(2_001);
        assertThat(array.get(2_000).get("kid").textValue()).isEqualTo("%032x".formatted(2_000));
    }

    @Test
    void delete_takesTheKeyAway() throws IOException {
        create("--kid", "^kid1", "--ek", EK);
        create("--kid", "^kid2", "--ek", EK);
        Run text = home.run("key", "delete", "--account", "1001", "^kid1");
        assertThat(text.out()).isEqualTo("Key " + KID + " is deleted.\n");
        assertThat(text.exit()).isZero();
        assertFailed(
                home.run("key", "delete", "--account", "1001", KID),
                "There is no key " + KID + " of account 1001, production");
        assertThat(home.run("key", "delete", "--account", "1001", "^kid2", "--json")
                        .out())
                .isEqualTo("{\"deleted\":\"" + KeyId.ofName("kid2") + "\"}\n");
        assertThat(home.run("key", "list", "--account", "1001", "--json").out()).isEqualTo("[]\n");
        assertThat(actions()).containsExactly("key delete", "key delete", "key create", "key create", "account create");
        assertThat(home.run("audit", "list").out())
                .contains("environment=production kid=" + KID)
                .doesNotContain(EK);
    }

    private List<String> actions() throws IOException {
        JsonNode entries =
                new ObjectMapper().readTree(home.run("audit", "list", "--json").out());
        return entries.findValuesAsText("action");
    }

    private Run create(String... options) {
        return home.run(arguments(Stream.of("key", "create", "--account", "1001"), options));
    }

    private Run withInput(String text, String... options) {
        return home.runWithInput(text, arguments(Stream.of("key", "create", "--account", "1001"), options));
    }

    private Run show(String kid, String... options) {
        return home.run(arguments(Stream.of("key", "show", "--account", "1001", kid), options));
    }

    private static String[] arguments(Stream<String> first, String... rest) {
        return Stream.concat(first, Arrays.stream(rest)).toArray(String[]::new);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static void assertFailed(Run run, String sentence) {
        assertThat(run.err()).isEqualTo("playgrant: " + sentence + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }

    private void assertAskedWrongly(String sentence, String... arguments) {
        Run run = home.run(arguments);
        assertThat(run.err()).startsWith(sentence + "\nUsage: playgrant key ");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(2);
    }
}
