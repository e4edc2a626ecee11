package io.playgrant.bench.bulk;

import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.bench.report.Table;
import io.playgrant.bench.Options;
import io.playgrant.bench.measure.Commands;
import io.playgrant.bench.report.Numbers;
import io.playgrant.bench.report.Report;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.bench.server.PlaygrantServer;
import io.playgrant.config.SharedInstallation;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.KeyCache;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/** One run of {@link KeysBenchmark}. */
final class KeysRun {

    private static final int COUNTS = 50;
    private static final int DIGITS = 3;

    private final Options options;
    private final Path data;
    private final SharedInstallation installation;
    private final Accounts.Created account;
    private final String authenticator;
    private final int keys;
    private final int lookUps;
    private final Table latencies = Table.of("Latencies, milliseconds", "", "p50", "p99", "p99.9", "longest");

    /** The next key that was not asked for yet. */
    private int fresh;

    KeysRun(Options options, Path data, SharedInstallation installation, int keys, int lookUps) {
        this.options = options;
        this.data = data;
        this.installation = installation;
        this.keys = keys;
        this.lookUps = lookUps;
        try (Application application = Application.open(installation.settings(data))) {
            this.account = application.accounts().create("Films", Profile.STRICT, List.of());
        }
        this.authenticator = account.authenticator(Environment.PRODUCTION).reveal();
    }

    Report report(Path file) throws Exception {
        write(file);
        Table imports = Table.of("Import of " + Numbers.count(keys) + " stored keys", "", "s", "keys/s");
        importAll("new keys", file, imports);
        importAll("the same again", file, imports);
        lookUp();
        try (PlaygrantServer server = PlaygrantServer.start(data, installation.environment())) {
            askForTokens(server);
            count(server);
        }
        return new Report("keys").table(imports).table(latencies);
    }

    /** In no order, like the kids of others. */
    private static String kid(int i) {
        SplittableRandom random = new SplittableRandom(i);
        ByteBuffer bytes = ByteBuffer.allocate(KeyId.LENGTH).putLong(random.nextLong()).putLong(random.nextLong());
        return HexFormat.of().formatHex(bytes.array());
    }

    private void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("kid,ek\n");
            for (int i = 0; i < keys; i++) {
                out.write(kid(i) + "," + BenchFolder.EK + "\n");
            }
        }
    }

    private void importAll(String what, Path file, Table into) throws Exception {
        options.progress(what);
        Map<String, String> environment = new HashMap<>(installation.environment());
        environment.put("PLAYGRANT_DATA_DIR", data.toString());
        double seconds = Commands.run(
                        environment,
                        "key",
                        "import",
                        "--account",
                        Long.toString(account.account().number()),
                        "--quiet",
                        file.toString())
                .seconds();
        into.row(what, Numbers.of(seconds), Numbers.of(keys / seconds));
    }

    /** What a request waits for whose key is not in memory. */
    private void lookUp() {
        try (Application application = Application.open(installation.settings(data));
                KeyCache cache = application.newKeyCache()) {
            // Twice, as the first round is that of the compiler.
            lookUp(cache);
            tell("look-ups from the database", lookUp(cache));
        }
    }

    private long[] lookUp(KeyCache cache) {
        long[] nanos = new long[lookUps];
        for (int i = 0; i < nanos.length; i++) {
            KeyId kid = KeyId.ofHex(kid(fresh++ % keys));
            long since = System.nanoTime();
            boolean found = cache.find(account.account().number(), Environment.PRODUCTION, kid)
                    .isPresent();
            nanos[i] = System.nanoTime() - since;
            if (!found) {
                throw new IllegalStateException("a key is missing");
            }
        }
        return nanos;
    }

    private void askForTokens(PlaygrantServer server) throws Exception {
        askForTokens(server, 1, fresh);
        for (int clients : List.of(1, 4)) {
            int first = fresh + lookUps * clients;
            tell("tokens whose keys are not in memory, " + clients + " at once", askForTokens(server, clients, first));
            tell("tokens whose keys are in memory, " + clients + " at once", askForTokens(server, clients, first));
        }
    }

    private long[] askForTokens(PlaygrantServer server, int clients, int first) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<long[]>> all = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            int begin = first + client * (lookUps / clients);
            all.add(threads.submit(() -> askOneByOne(server, begin, lookUps / clients)));
        }
        long[] nanos = {};
        for (Future<long[]> some : all) {
            int before = nanos.length;
            nanos = Arrays.copyOf(nanos, before + some.get().length);
            System.arraycopy(some.get(), 0, nanos, before, some.get().length);
        }
        threads.shutdown();
        return nanos;
    }

    private long[] askOneByOne(PlaygrantServer server, int first, int count) throws Exception {
        long[] nanos = new long[count];
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        URI uri = uri(server, "/hms/wv/token");
        for (int i = 0; i < count; i++) {
            String body = "customerAuthenticator=" + authenticator + "&securityLevel=1&hdcpOutputControl=0&kek=" + BenchFolder.KEK
                    + "&kid=" + kid((first + i) % keys);
            nanos[i] = ask(
                    client,
                    HttpRequest.newBuilder(uri)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(body))
                            .build());
        }
        return nanos;
    }

    private void count(PlaygrantServer server) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(
                        uri(server, "/keystore/keycount?customerAuthenticator=" + authenticator))
                .build();
        long[] nanos = new long[COUNTS];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = ask(client, request);
        }
        tell("GET /keycount", nanos);
    }

    private static URI uri(PlaygrantServer server, String target) {
        return URI.create("http://127.0.0.1:" + server.port() + target);
    }

    private static long ask(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        long since = System.nanoTime();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        long nanos = System.nanoTime() - since;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("status " + answer.statusCode());
        }
        return nanos;
    }

    private void tell(String what, long[] nanos) {
        Histogram histogram = new Histogram(DIGITS);
        for (long one : nanos) {
            histogram.recordValue(one);
        }
        latencies.row(
                what,
                millis(histogram, 50),
                millis(histogram, 99),
                millis(histogram, 99.9),
                Numbers.of(histogram.getMaxValue() / 1e6));
        options.progress(what);
    }

    private static String millis(Histogram histogram, double percentile) {
        return Numbers.of(histogram.getValueAtPercentile(percentile) / 1e6);
    }
}
