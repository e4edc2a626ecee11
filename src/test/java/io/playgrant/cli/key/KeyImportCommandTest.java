package io.playgrant.cli.key;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.contentkey.KeyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyImportCommandTest {

    private static final String KEK = secret("000102030405060708090a0b0c0d0e0f");
    private static final String K = secret("a9b9033df0b9ca5447839e3d074817a0");
    private static final String EK = secret("5dbd06c0056b42fe0b8cf406679620c31bd619732730433d");
    private static final String OTHER_EK = secret("ffaf1dae9201d1adf62770dca5ddb77ad773a79369e39986");

    private Path folder;
    private TestHome home;
    private String kek;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        folder = path;
        home = TestHome.in(path);
        home.createAccount("N");
        kek = file("kek", KEK);
    }

    @Test
    void csv_isImportedOnce() throws IOException {
        String keys = file("keys.csv", "kid,ek,info\n^a," + EK + ",\"one, two\"\n^b," + EK + ",\n");
        assertRun(importing(keys), 0, "imported 2, already there 0, bad 0");
        JsonNode stored = list();
        assertThat(stored.findValuesAsText("kid")).containsExactlyInAnyOrder(kid("a"), kid("b"));
        assertThat(stored.findValuesAsText("info")).containsExactly("one, two");
        assertRun(importing(keys), 0, "imported 0, already there 2, bad 0");
        assertThat(list()).isEqualTo(stored);
    }

    @Test
    void jsonLines_areImported_fromStandardInputToo() throws IOException {
        String lines = "{\"kid\":\"^a\",\"k\":\"" + K + "\",\"foreign\":1}\n\n{\"kid\":\"^b\",\"ek\":\"" + EK + "\"}";
        Run run = home.runWithInput(
                lines, "key", "import", "--account", "1001", "--kek-file", kek, "--environment", "test", "-");
        assertRun(run, 0, "imported 2, already there 0, bad 0");
        assertThat(list()).isEmpty();
        JsonNode stored = new ObjectMapper()
                .readTree(home.run("key", "list", "--account", "1001", "--environment", "test", "--json")
                        .out());
        assertThat(stored.findValuesAsText("ek")).containsExactly(EK, EK);
    }

    @Test
    void kek_wrapsClearKeys_andMayComeFromStandardInput() throws IOException {
        String keys = file("keys.csv", "kid,k,contentId,expiration,kekId\n^a," + K + ",c,2999-01-01T00:00:00Z,mine\n");
        Run run = home.runWithInput(KEK, "key", "import", "--account", "1001", "--kek-file", "-", keys);
        assertRun(run, 0, "imported 1, already there 0, bad 0");
        JsonNode key = list().get(0);
        assertThat(key.get("ek").textValue()).isEqualTo(EK);
        assertThat(key.get("contentId").textValue()).isEqualTo("c");
        assertThat(key.get("expiration").textValue()).isEqualTo("2999-01-01T00:00:00Z");
        assertThat(key.get("kekId").textValue()).isEqualTo("mine");
    }

    @Test
    void badLines_areToldByTheirNumbers_andTheRestIsImported() throws IOException {
        String keys = file(
                "keys.csv",
                "kid,ek\r\n^a," + EK + "\r\n^b\r\n\r\n^c,12\r\n^a," + OTHER_EK + "\r\n^a," + EK + "\r\n," + EK
                        + "\r\n\"^d," + EK + "\r\n^\"e\r\n" + "^f," + EK + "\r\n");
        Run run = importing(keys);
        assertRun(
                run,
                1,
                "line 3: the row has 1 fields, the header has 2",
                "line 5: ek must be 48 hexadecimal digits",
                "line 6: a different key, or the same key under a different kek, is already stored under its kid",
                "line 8: kid is missing",
                "line 9: the row is not CSV in UTF-8",
                "imported 2, already there 1, bad 5");
        assertThat(list().findValuesAsText("kid")).containsExactlyInAnyOrder(kid("a"), kid("f"));
    }

    @Test
    void badJson_isToldByItsLine() throws IOException {
        String keys = file(
                "keys.jsonl",
                "nonsense\n[]\n{\"kid\":\"^a\",\"kid\":\"^b\"}\n{\"kid\":\"^a\",\"k\":\"" + K + "\"}\n"
                        + "{\"kid\":1,\"ek\":\"" + EK + "\"}\n" + "x".repeat(65_537) + "\n{\"kid\":\"^c\",\"ek\":\""
                        + EK
                        + "\"}\n");
        assertRun(
                importing(keys),
                1,
                "line 1: the row must be JSON",
                "line 2: the row must be a JSON object",
                "line 3: the row must be JSON",
                "line 4: k needs kek",
                "line 5: kid must be a string",
                "line 6: a row has at most 65536 bytes",
                "imported 1, already there 0, bad 6");
    }

    @Test
    void listOfKeys_isImportedElsewhere() throws IOException {
        String keys = file("keys.csv", "kid,ek,info\n^a," + EK + ",one\n^b," + OTHER_EK + ",\n");
        importing(keys);
        Run listed = home.run("key", "list", "--account", "1001", "--json");
        String list = file("list.json", listed.out());
        assertRun(importing(list, "--environment", "test"), 0, "imported 2, already there 0, bad 0");
        String time = "\"lastUpdate\":\"[^\"]+\"";
        assertThat(home.run("key", "list", "--account", "1001", "--json", "--environment", "test")
                        .out()
                        .replaceAll(time, ""))
                .isEqualTo(listed.out().replaceAll(time, ""));
        String pretty = file("pretty", new ObjectMapper().readTree(listed.out()).toPrettyString());
        assertRun(importing(pretty), 0, "imported 0, already there 2, bad 0");
    }

    @Test
    void badElements_areToldByTheirNumbers_andACutOffArrayAfterThem() throws IOException {
        String good = "{\"kid\":\"^a\",\"ek\":\"" + EK + "\"}";
        String keys = file("keys.json", "[" + good + ",\n7,,\n" + good.replace("^a", "^b") + ", {\"kid\":");
        assertRun(
                importing(keys),
                1,
                "element 2, line 2: the row must be a JSON object",
                "element 3, line 2: an element of the array is missing",
                "imported 2, already there 0, bad 2",
                keys + " cannot be read: the array is cut off in element 5, line 3; run the same command again to"
                        + " continue");
        assertThat(list().findValuesAsText("kid")).containsExactlyInAnyOrder(kid("a"), kid("b"));
    }

    @Test
    void exportedKeys_areImported_withTheirKek() throws IOException {
        String own = file("own", "\uFEFF" + secret("11111111111111111111111111111111") + "\r\n");
        String ek = secret("E5D655089B80A796E0F55F15BAC62439CE115900966F3517");
        String keys = file(
                "keys.jsonl",
                "{\"kid\":\"6B6801FE59DA030104702C69F1A7D46A\",\"kekId\":\"#1.952241B0259652B68A8CAE2BE819DFA3390CDB35\","
                        + "\"k\":\"" + secret("12341234123412341234123412341236") + "\",\"ek\":\"" + ek
                        + "\",\"lastUpdate\":\"2021-09-22T22:42:48Z\"}\n");
        assertRun(importing(keys), 1, "line 1: k needs kek", "imported 0, already there 0, bad 1");
        assertRun(importing(keys, "--kek-file", own), 0, "imported 1, already there 0, bad 0");
        assertThat(list().findValuesAsText("ek")).containsExactly(ek.toLowerCase(Locale.ROOT));
    }

    @Test
    void pipes_areReadLikeStandardInput() throws Exception {
        Path keys = TestHome.fifo(folder.resolve("keys"));
        Path keks = TestHome.fifo(folder.resolve("keks"));
        CompletableFuture<Void> wrote = CompletableFuture.runAsync(() -> write(keys, "kid,k\n^a," + K + "\n"));
        CompletableFuture<Void> wroteKek = CompletableFuture.runAsync(() -> write(keks, KEK));
        assertRun(importing(keys.toString(), "--kek-file", keks.toString()), 0, "imported 1, already there 0, bad 0");
        wrote.get(10, TimeUnit.SECONDS);
        wroteKek.get(10, TimeUnit.SECONDS);
        Run named = home.runWithInput("kid,ek\n^b," + EK + "\n", "key", "import", "--account", "1001", "/dev/stdin");
        assertRun(named, 0, "imported 1, already there 0, bad 0");
        assertThat(importing("/dev/stdin", "--kek-file", "-").exit()).isEqualTo(2);
    }

    @Test
    void rowsWithoutAValue_areSkippedWithACount() throws IOException {
        String keys = file("keys.csv", "kid,ek\r\n,\r\n^a," + EK + "\r\n");
        assertRun(importing(keys), 0, "1 row without a value was skipped", "imported 1, already there 0, bad 0");
    }

    @Test
    void thousandsOfKeys_goInSeveralTransactions_andWhatIsThereIsSkipped() throws IOException {
        String header = "kid,ek\n";
        String first = rows(0, 1_500);
        assertRun(importing(file("first.csv", header + first)), 0, "imported 1500, already there 0, bad 0");
        String all = file("all.csv", header + first + rows(1_500, 2_600));
        assertRun(importing(all), 0, "imported 1100, already there 1500, bad 0");
        assertThat(list()).hasSize(2_600);
    }

    @Test
    void run_isAuditedAsOne() throws IOException {
        String keys = file("keys.csv", "kid,ek\n^a," + EK + "\n^b," + EK + "\n");
        importing(keys);
        JsonNode entries =
                new ObjectMapper().readTree(home.run("audit", "list", "--json").out());
        assertThat(entries.findValuesAsText("action")).containsExactly("key import", "key import", "account create");
        assertThat(entries.findValuesAsText("details"))
                .startsWith(
                        "environment=production ended: imported 2, already there 0, bad 0 file=" + keys,
                        "environment=production begun file=" + keys);
    }

    @Test
    void unknownColumn_isWarnedOf() throws IOException {
        String keys = file("keys.csv", "title,kid,ek\nx,^a," + EK + "\n");
        assertRun(
                importing(keys),
                0,
                "The column 'title' is not a member of a key and is ignored",
                "imported 1, already there 0, bad 0");
    }

    @Test
    void whatCannotBegin_isToldInOneSentence() throws IOException {
        String noHeader = "The first row must be a header with kid, and ek or k";
        assertRun(importing(file("a.csv", "^a," + EK + "\n")), 1, noHeader);
        assertRun(importing(file("b.csv", "kid,info\n")), 1, noHeader);
        assertRun(
                importing(file("f.csv", "kid;ek\n^a;" + EK + "\n")),
                1,
                "The header is separated by semicolons; commas are expected");
        assertRun(
                importing(file("g.csv", "\"kid\"\t\"ek\"\n")),
                1,
                "The header is separated by tabs; commas are expected");
        assertRun(
                importing(file("h.csv", "KID,ek\n")),
                1,
                "The header has names in another case or with spaces; they are spelled kid");
        assertRun(importing(file("c.csv", "kid,ek,kid\n")), 1, "The header has the same column twice");
        assertRun(importing(file("d.csv", "kid,\"ek\n")), 1, "The header cannot be read: a quote is not closed");
        String empty = file("e.csv", "");
        assertRun(importing(empty), 1, empty + " is empty; CSV begins with a header");
        String none = folder.resolve("none.csv").toString();
        assertRun(importing(none), 1, none + " cannot be read: there is no such file or folder");
        assertRun(importing(folder.toString()), 1, folder + " is a folder");
        String keys = file("keys.csv", "kid,k\n^a," + K + "\n");
        assertRun(home.run("key", "import", "--account", "7", keys), 1, "There is no account 7");
        assertThat(list()).isEmpty();
    }

    @Test
    void emptyFileOfJson_isWell() throws IOException {
        assertRun(importing(file("keys.jsonl", "")), 0, "imported 0, already there 0, bad 0");
    }

    @Test
    void formatCanBeTold_andWrongUsageIsStatus2() throws IOException {
        String keys = file("keys", "\nkid,ek\n^a," + EK + "\n");
        assertRun(importing(keys, "--format", "csv", "--quiet"), 0, "imported 1, already there 0, bad 0");
        Run both = importing("-", "--kek-file", "-");
        assertThat(both.err())
                .startsWith("--kek-file and FILE cannot both be standard input\nUsage: playgrant key import ");
        assertThat(both.exit()).isEqualTo(2);
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "%032x,%s\n".formatted(i, EK))
                .collect(Collectors.joining());
    }

    private static String kid(String name) {
        return KeyId.ofName(name).toString();
    }

    private JsonNode list() throws IOException {
        return new ObjectMapper()
                .readTree(home.run("key", "list", "--account", "1001", "--json").out());
    }

    private Run importing(String file, String... options) {
        return home.run(Stream.concat(Stream.of("key", "import", "--account", "1001", file), Arrays.stream(options))
                .toArray(String[]::new));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertRun(Run run, int exit, String... lines) {
        assertThat(run.err())
                .isEqualTo(Arrays.stream(lines)
                        .map(line -> "playgrant: " + line + "\n")
                        .collect(Collectors.joining()));
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(exit);
    }
}
