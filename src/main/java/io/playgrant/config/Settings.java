package io.playgrant.config;

import io.playgrant.account.AddressRange;
import io.playgrant.record.Recording;
import io.playgrant.storage.DatabaseServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings: {@code application.properties}, each overridable by an environment variable of the same name in capitals, with
 * underscores for dots.
 *
 * @param home the folder that holds {@code application.properties} and {@code routes/}; relative paths start there
 * @param http the service's HTTP server
 * @param management the server of health and metrics
 * @param console the console and the admin API
 * @param jms the JMS broker; empty if none is used
 * @param dataDir the data folder
 * @param database the database on a server; if empty, an embedded one in the data folder
 * @param databaseAway how long cached accounts and stored keys are used while the database is unreachable
 * @param rightsUrl the URL at which production tokens are redeemed; if empty, built from the request's host
 * @param testRightsUrl the URL at which test tokens are redeemed; if empty, built from the request's host
 * @param testHosts patterns of the host names of the test environment
 * @param logFormat the format of the log
 * @param kafka Kafka; empty if none is used
 * @param records the records of answers
 * @param license redemption
 * @param packager packagers
 */
public record Settings(
        Path home,
        Http http,
        Management management,
        ConsoleSettings console,
        Optional<JmsSettings> jms,
        Path dataDir,
        Optional<DatabaseServer> database,
        Duration databaseAway,
        Optional<URI> rightsUrl,
        Optional<URI> testRightsUrl,
        List<String> testHosts,
        LogFormat logFormat,
        Optional<KafkaSettings> kafka,
        Records records,
        LicenseSettings license,
        PackagerSettings packager) {

    static final Setting<String> HTTP_HOST = new Setting<>("playgrant.http.host", SettingParsers::host);
    static final Setting<Integer> HTTP_PORT = number("playgrant.http.port", 0, 65_535);
    private static final Setting<Integer> WORKER_THREADS = number("playgrant.worker.threads", 1, 1_000);
    private static final Setting<Integer> WAITING_REQUESTS = number("playgrant.waiting.requests", 0, 100_000);
    private static final Setting<Integer> SHUTDOWN_SECONDS = number("playgrant.shutdown.seconds", 1, 600);
    static final Setting<Optional<Path>> TLS_CERTIFICATE =
            new Setting<>("playgrant.tls.certificate", SettingParsers::file);
    static final Setting<Optional<Path>> TLS_KEY = new Setting<>("playgrant.tls.key", SettingParsers::file);
    private static final Setting<List<AddressRange>> TRUSTED_PROXIES =
            new Setting<>("playgrant.trusted.proxies", SettingParsers::addressRanges);
    static final Setting<String> MANAGEMENT_HOST = new Setting<>("playgrant.management.host", SettingParsers::host);
    static final Setting<Integer> MANAGEMENT_PORT = number("playgrant.management.port", 0, 65_535);
    static final Setting<Boolean> MANAGEMENT_TLS = new Setting<>("playgrant.management.tls", SettingParsers::onOff);
    static final Setting<Path> DATA_DIR = new Setting<>("playgrant.data.dir", SettingParsers::folder);
    private static final Setting<Integer> DATABASE_AWAY_SECONDS = number("playgrant.database.away.seconds", 3, 3_600);
    private static final Setting<Optional<URI>> RIGHTS_URL = new Setting<>("playgrant.rights.url", SettingParsers::url);
    private static final Setting<Optional<URI>> TEST_RIGHTS_URL =
            new Setting<>("playgrant.test.rights.url", SettingParsers::url);
    private static final Setting<List<String>> TEST_HOSTS =
            new Setting<>("playgrant.test.hosts", SettingParsers::hostPatterns);
    private static final Setting<LogFormat> LOG_FORMAT =
            new Setting<>("playgrant.log.format", SettingParsers::logFormat);
    private static final Setting<Recording> RECORDS = new Setting<>("playgrant.records", SettingParsers::recording);
    private static final Setting<Integer> RECORDS_DAYS = number("playgrant.records.days", 0, 36_500);
    private static final Setting<Integer> USAGE_DAYS = number("playgrant.usage.days", 0, 36_500);

    /** All of them, in the order of {@code application.properties}. */
    static final List<Setting<?>> ALL = Stream.<List<Setting<?>>>of(
                    List.of(
                            HTTP_HOST,
                            HTTP_PORT,
                            WORKER_THREADS,
                            WAITING_REQUESTS,
                            SHUTDOWN_SECONDS,
                            TLS_CERTIFICATE,
                            TLS_KEY,
                            TRUSTED_PROXIES,
                            MANAGEMENT_HOST,
                            MANAGEMENT_PORT,
                            MANAGEMENT_TLS),
                    ConsoleSettings.ALL,
                    List.of(LOG_FORMAT, TEST_HOSTS, RIGHTS_URL, TEST_RIGHTS_URL),
                    LicenseSettings.ALL,
                    PackagerSettings.ALL,
                    List.of(DATA_DIR),
                    DatabaseSettings.ALL,
                    List.of(DATABASE_AWAY_SECONDS, RECORDS, RECORDS_DAYS, USAGE_DAYS),
                    KafkaSettings.ALL,
                    JmsSettings.ALL)
            .flatMap(List::stream)
            .toList();

    /**
     * The HTTP server of the service.
     *
     * @param host the address to listen on
     * @param port the port to listen on; 0 picks a free one
     * @param workerThreads the number of requests served at the same time
     * @param waitingRequests the number of requests that may wait for a worker thread; further requests are refused at once
     * @param shutdownTimeout how long a graceful shutdown waits for open requests
     * @param tls the files for TLS; plain HTTP if empty
     * @param trustedProxies the proxies whose {@code X-Forwarded-…} headers are trusted
     */
    public record Http(
            String host,
            int port,
            int workerThreads,
            int waitingRequests,
            Duration shutdownTimeout,
            Optional<Tls> tls,
            List<AddressRange> trustedProxies) {

        /** The scheme of its URLs: {@code https} with TLS, otherwise {@code http}. */
        public String scheme() {
            return tls.isPresent() ? "https" : "http";
        }
    }

    /**
     * Files in PEM (RFC 7468).
     *
     * @param certificate the certificate, then those of its issuers
     * @param key its private key
     */
    public record Tls(Path certificate, Path key) {}

    /**
     * The server of health and metrics, of the console and of the admin API.
     *
     * @param host the address to listen on
     * @param port the port to listen on; 0 picks a free one
     * @param tls whether it speaks TLS, with the certificate of the service
     */
    public record Management(String host, int port, boolean tls) {

        /** A server without TLS. */
        public Management(String host, int port) {
            this(host, port, false);
        }

        /** The scheme of its URLs. */
        public String scheme() {
            return tls ? "https" : "http";
        }
    }

    /**
     * The records of answers to token requests.
     *
     * @param recording when they are written
     * @param kept how long they are kept; for ever if empty
     * @param usageKept how long their counts are kept; for ever if empty
     */
    public record Records(Recording recording, Optional<Duration> kept, Optional<Duration> usageKept) {}

    /**
     * Reads the settings.
     *
     * @param home the folder of {@code application.properties}
     * @param environment the process's environment variables
     * @throws SettingsException with a message that names the wrong setting
     */
    public static Settings load(Path home, Map<String, String> environment) {
        SettingsSource source = SettingsSource.open(home, environment);
        return new Settings(
                home,
                new Http(
                        source.get(HTTP_HOST),
                        source.get(HTTP_PORT),
                        source.get(WORKER_THREADS),
                        source.get(WAITING_REQUESTS),
                        Duration.ofSeconds(source.get(SHUTDOWN_SECONDS)),
                        tls(home, source),
                        source.get(TRUSTED_PROXIES)),
                new Management(source.get(MANAGEMENT_HOST), source.get(MANAGEMENT_PORT), managementTls(source)),
                ConsoleSettings.read(source),
                JmsSettings.read(source),
                resolve(home, source.get(DATA_DIR)),
                DatabaseSettings.read(home, source),
                Duration.ofSeconds(source.get(DATABASE_AWAY_SECONDS)),
                source.get(RIGHTS_URL),
                source.get(TEST_RIGHTS_URL),
                source.get(TEST_HOSTS),
                source.get(LOG_FORMAT),
                KafkaSettings.read(home, source),
                new Records(source.get(RECORDS), days(source.get(RECORDS_DAYS)), days(source.get(USAGE_DAYS))),
                LicenseSettings.read(home, source),
                PackagerSettings.read(source));
    }

    private static Optional<Duration> days(int days) {
        return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
    }

    private static Setting<Integer> number(String key, int min, int max) {
        return new Setting<>(key, text -> SettingParsers.number(text, min, max));
    }

    private static Optional<Tls> tls(Path home, SettingsSource source) {
        Optional<Path> certificate = source.get(TLS_CERTIFICATE);
        Optional<Path> key = source.get(TLS_KEY);
        checkTlsIsWhole(source);
        return certificate.map(path -> new Tls(resolve(home, path), resolve(home, key.orElseThrow())));
    }

    /**
     * Whether the management port speaks TLS.
     *
     * @throws SettingsException if it should, but there is no certificate
     */
    static boolean managementTls(SettingsSource source) {
        boolean isOn = source.get(MANAGEMENT_TLS);
        if (isOn && source.text(TLS_CERTIFICATE).isEmpty()) {
            throw new SettingsException(MANAGEMENT_TLS.variable() + "=on needs " + TLS_CERTIFICATE.variable() + " and "
                    + TLS_KEY.variable());
        }
        return isOn;
    }

    /**
     * Checks that certificate and key are set together.
     *
     * @throws SettingsException if only one of them is set
     */
    static void checkTlsIsWhole(SettingsSource source) {
        if (source.text(TLS_CERTIFICATE).isEmpty() != source.text(TLS_KEY).isEmpty()) {
            throw new SettingsException(TLS_CERTIFICATE.variable() + " and " + TLS_KEY.variable()
                    + " go together: name both files, or none to speak plain HTTP");
        }
    }

    static Path resolve(Path home, Path path) {
        return home.resolve(path).toAbsolutePath().normalize();
    }
}
