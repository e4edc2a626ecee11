package io.playgrant.config;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.AddressRange;
import io.playgrant.keystore.packaging.PeriodLimits;
import io.playgrant.license.LicenseService;
import io.playgrant.record.Recording;
import io.playgrant.storage.DatabaseServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Path HOME = Path.of("").toAbsolutePath();

    private static final String NOT_A_HOST =
            "PLAYGRANT_HTTP_HOST (playgrant.http.host in application.properties) must be an address or a host name of this machine, without a port";
    private static final String NOT_A_PORT =
            "PLAYGRANT_HTTP_PORT (playgrant.http.port in application.properties) must be a number from 0 to 65535";
    private static final String NOT_THREADS =
            "PLAYGRANT_WORKER_THREADS (playgrant.worker.threads in application.properties) must be a number from 1 to 1000";
    private static final String NOT_A_FOLDER =
            "PLAYGRANT_DATA_DIR (playgrant.data.dir in application.properties) must be the path of a folder";
    private static final String NOT_A_URL =
            " must be an http or https URL without query, fragment or user, of at most 1024 characters";
    private static final String NOT_HOSTS =
            "PLAYGRANT_TEST_HOSTS (playgrant.test.hosts in application.properties) must be host names with * for any characters, or IPv6 addresses, separated by commas, without ports";
    private static final String NOT_ASCII =
            " must be ASCII: percent-encode other characters of the path, and write the host in its xn-- form";
    private static final String NOT_ENCODED =
            " must be an http or https URL in which other characters than those of a URL are percent-encoded";
    /** No redemption, and pages of any origin. */
    private static final LicenseSettings LICENSE = new LicenseSettings(
            new LicenseSettings.Service(
                    LicenseService.NONE, "PLAYGRANT_LICENSE_SERVICE", Optional.empty(), Map.of(), Optional.empty()),
            new LicenseSettings.Service(
                    LicenseService.NONE,
                    "PLAYGRANT_TEST_LICENSE_SERVICE",
                    Optional.empty(),
                    Map.of(),
                    Optional.empty()),
            Duration.ofSeconds(10),
            List.of("*"),
            false);

    private static final PackagerSettings PACKAGER = new PackagerSettings(new PeriodLimits(10_000, Optional.empty()));

    private static final String HOME_FOLDER =
            " that begins neither with ~ nor with $, which only a shell replaces: write it in full";

    @Test
    void load_givesTheRepositorysDefaults() {
        assertThat(Settings.load(HOME, Map.of()))
                .isEqualTo(new Settings(
                        HOME,
                        new Settings.Http(
                                "127.0.0.1", 8080, 20, 1000, Duration.ofSeconds(10), Optional.empty(), List.of()),
                        new Settings.Management("127.0.0.1", 9876),
                        new ConsoleSettings(true, List.of()),
                        Optional.empty(),
                        HOME.resolve("data"),
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        Optional.empty(),
                        Optional.empty(),
                        List.of("test.localhost", "*.test.*"),
                        LogFormat.TEXT,
                        Optional.empty(),
                        new Settings.Records(
                                Recording.ASYNC, Optional.of(Duration.ofDays(90)), Optional.of(Duration.ofDays(400))),
                        LICENSE,
                        PACKAGER));
    }

    @Test
    void packager_hasLimitsOfPeriods() {
        assertThat(Settings.load(
                                HOME, Map.of("PLAYGRANT_PACKAGER_PERIODS", "0", "PLAYGRANT_PACKAGER_PERIOD_DAYS", "30"))
                        .packager())
                .isEqualTo(new PackagerSettings(new PeriodLimits(0, Optional.of(Duration.ofDays(30)))));
    }

    @Test
    void environment_standsAboveEveryDefault() {
        assertThat(Settings.load(
                        HOME,
                        Map.ofEntries(
                                Map.entry("PLAYGRANT_HTTP_HOST", "::1"),
                                Map.entry("PLAYGRANT_HTTP_PORT", "0"),
                                Map.entry("PLAYGRANT_WORKER_THREADS", "1000"),
                                Map.entry("PLAYGRANT_WAITING_REQUESTS", "0"),
                                Map.entry("PLAYGRANT_SHUTDOWN_SECONDS", "600"),
                                Map.entry("PLAYGRANT_TLS_CERTIFICATE", "tls/chain.pem"),
                                Map.entry("PLAYGRANT_TLS_KEY", "/etc/tls/key.pem"),
                                Map.entry("PLAYGRANT_MANAGEMENT_HOST", "0.0.0.0"),
                                Map.entry("PLAYGRANT_MANAGEMENT_PORT", "65535"),
                                Map.entry("PLAYGRANT_MANAGEMENT_TLS", "on"),
                                Map.entry("PLAYGRANT_CONSOLE", "off"),
                                Map.entry("PLAYGRANT_CONSOLE_HOSTS", "console.example, *.internal"),
                                Map.entry("PLAYGRANT_LOG_FORMAT", "json"),
                                Map.entry("PLAYGRANT_DATA_DIR", "/srv/playgrant"),
                                Map.entry(
                                        "PLAYGRANT_DATABASE_URL",
                                        "jdbc:postgresql://db.example/playgrant?sslmode=verify-full"),
                                Map.entry("PLAYGRANT_DATABASE_USER", "playgrant"),
                                Map.entry("PLAYGRANT_DATABASE_PASSWORD", secret("pass word of database")),
                                Map.entry("PLAYGRANT_DATABASE_AWAY_SECONDS", "3600"),
                                Map.entry("PLAYGRANT_RECORDS", "sync"),
                                Map.entry("PLAYGRANT_RECORDS_DAYS", "0"),
                                Map.entry("PLAYGRANT_USAGE_DAYS", "731"),
                                Map.entry("PLAYGRANT_RIGHTS_URL", "https://drm.example/hms/wv/rights/"),
                                Map.entry("PLAYGRANT_TEST_RIGHTS_URL", "http://[::1]:8080/hms/wv/rights/"),
                                Map.entry("PLAYGRANT_JMS_URL", "ssl://broker.example:61617"),
                                Map.entry("PLAYGRANT_JMS_USER", "playgrant"),
                                Map.entry("PLAYGRANT_JMS_PASSWORD", secret("pass word of jms")),
                                Map.entry("PLAYGRANT_JMS_REQUEST_QUEUE", "in"),
                                Map.entry("PLAYGRANT_JMS_RESULT_QUEUE", "out"),
                                Map.entry("PLAYGRANT_JMS_DEAD_LETTER_QUEUE", "dead"),
                                Map.entry("PLAYGRANT_JMS_CONSUMERS", "100"),
                                Map.entry("PLAYGRANT_JMS_REDELIVERIES", "0"),
                                Map.entry(
                                        "PLAYGRANT_JMS_AUTHENTICATOR", secret("1001,a923456789abcdef0123456789abcdef")),
                                Map.entry("PLAYGRANT_TEST_HOSTS", " a.example , ,*.b.example "))))
                .isEqualTo(new Settings(
                        HOME,
                        new Settings.Http(
                                "::1",
                                0,
                                1000,
                                0,
                                Duration.ofMinutes(10),
                                Optional.of(
                                        new Settings.Tls(HOME.resolve("tls/chain.pem"), Path.of("/etc/tls/key.pem"))),
                                List.of()),
                        new Settings.Management("0.0.0.0", 65_535, true),
                        new ConsoleSettings(false, List.of("console.example", "*.internal")),
                        Optional.of(new JmsSettings(
                                "ssl://broker.example:61617",
                                Optional.of("playgrant"),
                                Optional.of(secret("pass word of jms")),
                                "in",
                                "out",
                                "dead",
                                100,
                                0,
                                Optional.of(secret("1001,a923456789abcdef0123456789abcdef")))),
                        Path.of("/srv/playgrant"),
                        Optional.of(new DatabaseServer(
                                "jdbc:postgresql://db.example/playgrant?sslmode=verify-full",
                                "playgrant",
                                secret("pass word of database"))),
                        Duration.ofHours(1),
                        Optional.of(URI.create("https://drm.example/hms/wv/rights/")),
                        Optional.of(URI.create("http://[::1]:8080/hms/wv/rights/")),
                        List.of("a.example", "*.b.example"),
                        LogFormat.JSON,
                        Optional.empty(),
                        new Settings.Records(Recording.SYNC, Optional.empty(), Optional.of(Duration.ofDays(731))),
                        LICENSE,
                        PACKAGER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://localhost/playgrant",
                "jdbc:postgresql://[::1]:5432/play-grant",
                "jdbc:postgresql://a:5432,b.example:5433/playgrant?targetServerType=primary",
                "jdbc:postgresql://db/playgrant?sslmode=verify-full&sslrootcert=/etc/ca.pem"
            })
    void databaseUrl_isOfPostgresql(String text) {
        assertThat(database("PLAYGRANT_DATABASE_URL", text, "PLAYGRANT_DATABASE_USER", "playgrant"))
                .contains(new DatabaseServer(text, "playgrant", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://db/playgrant",
                "jdbc:h2:mem:playgrant",
                "jdbc:postgresql:playgrant",
                "jdbc:postgresql://db",
                "jdbc:postgresql://db/",
                "jdbc:postgresql://db:port/playgrant",
                "jdbc:postgresql://db/play grant",
                "jdbc:postgresql://scott:tiger@db/playgrant",
                "jdbc:postgresql://db/playgrant?user=scott",
                "jdbc:postgresql://db/playgrant?sslmode=require&password=tiger",
                "jdbc:postgresql://db/playgrant?sslpassword=tiger"
            })
    void databaseUrl_isNothingElse_andHasNoPassword(String text) {
        assertThatThrownBy(() -> load("PLAYGRANT_DATABASE_URL", text))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "PLAYGRANT_DATABASE_URL (playgrant.database.url in application.properties) must be jdbc:postgresql://host:port/database, without user and password, which have settings of their own")
                .hasMessageNotContaining("tiger");
    }

    @Test
    void databaseUrl_needsAUser() {
        assertThatThrownBy(() -> load("PLAYGRANT_DATABASE_URL", "jdbc:postgresql://db/playgrant"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("PLAYGRANT_DATABASE_URL needs PLAYGRANT_DATABASE_USER");
    }

    @Test
    void databasePassword_mayStandInAFile(@TempDir Path folder) throws IOException {
        String password = secret(" pass word in a file ");
        Path file = folder.resolve("password");
        for (String end : List.of("", "\n", "\r\n")) {
            Files.writeString(file, password + end);
            assertThat(databaseWithPasswordFile(file).password()).isEqualTo(password);
        }
        Files.writeString(file, password + "\n\n");
        assertThat(databaseWithPasswordFile(file).password()).isEqualTo(password + "\n");
    }

    @Test
    void databasePassword_isRefused_whenItsFileIsNotThere(@TempDir Path folder) {
        Path file = folder.resolve("password");
        assertThatThrownBy(() -> databaseWithPasswordFile(file))
                .isInstanceOf(SettingsException.class)
                .hasMessage("The file " + file
                        + " (PLAYGRANT_DATABASE_PASSWORD_FILE) cannot be read: there is no such file or folder");
    }

    @Test
    void databasePassword_standsInOnePlace() {
        assertThatThrownBy(() -> database(
                        "PLAYGRANT_DATABASE_URL",
                        "jdbc:postgresql://db/playgrant",
                        "PLAYGRANT_DATABASE_USER",
                        "playgrant",
                        "PLAYGRANT_DATABASE_PASSWORD",
                        secret("one pass word of two"),
                        "PLAYGRANT_DATABASE_PASSWORD_FILE",
                        "password"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("Only one of PLAYGRANT_DATABASE_PASSWORD and PLAYGRANT_DATABASE_PASSWORD_FILE can be set");
    }

    @Test
    void passwordFile_thatIsNotUtf8_isRefused(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("password"), secret("Größe-12").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> databaseWithPasswordFile(file))
                .isInstanceOf(SettingsException.class)
                .hasMessage("The file " + file + " (PLAYGRANT_DATABASE_PASSWORD_FILE) is not UTF-8");
    }

    private static DatabaseServer databaseWithPasswordFile(Path file) {
        return database(
                        "PLAYGRANT_DATABASE_URL",
                        "jdbc:postgresql://db/playgrant",
                        "PLAYGRANT_DATABASE_USER",
                        "playgrant",
                        "PLAYGRANT_DATABASE_PASSWORD_FILE",
                        file.toString())
                .orElseThrow();
    }

    private static Optional<DatabaseServer> database(String... namesAndValues) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Settings.load(HOME, environment).database();
    }

    @Test
    void trustedProxies_areAddressesAndRanges() {
        assertThat(load("PLAYGRANT_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,::1")
                        .http()
                        .trustedProxies())
                .extracting(AddressRange::toString)
                .containsExactly("127.0.0.1", "10.0.0.0/8", "::1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "10.0.0.0/33",
                "10.0.0.1-10.0.0.9",
                "127.0.0.1 10.0.0.1",
                "*",
                "[::1]",
                "[fd00::]/8",
                "[::1]:80",
                "fe80::1%eth0"
            })
    void trustedProxies_areNothingElse(String text) {
        assertRefused(
                "PLAYGRANT_TRUSTED_PROXIES",
                text,
                "PLAYGRANT_TRUSTED_PROXIES (playgrant.trusted.proxies in application.properties) must be IPv4 or IPv6 addresses or CIDR ranges, separated by commas, without brackets, ports and zones");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "on", "ASYNC"})
    void records_areAsyncSyncOrOff(String text) {
        assertRefused(
                "PLAYGRANT_RECORDS",
                text,
                "PLAYGRANT_RECORDS (playgrant.records in application.properties) must be async, sync or off");
    }

    @Test
    void usageDays_areANumber() {
        assertThat(load("PLAYGRANT_USAGE_DAYS", "0").records().usageKept()).isEmpty();
        assertRefused(
                "PLAYGRANT_USAGE_DAYS",
                "36501",
                "PLAYGRANT_USAGE_DAYS (playgrant.usage.days in application.properties) must be a number from 0 to 36500");
    }

    @Test
    void recordsDays_areANumber() {
        assertThat(load("PLAYGRANT_RECORDS_DAYS", "36500").records().kept()).contains(Duration.ofDays(36_500));
        assertRefused(
                "PLAYGRANT_RECORDS_DAYS",
                "-1",
                "PLAYGRANT_RECORDS_DAYS (playgrant.records.days in application.properties) must be a number from 0 to 36500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "JSON", "xml"})
    void logFormat_isTextOrJson(String text) {
        assertRefused(
                "PLAYGRANT_LOG_FORMAT",
                text,
                "PLAYGRANT_LOG_FORMAT (playgrant.log.format in application.properties) must be text or json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAYGRANT_CONSOLE", "PLAYGRANT_MANAGEMENT_TLS"})
    void switch_isOnOrOff(String variable) {
        assertThatThrownBy(() -> load(variable, "yes"))
                .isInstanceOf(SettingsException.class)
                .hasMessageEndingWith(" in application.properties) must be on or off, not 'yes'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAYGRANT_TLS_CERTIFICATE", "PLAYGRANT_TLS_KEY"})
    void tls_needsBothFiles(String variable) {
        assertThatThrownBy(() -> load(variable, "some.pem"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "PLAYGRANT_TLS_CERTIFICATE and PLAYGRANT_TLS_KEY go together: name both files, or none to speak plain HTTP");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://broker:61616",
                "tcp://[::1]:61616?consumerWindowSize=0",
                "tcp://broker:61616?trustStorePath=http://my_host/",
                "amqp://[::1]:5672",
                "(tcp://a:61616,tcp://b:61616)?ha=true&reconnectAttempts=-1",
                "amqp://broker",
                "amqps://broker:5671/?transport.verifyHost=true",
                "failover:(amqp://a:5672,amqp://b:5672)?failover.reconnectDelay=100"
            })
    void jmsUrl_isOfABrokerOrSeveral(String text) {
        JmsSettings jms = load("PLAYGRANT_JMS_URL", text).jms().orElseThrow();
        assertThat(jms.url()).isEqualTo(text);
        assertThat(jms.isAmqp()).isEqualTo(text.contains("amqp"));
        assertThat(jms)
                .hasToString("JmsSettings[playgrant.token.requests, playgrant.token.results, playgrant.token.dead]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broker",
                "broker:61616",
                "http://broker:61616",
                "tcp://",
                "tcp:// broker",
                "vm://0",
                "tcp://a:1,tcp://b:2",
                "failover:(tcp://a:1)",
                "(amqp://a:1)",
                "amqp://user:password@broker"
            })
    void jmsUrl_isNothingElse_andIsNotQuoted(String text) {
        assertThatThrownBy(() -> load("PLAYGRANT_JMS_URL", text))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "PLAYGRANT_JMS_URL (playgrant.jms.url in application.properties) must be tcp://host:port or ssl://host:port of ActiveMQ Artemis, or amqp://host:port or amqps://host:port, without a user");
    }

    /** Artemis' client makes no host at all of one with an underscore, and waits for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://my_broker:61616",
                "(tcp://a:61616,ssl://my_broker:61617)?ha=true",
                "amqp://my_broker",
                "failover:(amqp://my_broker:5672)",
                "tcp://::1:61616",
                "amqp://broker:65536"
            })
    void jmsUrl_namesHostsThatItsClientsRead(String text) {
        assertThatThrownBy(() -> load("PLAYGRANT_JMS_URL", text))
                .isInstanceOf(SettingsException.class)
                .hasMessage("PLAYGRANT_JMS_URL (playgrant.jms.url in application.properties) must name hosts as the"
                        + " clients of JMS read them: by letters, digits, - and . without underscores, or by an address,"
                        + " IPv6 in brackets; a port is at most 65535");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "/a", "queue?x=y", "a\nb"})
    void jmsQueues_haveNames(String text) {
        assertRefused(
                "PLAYGRANT_JMS_REQUEST_QUEUE",
                text,
                "PLAYGRANT_JMS_REQUEST_QUEUE (playgrant.jms.request.queue in application.properties) must be the name of a queue, of at most 200 letters, digits and . _ / $ : -");
    }

    @Test
    void jmsQueues_areDifferent() {
        assertThatThrownBy(() -> load("PLAYGRANT_JMS_RESULT_QUEUE", "playgrant.token.requests"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "PLAYGRANT_JMS_REQUEST_QUEUE, PLAYGRANT_JMS_RESULT_QUEUE, PLAYGRANT_JMS_DEAD_LETTER_QUEUE must be three different queues");
    }

    @Test
    void environment_leavesOtherNamesAlone() {
        assertThat(Settings.load(HOME, Map.of("HTTP_PORT", "1", "playgrant.http.port", "2", "playgrant_http_port", "3"))
                        .http()
                        .port())
                .isEqualTo(8080);
    }

    @Test
    void environment_mayEmptyAList() {
        assertThat(load("PLAYGRANT_TEST_HOSTS", "").testHosts()).isEmpty();
        assertThat(load("PLAYGRANT_TEST_HOSTS", ",").testHosts()).isEmpty();
    }

    @Test
    void values_areTrimmed() {
        assertThat(load("PLAYGRANT_HTTP_PORT", " 8081\n").http().port()).isEqualTo(8081);
    }

    @Test
    void dataDir_startsAtHomeWhenRelative() {
        assertThat(load("PLAYGRANT_DATA_DIR", "data").dataDir()).isEqualTo(HOME.resolve("data"));
        assertThat(load("PLAYGRANT_DATA_DIR", "../other/./data").dataDir())
                .isEqualTo(HOME.resolveSibling("other/data"));
        assertThat(load("PLAYGRANT_DATA_DIR", ".").dataDir()).isEqualTo(HOME);
        assertThat(load("PLAYGRANT_DATA_DIR", "/srv/playgrant/").dataDir()).isEqualTo(Path.of("/srv/playgrant"));
    }

    @ParameterizedTest
    @CsvSource({
        "[::1], ::1",
        "::1, ::1",
        "[::], ::",
        "[fe80::1%eth0], fe80::1%eth0",
        "my_host, my_host",
        "host.example., host.example."
    })
    void hosts_mayStandInBrackets(String text, String host) {
        assertThat(load("PLAYGRANT_HTTP_HOST", text).http().host()).isEqualTo(host);
        assertThat(load("PLAYGRANT_MANAGEMENT_HOST", text).management().host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "http://localhost",
                "local/host",
                "a\tb",
                "localhost:8080",
                "127.0.0.1:8080",
                "[::1]:8080",
                "[127.0.0.1]",
                "[localhost]",
                "[]",
                "[::1",
                "::1]",
                "[[::1]]",
                "[fe80::%]/64"
            })
    void httpHost_refuses(String text) {
        assertRefused("PLAYGRANT_HTTP_HOST", text, NOT_A_HOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0662\u0661\u0660",
                "",
                "http",
                "-1",
                "65536",
                "80.0",
                "0x50",
                "99999999999999999999",
                "8080 8081"
            })
    void httpPort_refuses(String text) {
        assertRefused("PLAYGRANT_HTTP_PORT", text, NOT_A_PORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "0", "-1", "1001"})
    void workerThreads_refuses(String text) {
        assertRefused("PLAYGRANT_WORKER_THREADS", text, NOT_THREADS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "data;INIT=RUNSCRIPT FROM 'x'"})
    void dataDir_refuses(String text) {
        assertRefused("PLAYGRANT_DATA_DIR", text, NOT_A_FOLDER + ", without a semicolon");
    }

    @Test
    void dataDir_refusesWhatIsNoPath() {
        assertRefused("PLAYGRANT_DATA_DIR", "a\0b", NOT_A_FOLDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "~/data", "~playgrant/data", "$HOME/data", "${HOME}/data"})
    void paths_doNotBeginWithWhatAShellReplaces(String text) {
        assertRefused("PLAYGRANT_DATA_DIR", text, NOT_A_FOLDER + HOME_FOLDER);
        for (String variable : List.of(
                "PLAYGRANT_TLS_CERTIFICATE",
                "PLAYGRANT_TLS_KEY",
                "PLAYGRANT_DATABASE_PASSWORD_FILE",
                "PLAYGRANT_KAFKA_AUTHORITIES",
                "PLAYGRANT_KAFKA_CERTIFICATE",
                "PLAYGRANT_KAFKA_KEY")) {
            assertThatThrownBy(() -> SettingsSource.open(HOME, Map.of(variable, text))
                            .get(Settings.ALL.stream()
                                    .filter(setting -> setting.variable().equals(variable))
                                    .findFirst()
                                    .orElseThrow()))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(" must be the path of a file" + HOME_FOLDER + ", not '" + text + "'");
        }
        assertThat(load("PLAYGRANT_DATA_DIR", "./~/a$b").dataDir()).isEqualTo(HOME.resolve("~/a$b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drm.example",
                "/hms/wv/rights/",
                "ftp://drm.example/",
                "https:///path",
                "https:drm.example",
                "https://drm.example/?a=b",
                "https://drm.example/?",
                "https://drm.example/#a",
                "https://drm.example:65536/",
                "https://under_score.example:65536/",
                "https://under_score..example/",
                "https://-drm/",
            })
    void rightsUrl_refuses(String text) {
        assertRefused(
                "PLAYGRANT_RIGHTS_URL",
                text,
                "PLAYGRANT_RIGHTS_URL (playgrant.rights.url in application.properties)" + NOT_A_URL);
        assertRefused(
                "PLAYGRANT_TEST_RIGHTS_URL",
                text,
                "PLAYGRANT_TEST_RIGHTS_URL (playgrant.test.rights.url in application.properties)" + NOT_A_URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://under_score.example/",
                "http://my_host:8443/hms/wv/rights/",
                "https://_drm.example./",
                "https://drm.example/~wv/%C3%BC",
                "http://[::1]/"
            })
    void rightsUrl_isTakenAsItIs(String text) {
        assertThat(load("PLAYGRANT_RIGHTS_URL", text).rightsUrl())
                .hasValueSatisfying(url -> assertThat(url).hasToString(text));
    }

    @Test
    void rightsUrl_isPercentEncoded() {
        String setting = "PLAYGRANT_RIGHTS_URL (playgrant.rights.url in application.properties)";
        assertRefused("PLAYGRANT_RIGHTS_URL", "https://drm.example/\u00fc", setting + NOT_ASCII);
        assertRefused("PLAYGRANT_RIGHTS_URL", "https://m\u00fcller.example/", setting + NOT_ASCII);
        assertRefused("PLAYGRANT_RIGHTS_URL", "https://drm.example/{a}", setting + NOT_ENCODED);
        assertRefused("PLAYGRANT_RIGHTS_URL", "https://drm.example/a b", setting + NOT_ENCODED);
        assertRefused("PLAYGRANT_RIGHTS_URL", "https://drm.example/100%", setting + NOT_ENCODED);
    }

    @Test
    void rightsUrl_hasAtMost1024Characters() {
        String url = "https://drm.example/";
        String longest = url + "a".repeat(1_024 - url.length());
        assertThat(load("PLAYGRANT_RIGHTS_URL", longest).rightsUrl()).contains(URI.create(longest));
        assertRefused(
                "PLAYGRANT_RIGHTS_URL",
                longest + "a",
                "PLAYGRANT_RIGHTS_URL (playgrant.rights.url in application.properties)" + NOT_A_URL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test.localhost:8080",
                "http://test.localhost",
                "a b",
                "a;b",
                "a,b/c",
                "[::1]:80",
                "[fd00:*]",
                "(a+)+"
            })
    void testHosts_refuses(String text) {
        assertRefused("PLAYGRANT_TEST_HOSTS", text, NOT_HOSTS);
    }

    @Test
    void testHosts_areNamesAndIpv6Addresses() {
        assertThat(load("PLAYGRANT_TEST_HOSTS", "[::1],fd00::1,my_host,test.example.")
                        .testHosts())
                .containsExactly("[::1]", "[fd00::1]", "my_host", "test.example");
    }

    @Test
    void file_isReadAsUtf8(@TempDir Path home) throws IOException {
        write(home, "playgrant.data.dir=dätä\n");
        assertThat(Settings.load(home, Map.of()).dataDir()).isEqualTo(home.resolve("dätä"));
    }

    @Test
    void file_refusesAWrongValueInTheSameWords(@TempDir Path home) throws IOException {
        write(home, "playgrant.http.port=eighty\n");
        assertThatThrownBy(() -> Settings.load(home, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(NOT_A_PORT + ", not 'eighty'");
        assertThat(Settings.load(home, Map.of("PLAYGRANT_HTTP_PORT", "80"))
                        .http()
                        .port())
                .isEqualTo(80);
    }

    @Test
    void file_refusesWhatIsMissingFromIt(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve("application.properties"), "");
        assertThatThrownBy(() -> Settings.load(home, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(NOT_A_HOST + ", not ''");
    }

    @Test
    void file_mustBeThere(@TempDir Path home) {
        assertThatThrownBy(() -> Settings.load(home, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "The settings in " + home.resolve("application.properties") + " cannot be read: ");
    }

    @Test
    void file_mustBeProperties(@TempDir Path home) throws IOException {
        Files.writeString(home.resolve("application.properties"), "a=\\uwxyz\n");
        assertThatThrownBy(() -> Settings.load(home, Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "The settings in " + home.resolve("application.properties") + " cannot be read: ");
    }

    @Test
    void rightsUrl_withAUserAndPassword_isRefusedWithoutBeingQuoted() {
        String url = "https://user:" + secret("hunter2-in-a-url") + "@drm.example/";
        assertThatThrownBy(() -> load("PLAYGRANT_RIGHTS_URL", url))
                .isInstanceOf(SettingsException.class)
                .hasMessage("PLAYGRANT_RIGHTS_URL (playgrant.rights.url in application.properties)" + NOT_A_URL);
    }

    private static Settings load(String variable, String text) {
        return Settings.load(HOME, Map.of(variable, text));
    }

    private static void assertRefused(String variable, String text, String message) {
        assertThatThrownBy(() -> load(variable, text))
                .isInstanceOf(SettingsException.class)
                .hasMessage(message + ", not '" + text.trim() + "'")
                .satisfies(failure -> assertThat(failure.getStackTrace()).isEmpty());
    }

    /** The repository's file with a line more. */
    private static void write(Path home, String line) throws IOException {
        Files.writeString(
                home.resolve("application.properties"),
                Files.readString(HOME.resolve("application.properties")) + "\n" + line);
    }

    @Test
    void kafka_isOffWithoutBrokers_andHasDefaultsForTheRest() {
        assertThat(load("PLAYGRANT_KAFKA_GROUP", "g").kafka()).isEmpty();
        assertThat(load("PLAYGRANT_KAFKA_BROKERS", "a:9092,b:9092").kafka())
                .contains(new KafkaSettings(
                        "a:9092,b:9092",
                        "playgrant.token.requests",
                        "playgrant.token.results",
                        "playgrant.token.dead",
                        "playgrant",
                        2,
                        Duration.ofSeconds(10),
                        1_000_000,
                        Optional.empty(),
                        new KafkaSettings.Security("PLAINTEXT", Optional.empty(), Optional.empty(), "PLAIN", "", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[::1]:9092", "broker:9092,[fd00::2]:9092", "[fe80::1%eth0]:65535", "my_broker.example:9092"})
    void kafkaBrokers_areHostsAndPorts(String text) {
        assertThat(load("PLAYGRANT_KAFKA_BROKERS", text).kafka())
                .hasValueSatisfying(kafka -> assertThat(kafka.brokers()).isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broker",
                "::1:9092",
                "[::1]",
                "[broker]:9092",
                "a:9092, b:9092",
                "a:9092,",
                "a:65536",
                "m\u00fcller:9092",
                "PLAINTEXT://a:9092"
            })
    void kafkaBrokers_areNothingElse(String text) {
        assertRefused(
                "PLAYGRANT_KAFKA_BROKERS",
                text,
                "PLAYGRANT_KAFKA_BROKERS (playgrant.kafka.brokers in application.properties) must be host:port, or several"
                        + " of them separated by commas without spaces, an IPv6 address in brackets, as in [::1]:9092");
    }

    @Test
    void kafkaSettings_areCheckedOneByOne() {
        String named = " in application.properties) must be ";
        assertRefused(
                "PLAYGRANT_KAFKA_REQUESTS",
                "a topic",
                "PLAYGRANT_KAFKA_REQUESTS (playgrant.kafka.requests" + named
                        + "a Kafka topic: 1 to 249 letters, digits, dots, underscores and dashes");
        assertRefused(
                "PLAYGRANT_KAFKA_SECURITY",
                "ssl",
                "PLAYGRANT_KAFKA_SECURITY (playgrant.kafka.security" + named
                        + "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL");
    }

    @Test
    void kafkaTopics_areDifferent() {
        String message =
                "PLAYGRANT_KAFKA_REQUESTS, PLAYGRANT_KAFKA_RESULTS, PLAYGRANT_KAFKA_DEAD must be three different topics";
        for (String variable : List.of("PLAYGRANT_KAFKA_RESULTS", "PLAYGRANT_KAFKA_DEAD")) {
            assertThatThrownBy(() -> load(variable, "playgrant.token.requests"))
                    .isInstanceOf(SettingsException.class)
                    .hasMessage(message);
        }
    }

    @Test
    void kafkaAuthenticator_isNeverShown() {
        assertThatThrownBy(() -> load("PLAYGRANT_KAFKA_AUTHENTICATOR", secret("a-secret-of-mine")))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "PLAYGRANT_KAFKA_AUTHENTICATOR (playgrant.kafka.authenticator in application.properties) must be"
                                + " <account number>,<32 hexadecimal digits>, as account create shows it");
    }

    @Test
    void sasl_needsAUser() {
        assertThatThrownBy(() -> load("PLAYGRANT_KAFKA_SECURITY", "SASL_SSL"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("PLAYGRANT_KAFKA_SECURITY needs PLAYGRANT_KAFKA_USER and PLAYGRANT_KAFKA_PASSWORD");
    }
}
