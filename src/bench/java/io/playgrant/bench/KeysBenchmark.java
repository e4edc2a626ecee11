package io.playgrant.bench;

import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.cli.PackagedProgram;
import io.playgrant.config.SharedInstallation;
import io.playgrant.contentkey.KeyId;
import io.playgrant.keystore.KeyCache;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Stored keys on a PostgreSQL server of its own, which does not wait for the disk: how long {@code ./playgrant key import} takes for many, and
 * with all of them there, how long a look-up takes that is not in memory, a request for a token that needs one, and a count.
 */
final class KeysBenchmark {

    private static final int KEYS = Integer.getInteger("bench.keys", 1_000_000);
    private static final int LOOK_UPS = Integer.getInteger("bench.lookups", 10_000);
    private static final int COUNTS = 50;

    private static final String KEK = "000102030405060708090a0b0c0d0e0f";

    /** Some key, wrapped under the kek: that of RFC 3394 section 4.1. */
    private static final String EK = "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5";

    private final Path data;
    private final SharedInstallation installation;
    private final Accounts.Created account;
    private final String authenticator;

    /** The next key that was not asked for yet. */
    private int fresh;

    private KeysBenchmark(Path data, SharedInstallation installation) {
        this.data = data;
        this.installation = installation;
        try (Application application = Application.open(installation.settings(data))) {
            this.account = application.accounts().create("Films", Profile.STRICT, List.of());
        }
        this.authenticator = KafkaBenchmark.authenticator(account);
    }

    static void run(Path folder) throws Exception {
        Path data = folder.resolve("data");
        Benchmarks.print("Stored keys, " + KEYS + " of them on PostgreSQL:");
        try (SharedInstallation installation = SharedInstallation.create()) {
            installation.makeKeys(data);
            KeysBenchmark benchmark = new KeysBenchmark(data, installation);
            Path keys = folder.resolve("keys.csv");
            write(keys);
            benchmark.importAll("import", keys);
            benchmark.importAll("the same again", keys);
            benchmark.lookUp();
            try (Server server = PackagedProgram.serve(data, installation.environment())) {
                benchmark.askForTokens(server);
                benchmark.count(server);
            }
        }
    }

    /** In no order, like the kids of others. */
    private static String kid(int i) {
        SplittableRandom random = new SplittableRandom(i);
        ByteBuffer bytes = ByteBuffer.allocate(KeyId.LENGTH).putLong(random.nextLong()).putLong(random.nextLong());
        return HexFormat.of().formatHex(bytes.array());
    }

    private static void write(Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("kid,ek\n");
            for (int i = 0; i < KEYS; i++) {
                out.write(kid(i) + "," + EK + "\n");
            }
        }
    }

    private void importAll(String what, Path keys) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of("playgrant").toAbsolutePath().toString(),
                "key",
                "import",
                "--account",
                Long.toString(account.account().number()),
                "--quiet",
                keys.toString());
        builder.environment().put("PLAYGRANT_DATA_DIR", data.toString());
        builder.environment().putAll(installation.environment());
        long since = System.nanoTime();
        int status = builder.inheritIO().start().waitFor();
        double seconds = (System.nanoTime() - since) / 1e9;
        if (status != 0) {
            throw new IllegalStateException("status " + status);
        }
        Benchmarks.print(String.format(Locale.ROOT, "  %s: %.1f s, %.0f keys/s", what, seconds, KEYS / seconds));
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
        long[] nanos = new long[LOOK_UPS];
        for (int i = 0; i < nanos.length; i++) {
            KeyId kid = KeyId.ofHex(kid(fresh++ % KEYS));
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

    private void askForTokens(Server server) throws Exception {
        askForTokens(server, 1, fresh);
        for (int clients : List.of(1, 4)) {
            int first = fresh + LOOK_UPS * clients;
            tell("tokens whose keys are not in memory, " + clients + " at once", askForTokens(server, clients, first));
            tell("tokens whose keys are in memory, " + clients + " at once", askForTokens(server, clients, first));
        }
    }

    private long[] askForTokens(Server server, int clients, int first) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        List<Future<long[]>> all = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            int begin = first + client * (LOOK_UPS / clients);
            all.add(threads.submit(() -> askOneByOne(server, begin, LOOK_UPS / clients)));
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

    private long[] askOneByOne(Server server, int first, int count) throws Exception {
        long[] nanos = new long[count];
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        URI uri = uri(server, "/hms/wv/token");
        for (int i = 0; i < count; i++) {
            String body = "customerAuthenticator=" + authenticator + "&securityLevel=1&hdcpOutputControl=0&kek=" + KEK
                    + "&kid=" + kid((first + i) % KEYS);
            nanos[i] = ask(
                    client,
                    HttpRequest.newBuilder(uri)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(body))
                            .build());
        }
        return nanos;
    }

    private void count(Server server) throws Exception {
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

    private static URI uri(Server server, String target) {
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

    private static void tell(String what, long[] nanos) {
        Arrays.sort(nanos);
        Benchmarks.print(String.format(
                Locale.ROOT,
                "  %s: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, longest %.2f ms",
                what,
                millis(nanos, 0.5),
                millis(nanos, 0.99),
                millis(nanos, 0.999),
                millis(nanos, 1)));
    }

    private static double millis(long[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1] / 1e6;
    }
}
