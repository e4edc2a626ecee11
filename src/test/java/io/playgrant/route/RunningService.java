package io.playgrant.route;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Accounts;
import io.playgrant.account.CustomerAuthenticator;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import io.playgrant.console.ConsoleParts;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.route.http.RawHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The whole service in this process, with the repository's routes and settings, on a free port and an empty data folder. */
public final class RunningService implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    static {
        // A Kafka consumer ends when its poll does. A poll that gets nothing otherwise lasts five seconds.
        System.setProperty("camel.component.kafka.pollTimeoutMs", "500");
    }

    private final Application application;
    private final Ports ports;
    private final CountDownLatch end;
    private final Thread thread;

    private RunningService(Application application, Ports ports, CountDownLatch end, Thread thread) {
        this.application = application;
        this.ports = ports;
        this.end = end;
        this.thread = thread;
    }

    public static RunningService start(Path dataDir, Map<String, String> environment) throws Exception {
        return start(openApplication(dataDir, environment), Flow::serve);
    }

    public static RunningService start(Path dataDir, Map<String, String> environment, KeyLookup keyStorage)
            throws Exception {
        return start(
                openApplication(dataDir, environment),
                (application, whenReady, end) -> Flow.serve(application, keyStorage, whenReady, end));
    }

    /** The service with the page of the demo, whose host is one of the test environment. */
    public static RunningService startDemo(Path dataDir) throws Exception {
        Application application =
                openApplication(dataDir, Map.of("PLAYGRANT_TEST_HOSTS", "localhost", "PLAYGRANT_RECORDS", "sync"));
        CustomerAuthenticator shown =
                application.accounts().create("Demo", Profile.STRICT, List.of()).authenticator(Environment.TEST);
        secret(shown.reveal());
        return start(application, (demo, whenReady, end) -> Flow.serveDemo(demo, shown, whenReady, end));
    }

    /** The service with the console and the admin API. */
    public static RunningService startWithConsole(Path dataDir, Map<String, String> environment) throws Exception {
        return startWithConsole(openApplication(dataDir, environment));
    }

    /** The same with an application, which it closes. */
    public static RunningService startWithConsole(Application application) throws Exception {
        ServerIssuer issuer = new ServerIssuer();
        return start(
                application,
                (opened, whenReady, end) -> Flow.serve(
                        opened,
                        health -> ConsoleParts.open(opened, health, List.of(), issuer::issue),
                        issuer,
                        whenReady,
                        end));
    }

    private static RunningService start(Application application, Serving serving) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Ports> ready = new CompletableFuture<>();
        Thread thread = new Thread(() -> serve(serving, application, ready, end), "service");
        thread.start();
        return new RunningService(application, ready.get(PATIENCE_SECONDS, TimeUnit.SECONDS), end, thread);
    }

    private static void serve(
            Serving serving, Application application, CompletableFuture<Ports> ready, CountDownLatch end) {
        try {
            serving.serve(application, ready::complete, end);
        } catch (Exception e) {
            ready.completeExceptionally(e);
        }
    }

    public static Application openApplication(Path dataDir, Map<String, String> environment) {
        return Application.open(settings(dataDir, environment));
    }

    public static Settings settings(Path dataDir, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("PLAYGRANT_HTTP_PORT", "0");
        variables.put("PLAYGRANT_MANAGEMENT_PORT", "0");
        variables.put("PLAYGRANT_DATA_DIR", dataDir.toString());
        return Settings.load(Path.of("").toAbsolutePath(), variables);
    }

    public Application application() {
        return application;
    }

    public int port() {
        return ports.http();
    }

    public int managementPort() {
        return ports.management();
    }

    public RawHttp management() {
        return new RawHttp(ports.management());
    }

    public Customer newCustomer(Profile profile) {
        return Customer.of(application.accounts().create("Test", profile, List.of()));
    }

    /**
     * Waits until the service has read all changes of accounts so far. An account that a request reads after this stays in memory until it
     * changes again.
     */
    public void awaitAccountChangesRead() throws IOException {
        Customer last = newCustomer(Profile.STRICT);
        String target = "/hms/wv/token?errorFormat=json&customerAuthenticator=" + last.production();
        http().get(target);
        application.accounts().change(last.account(), AccountChange.enabled(false));
        await().atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> http().get(target).body().startsWith("{\"code\":-2031,"));
    }

    /** The value of a metric now, by its name with all labels, in alphabetic order. */
    public double metric(String name) throws IOException {
        return management()
                .get("/observe/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no metric " + name));
    }

    public RawHttp http() {
        return new RawHttp(ports.http());
    }

    /** Tells the service to end, and waits for nothing. */
    public void beginToEnd() {
        end.countDown();
    }

    public boolean hasEnded() {
        return !thread.isAlive();
    }

    @Override
    public void close() {
        beginToEnd();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(hasEnded()).isTrue();
        application.close();
    }

    /** One of the ways to serve. */
    @FunctionalInterface
    private interface Serving {
        void serve(Application application, Consumer<Ports> whenReady, CountDownLatch end) throws Exception;
    }

    /** An account and what it authenticates with. */
    public record Customer(long account, String production, String test) {

        public static Customer of(Accounts.Created created) {
            return new Customer(
                    created.account().number(),
                    secret(created.authenticator(Environment.PRODUCTION).reveal()),
                    secret(created.authenticator(Environment.TEST).reveal()));
        }

        @Override
        public String toString() {
            return "account " + account;
        }
    }
}
