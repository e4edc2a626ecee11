package io.playgrant.cli.batch;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.batch.SampleMessage;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.HeldSamples;
import io.playgrant.keystore.StoredKeys.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchCommandTest {

    private static final String KEY = secret("5ec2e7babe5ec2e75ec2e7babe5ec2e7");
    private static final String HEADER = "id,kid,contentKey,securityLevel,hdcpOutputControl\n";
    private static final String RESULTS = "id,licenseUrl,code,message\n";
    private static final String URL = "https?://127\\.0\\.0\\.1:8080/hms/wv/rights/\\?ExpressPlayToken=[A-Za-z0-9_-]+";

    private TestHome home;
    private Path folder;
    private Path out;
    private Path authenticator;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
        folder = path;
        out = path.resolve("tokens.csv");
        authenticator = path.resolve("authenticator");
    }

    @Test
    void csv_isAnsweredInOrder() throws IOException {
        createAccount();
        Path requests =
                file("requests.csv", HEADER + "a,^a," + KEY + ",1,0\n,," + KEY + ",1,0\nc,\"^c\"," + KEY + ",1,0\nd\n");
        Run run = batch(requests);
        assertThat(run.err()).isEqualTo("playgrant: ok 2, -4018 1 (first at line 3), 400 1 (first at line 5)\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(5).startsWith(RESULTS.strip());
        assertThat(lines.get(1)).matches("a,\"?" + URL + "\"?,,");
        assertThat(lines.get(2)).startsWith("3,,-4018,\"[-4018] Missing kid: ");
        assertThat(lines.get(3)).matches("c,\"?" + URL + "\"?,,");
        assertThat(lines.get(4))
                .isEqualTo("5,,400,\"[400] Bad Request: line 5: the row has 1 fields, the header has 5\"");
    }

    @Test
    void heldKeys_needOnlyTheirKidOrContentId() throws IOException {
        createAccount();
        try (Application application = home.openApplication()) {
            HeldSamples.hold(
                    application,
                    new Owner(1001, Environment.PRODUCTION),
                    KeyId.ofName("held"),
                    secret("acac1111acac2222acac3333acac4444"),
                    "film",
                    0);
        }
        Run run = batch(file(
                "requests.csv",
                "id,kid,contentId,securityLevel,hdcpOutputControl\na,^held,,1,0\nb,,film,1,0\nc,,no film,1,0\n"));
        assertThat(run.err()).isEqualTo("playgrant: ok 2, -4019 1 (first at line 4)\n");
        Files.delete(out);
        Run json = batch(
                file(
                        "requests.jsonl",
                        "{\"id\":\"a\",\"parameters\":{\"contentId\":\"film\",\"securityLevel\":1,\"hdcpOutputControl\":0}}\n"));
        assertThat(json.err()).isEqualTo("playgrant: ok 1\n");
    }

    @Test
    void jsonLines_goFromStandardInputToStandardOutput() throws IOException {
        createAccount();
        Run run = home.runWithInput(
                "\n{\"id\":\"a\",\"parameters\":{\"contentKey\":\"" + KEY + "\"}}\nnonsense\n",
                "batch",
                "-",
                "--authenticator-file",
                authenticator.toString(),
                "--default",
                "kid=^k",
                "--default",
                "securityLevel=1",
                "--default",
                "hdcpOutputControl=0",
                "--threads",
                "1");
        assertThat(run.err()).isEqualTo("playgrant: ok 1, 400 1 (first at line 3)\n");
        assertThat(run.exit()).isEqualTo(1);
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).matches("\\{\"id\":\"a\",\"licenseUrl\":\"" + URL + "\"}");
        assertThat(lines.get(1))
                .isEqualTo("{\"id\":\"3\",\"error\":{\"code\":400,\"message\":\"[400] Bad Request: line 3:"
                        + " the message is not JSON\"}}");
    }

    @Test
    void allWell_isStatus0_andAHeaderAloneIsWell() throws IOException {
        createAccount();
        Run run = batch(file("requests.csv", "\uFEFF" + HEADER.replace("\n", "\r\n")));
        assertThat(run.err()).isEqualTo("playgrant: ok 0\n");
        assertThat(run.exit()).isZero();
        assertThat(out).hasContent(RESULTS);
        Run json = home.run("batch", file("empty.jsonl", "").toString());
        assertThat(json.err()).isEqualTo("playgrant: ok 0\n");
        assertThat(json.out()).isEmpty();
        assertThat(json.exit()).isZero();
    }

    @Test
    void unknownColumn_isWarnedOfOnce() throws IOException {
        createAccount();
        Run run = batch(file("requests.csv", "title,kid\nx,^a\ny,^b\n"));
        assertThat(run.err().lines())
                .hasSize(2)
                .startsWith("playgrant: The column 'title' is not a parameter and is ignored");
    }

    @Test
    void resume_goesOn_andWithoutItNothingIsOverwritten() throws IOException {
        createAccount();
        Path requests =
                file("requests.csv", HEADER + "a,^a," + KEY + ",1,0\nb,^b," + KEY + ",1,0\nc,^c," + KEY + ",1,0\n");
        Files.writeString(out, RESULTS + "a,http://h/,,\nb,ht");
        Run refused = batch(requests);
        assertThat(refused.err()).isEqualTo("playgrant: " + out + " exists already; use --resume to continue it\n");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(out).hasContent(RESULTS + "a,http://h/,,\nb,ht");
        Run run = batch(requests, "--resume");
        assertThat(run.err()).isEqualTo("playgrant: ok 3\n");
        assertThat(run.exit()).isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(4).startsWith(RESULTS.strip(), "a,http://h/,,");
        assertThat(lines.get(2)).matches("b,\"?" + URL + "\"?,,");
        assertThat(lines.get(3)).startsWith("c,");
        assertThat(batch(requests, "--resume").exit()).isZero();
        assertThat(out).hasContent(String.join("\n", lines));
    }

    @Test
    void unusableFiles_areToldInOneSentence_andNothingIsMade() throws IOException {
        createAccount();
        Path requests = file("requests.csv", HEADER);
        assertFails(
                batch(folder.resolve("missing.csv")),
                folder.resolve("missing.csv") + " cannot be read: there is no such file or folder");
        assertFails(batch(folder), folder + " is a folder");
        assertFails(batch(file("empty.csv", "")), folder.resolve("empty.csv") + " is empty; CSV begins with a header");
        assertFails(
                batch(file("bare.csv", "1,^film," + KEY + "\n")),
                "The first row must be a header; it has neither id nor the name of a parameter");
        assertThat(out).doesNotExist();
        Path nowhere = folder.resolve("nowhere/tokens.csv");
        assertFails(
                home.run("batch", requests.toString(), "--out", nowhere.toString()),
                nowhere + " cannot be written: there is no such file or folder");
        assertFails(
                home.run(
                        "batch",
                        requests.toString(),
                        "--authenticator-file",
                        requests.resolveSibling("no").toString()),
                folder.resolve("no") + " cannot be read: there is no such file or folder");
        assertFails(
                home.run(
                        "batch",
                        requests.toString(),
                        "--authenticator-file",
                        file("two", "a\nb\n").toString()),
                folder.resolve("two") + " must contain one customerAuthenticator and nothing else");
    }

    @Test
    void jsonArray_isAnsweredLikeLines_whateverTheNameSays() throws IOException {
        createAccount();
        String one = SampleMessage.of(KEY).with("kid", "^a").json("a");
        String pretty = "\uFEFF[\n  " + one.replace(",", ",\n    ") + ",\n  nonsense,\n  "
                + one.replace("\"a\"", "\"c\"") + "\n]\n";
        for (String name : List.of("requests.json", "requests.jsonl", "requests")) {
            Files.deleteIfExists(out);
            Run run = batch(file(name, pretty));
            assertThat(run.err()).isEqualTo("playgrant: ok 2, 400 1 (first at element 2, line 7)\n");
            List<String> lines = Files.readAllLines(out);
            assertThat(lines).hasSize(4);
            assertThat(lines.get(1)).matches("a,\"?" + URL + "\"?,,");
            assertThat(lines.get(2))
                    .isEqualTo("2,,400,\"[400] Bad Request: element 2, line 7: the message is not JSON\"");
            assertThat(lines.get(3)).matches("c,\"?" + URL + "\"?,,");
        }
        Run lines = home.run(
                "batch",
                file("lines.json", one + "\n" + one).toString(),
                "--authenticator-file",
                authenticator.toString());
        assertThat(lines.err()).isEqualTo("playgrant: ok 2\n");
        assertThat(lines.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"id\":\"a\",\"licenseUrl\":"));
        Run array = home.runWithInput("[" + one + "]", "batch", "-", "--authenticator-file", authenticator.toString());
        assertThat(array.err()).isEqualTo("playgrant: ok 1\n");
        assertThat(array.out().lines()).hasSize(1);
    }

    @Test
    void arrayThatIsCutOff_isAnsweredAsFarAsItGoes_andResumedWhenItIsWhole() throws IOException {
        createAccount();
        String element = SampleMessage.of(KEY).with("kid", "^a").json("a");
        String array =
                "[" + element + "," + element.replace("\"a\"", "\"b\"") + "," + element.replace("\"a\"", "\"c\"") + "]";
        Path requests = file("requests.json", array.substring(0, array.length() - 9));
        Run cut = batch(requests);
        assertThat(cut.err())
                .isEqualTo("playgrant: ok 2\nplaygrant: The requests cannot be read: the array is cut off in element 3,"
                        + " line 1; run the same command with --resume to continue\n");
        assertThat(cut.exit()).isEqualTo(1);
        List<String> two = Files.readAllLines(out);
        assertThat(two).hasSize(3);
        Files.writeString(requests, array);
        Run whole = batch(requests, "--resume");
        assertThat(whole.err()).isEqualTo("playgrant: ok 3\n");
        assertThat(Files.readAllLines(out)).hasSize(4).startsWith(two.toArray(String[]::new));
    }

    @Test
    void rowsWithoutAValue_areSkippedWithACount() throws IOException {
        createAccount();
        String row = "^a," + KEY + ",1,0\r\n";
        Path requests = file("requests.csv", HEADER + "a," + row + ",,,,\r\n" + "b," + row + ",,,,\r\n");
        Run run = batch(requests);
        assertThat(run.err()).isEqualTo("playgrant: 2 rows without a value were skipped\nplaygrant: ok 2\n");
        assertThat(run.exit()).isZero();
        assertThat(Files.readAllLines(out)).hasSize(3);
        assertThat(batch(requests, "--resume").err())
                .isEqualTo("playgrant: 2 rows without a value were skipped\nplaygrant: ok 2\n");
    }

    @Test
    void headerThatIsNotOurs_isExplained() throws IOException {
        createAccount();
        String row = "a1;^film-1;" + KEY + ";1;0\r\n";
        Path semicolons = file("semicolons.csv", "\uFEFF" + HEADER.strip().replace(',', ';') + "\r\n" + row);
        assertFails(batch(semicolons), "The header is separated by semicolons; commas are expected");
        assertFails(
                batch(file("upper.csv", "ID,KID\na,^a\n")),
                "The header has names in another case or with spaces; they are spelled id, kid");
        Run some = batch(file("some.csv", "id,Kid\na,^a\n"));
        assertThat(some.err())
                .startsWith(
                        "playgrant: The column 'Kid' is not a parameter and is ignored. The parameter is spelled kid\n");
    }

    @Test
    void byteOrderMark_isNoPartOfTheAuthenticator() throws IOException {
        createAccount();
        Path requests = file("requests.csv", HEADER + "a,^a," + KEY + ",1,0\n");
        String text = Files.readString(authenticator);
        Files.writeString(authenticator, "\uFEFF" + text);
        assertThat(batch(requests).err()).isEqualTo("playgrant: ok 1\n");
        Files.delete(out);
        Files.writeString(authenticator, "\uFEFF" + text, StandardCharsets.UTF_16LE);
        assertThat(batch(requests).err()).isEqualTo("playgrant: ok 1\n");
    }

    @Test
    void pipes_areReadAndWrittenLikeStandardInputAndOutput() throws Exception {
        createAccount();
        String requests = HEADER + "a,^a," + KEY + ",1,0\nb,^b," + KEY + ",1,0\n";
        Path in = fifo("in");
        Path results = fifo("results");
        Path credentials = fifo("credentials");
        String authenticators = Files.readString(authenticator);
        CompletableFuture<Void> wrote = CompletableFuture.runAsync(() -> write(in, requests));
        CompletableFuture<Void> named = CompletableFuture.runAsync(() -> write(credentials, authenticators));
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> read(results));
        Run run = home.run(
                "batch", in.toString(), "--out", results.toString(), "--authenticator-file", credentials.toString());
        assertThat(run.err()).isEqualTo("playgrant: ok 2\n");
        assertThat(run.exit()).isZero();
        wrote.get(10, TimeUnit.SECONDS);
        named.get(10, TimeUnit.SECONDS);
        assertThat(read.get(10, TimeUnit.SECONDS).lines()).hasSize(3).startsWith(RESULTS.strip());
        assertAskedWrongly("--resume needs a file for the requests and a file for --out", in, "--resume", "--out", "x");
    }

    @Test
    void namesOfStandardInput_areReadAsADash() throws IOException {
        createAccount();
        String requests = HEADER + "a,^a," + KEY + ",1,0\n";
        for (String name : List.of("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")) {
            Run run = home.runWithInput(requests, "batch", name, "--authenticator-file", authenticator.toString());
            assertThat(run.err()).isEqualTo("playgrant: ok 1\n");
            assertThat(run.out().lines()).hasSize(2);
        }
        Run both = home.run("batch", "-", "--authenticator-file", "/dev/stdin");
        assertThat(both.err()).startsWith("--authenticator-file and FILE cannot both be standard input\n");
        assertThat(both.exit()).isEqualTo(2);
        Run resumed = home.run("batch", "/dev/stdin", "--resume", "--out", out.toString());
        assertThat(resumed.err()).startsWith("--resume needs a file for the requests and a file for --out\n");
        assertThat(resumed.exit()).isEqualTo(2);
    }

    @Test
    void wrongUsage_isStatus2_andQuotesNoValue() throws IOException {
        Path requests = file("requests.csv", HEADER);
        assertAskedWrongly("--resume needs a file for the requests and a file for --out", requests, "--resume");
        assertAskedWrongly("--threads must be a number from 1 to 64", requests, "--threads", "0");
        assertAskedWrongly("--server needs --authenticator-file", requests, "--server", "http://127.0.0.1:1");
        assertAskedWrongly("--authorities needs --server https://...", requests, "--authorities", "ca.pem");
        assertAskedWrongly("--default must be name=value, with the name of a parameter.", requests, "--default", KEY);
        assertAskedWrongly(
                "--default must be name=value, with the name of a parameter.", requests, "--default", "key=" + KEY);
        assertAskedWrongly(
                "--authenticator-file and --default customerAuthenticator cannot be given together.",
                requests,
                "--authenticator-file",
                "x",
                "--default",
                "customerAuthenticator=1001," + KEY);
        assertAskedWrongly(
                "--default customerAuthenticator can be given only once.",
                requests,
                "--default",
                "customerAuthenticator=1001," + KEY,
                "--default",
                "customerAuthenticator=1002," + KEY);
        assertAskedWrongly(
                "Invalid value for option '--format': 'xml' is none of csv, json and jsonl",
                requests,
                "--format",
                "xml");
        assertAskedWrongly(
                "Invalid value for option '--server': it must be http://HOST:PORT or https://HOST:PORT",
                requests,
                "--server",
                "localhost:8080");
        for (String url : List.of("http://my_host:8080", "http://m\u00fcller.example", "https://localhost:65536")) {
            assertAskedWrongly(
                    "Invalid value for option '--server': its host must be a name of letters, digits, - and ., without"
                            + " underscores, or an address, IPv6 in brackets; its port is at most 65535",
                    requests,
                    "--server",
                    url);
        }
        assertThat(home.data()).doesNotExist();
    }

    @Test
    void server_isAskedInsteadOfTheDataFolder() throws IOException {
        Files.writeString(authenticator, "1001," + KEY + "\n");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hms/wv/tokens", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"id\":\"a\",\"licenseUrl\":\"u\"}\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            Run run = batch(
                    file("requests.csv", "id,kid\na,^a\n"),
                    "--server",
                    "http://127.0.0.1:" + server.getAddress().getPort());
            assertThat(run.err()).isEqualTo("playgrant: ok 1\n");
            assertThat(run.exit()).isZero();
            assertThat(out).hasContent(RESULTS + "a,u,,");
            Run array = home.run(
                    "batch",
                    file("requests.json", "[{\"id\":\"a\",\"parameters\":{\"kid\":\"^a\"}}]")
                            .toString(),
                    "--authenticator-file",
                    authenticator.toString(),
                    "--server",
                    "http://127.0.0.1:" + server.getAddress().getPort());
            assertThat(array.err()).isEqualTo("playgrant: ok 1\n");
            assertThat(array.out()).isEqualTo("{\"id\":\"a\",\"licenseUrl\":\"u\"}\n");
            server.removeContext("/hms/wv/tokens");
            Run refused = batch(
                    file("more.csv", "id,kid\na,^a\nb,^b\n"),
                    "--resume",
                    "--server",
                    "http://127.0.0.1:" + server.getAddress().getPort());
            assertThat(refused.err())
                    .isEqualTo("playgrant: ok 1\nplaygrant: The server at 127.0.0.1:"
                            + server.getAddress().getPort()
                            + " answers with 404; this server has no endpoint for streams at /hms/wv/tokens;"
                            + " run the same command with --resume to continue\n");
            assertThat(refused.exit()).isEqualTo(1);
        } finally {
            server.stop(0);
        }
        assertThat(home.data()).doesNotExist();
    }

    private Path fifo(String name) throws Exception {
        return TestHome.fifo(folder.resolve(name));
    }

    private static void write(Path path, String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void createAccount() throws IOException {
        Files.writeString(authenticator, home.createAccount("N") + "\n");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Run batch(Path requests, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "batch",
                requests.toString(),
                "--out",
                out.toString(),
                "--authenticator-file",
                authenticator.toString()));
        arguments.addAll(List.of(more));
        return home.run(arguments.toArray(String[]::new));
    }

    private static void assertFails(Run run, String sentence) {
        assertThat(run.err()).isEqualTo("playgrant: " + sentence + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }

    private void assertAskedWrongly(String sentence, Path requests, String... options) {
        List<String> arguments = new ArrayList<>(List.of("batch", requests.toString()));
        arguments.addAll(List.of(options));
        Run run = home.run(arguments.toArray(String[]::new));
        assertThat(run.err()).startsWith(sentence + "\nUsage: playgrant batch ").doesNotContain(KEY);
        assertThat(run.exit()).isEqualTo(2);
    }
}
