package io.playgrant.config;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.playgrant.app.Application;
import io.playgrant.config.ConfigReport.Effective;
import io.playgrant.files.JwkFile;
import io.playgrant.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCheckTest {

    private static final Path REPOSITORY = Path.of("").toAbsolutePath();

    private final Map<String, String> environment = new HashMap<>();
    private Path folder;
    private Path data;

    @BeforeEach
    void prepare(@TempDir Path folder) {
        this.folder = folder;
        data = folder.resolve("data");
        environment.put("PLAYGRANT_DATA_DIR", data.toString());
        environment.put("PLAYGRANT_HTTP_PORT", "0");
        environment.put("PLAYGRANT_MANAGEMENT_PORT", "0");
    }

    @Test
    void everySetting_isShownWithItsSource() {
        environment.put("PLAYGRANT_RIGHTS_URL", "https://drm.example/");
        ConfigReport report = check();
        assertThat(report.settings())
                .hasSameSizeAs(Settings.ALL)
                .startsWith(
                        new Effective("PLAYGRANT_HTTP_HOST", "application.properties", "127.0.0.1"),
                        new Effective("PLAYGRANT_HTTP_PORT", "environment", "0"))
                .contains(
                        new Effective("PLAYGRANT_RIGHTS_URL", "environment", "https://drm.example/"),
                        new Effective("PLAYGRANT_TLS_KEY", "application.properties", ""),
                        new Effective("PLAYGRANT_DATA_DIR", "environment", data.toString()));
        assertThat(report.problems()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(data).doesNotExist();
    }

    @Test
    void valuesThatMayHoldAPassword_areMasked() {
        environment.put("PLAYGRANT_RIGHTS_URL", "https://user:" + secret("hunter3-in-a-url") + "@drm.example/");
        ConfigReport report = check();
        assertThat(report.settings()).contains(new Effective("PLAYGRANT_RIGHTS_URL", "environment", "***"));
        assertThat(report.problems()).singleElement().asString().endsWith("of at most 1024 characters");
        assertThat(report.toString()).doesNotContain("hunter3");
    }

    @Test
    void database_isMaskedAndChecked() {
        environment.put(
                "PLAYGRANT_DATABASE_URL", "jdbc:postgresql://db/playgrant?password=" + secret("hunter6-in-a-url"));
        environment.put("PLAYGRANT_DATABASE_PASSWORD", secret("hunter7-of-the-database"));
        ConfigReport report = check();
        assertThat(report.settings())
                .contains(
                        new Effective("PLAYGRANT_DATABASE_URL", "environment", "***"),
                        new Effective("PLAYGRANT_DATABASE_PASSWORD", "environment", "***"));
        assertThat(report.problems())
                .containsExactly(
                        "PLAYGRANT_DATABASE_URL (playgrant.database.url in application.properties) must be jdbc:postgresql://host:port/database, without user and password, which have settings of their own",
                        missing("ring.json"),
                        missing("hash-key.json"));
    }

    @Test
    void databaseOnAServer_needsKeyFilesAndAUser() {
        environment.put("PLAYGRANT_DATABASE_URL", "jdbc:postgresql://db/playgrant");
        ConfigReport report = check();
        assertThat(report.settings())
                .contains(new Effective("PLAYGRANT_DATABASE_URL", "environment", "jdbc:postgresql://db/playgrant"));
        assertThat(report.problems())
                .containsExactly(
                        "PLAYGRANT_DATABASE_URL needs PLAYGRANT_DATABASE_USER",
                        missing("ring.json"),
                        missing("hash-key.json"));
    }

    private String missing(String file) {
        return "The key file " + data.resolve(file)
                + " is missing. Nodes that share a database need the same file: create it once with ring init, or copy it from"
                + " another node";
    }

    @Test
    void jms_isMaskedAndChecked() {
        environment.put("PLAYGRANT_JMS_URL", "tcp://broker:61616?trustStorePassword=" + secret("hunter4-in-a-url"));
        environment.put("PLAYGRANT_JMS_PASSWORD", secret("hunter5-of-jms"));
        environment.put("PLAYGRANT_JMS_AUTHENTICATOR", secret("1001,a823456789abcdef0123456789abcdef"));
        environment.put("PLAYGRANT_JMS_DEAD_LETTER_QUEUE", "playgrant.token.results");
        ConfigReport report = check();
        assertThat(report.settings())
                .contains(
                        new Effective("PLAYGRANT_JMS_URL", "environment", "***"),
                        new Effective("PLAYGRANT_JMS_USER", "application.properties", ""),
                        new Effective("PLAYGRANT_JMS_PASSWORD", "environment", "***"),
                        new Effective("PLAYGRANT_JMS_AUTHENTICATOR", "environment", "***"));
        assertThat(report.problems())
                .containsExactly(
                        "PLAYGRANT_JMS_REQUEST_QUEUE, PLAYGRANT_JMS_RESULT_QUEUE, PLAYGRANT_JMS_DEAD_LETTER_QUEUE must be three different queues");
    }

    @Test
    void licenceServices_areMaskedAndChecked() throws IOException {
        Path certificate = Files.writeString(folder.resolve("certificate.bin"), "none");
        environment.put("PLAYGRANT_LICENSE_SERVICE", "clear-key");
        environment.put("PLAYGRANT_TEST_LICENSE_SERVICE", "widevine-cloud");
        environment.put("PLAYGRANT_TEST_WIDEVINE_URL", "http://license.example/");
        environment.put("PLAYGRANT_TEST_WIDEVINE_PROVIDER", "example");
        environment.put(
                "PLAYGRANT_TEST_WIDEVINE_KEY",
                secret("d0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf"));
        environment.put("PLAYGRANT_TEST_WIDEVINE_CERTIFICATE", certificate.toString());
        environment.put("PLAYGRANT_RIGHTS_CREDENTIALS", "true");
        ConfigReport report = check();
        assertThat(report.settings()).contains(new Effective("PLAYGRANT_TEST_WIDEVINE_KEY", "environment", "***"));
        assertThat(report.problems())
                .containsExactly(
                        "PLAYGRANT_LICENSE_SERVICE=clear-key would give content keys of the production environment to"
                                + " players without protection. Use it in the test environment"
                                + " (PLAYGRANT_TEST_LICENSE_SERVICE), or set PLAYGRANT_CLEAR_KEY_IN_PRODUCTION=true",
                        "PLAYGRANT_TEST_LICENSE_SERVICE=widevine-cloud needs PLAYGRANT_TEST_WIDEVINE_IV",
                        "The file " + certificate + " (PLAYGRANT_TEST_WIDEVINE_CERTIFICATE) is no service certificate:"
                                + " it is no Protocol Buffers message, or was cut");
        environment.put("PLAYGRANT_TEST_WIDEVINE_IV", secret("d0d1c2d3c4d5c6d7c8d9cadbccddcedf"));
        assertThat(check().warnings())
                .containsExactly(
                        "PLAYGRANT_LICENSE_SERVICE=clear-key gives content keys to players without protection; use it"
                                + " for tests only",
                        "PLAYGRANT_TEST_WIDEVINE_URL is not https: content keys are sent to the licence service without"
                                + " encryption",
                        "With PLAYGRANT_RIGHTS_CREDENTIALS=true, pages of any origin may send the cookies of players;"
                                + " name the origins in PLAYGRANT_RIGHTS_ORIGINS");
    }

    @Test
    void kafkaTopics_mustBeDifferent() {
        environment.put("PLAYGRANT_KAFKA_DEAD", "playgrant.token.requests");
        assertThat(check().problems())
                .containsExactly(
                        "PLAYGRANT_KAFKA_REQUESTS, PLAYGRANT_KAFKA_RESULTS, PLAYGRANT_KAFKA_DEAD must be three different topics");
    }

    @Test
    void kafkaFiles_mustBePem() throws IOException {
        Path authorities = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        Path certificate = folder.resolve("kafka.pem");
        Path key = folder.resolve("kafka-key.pem");
        TestCertificate.create("Ed25519").write(certificate, key);
        environment.put("PLAYGRANT_KAFKA_AUTHORITIES", authorities.toString());
        environment.put("PLAYGRANT_KAFKA_CERTIFICATE", certificate.toString());
        environment.put("PLAYGRANT_KAFKA_KEY", key.toString());
        assertThat(check().problems())
                .containsExactly(
                        "The file " + authorities + " (PLAYGRANT_KAFKA_AUTHORITIES) contains no certificate",
                        "The file " + key
                                + " (PLAYGRANT_KAFKA_KEY) contains a key of a kind that Kafka's client does not"
                                + " support; use RSA or EC");
        Files.delete(authorities);
        Files.writeString(key, TestCertificate.create().keyPem());
        assertThat(check().problems())
                .containsExactly(
                        "The file " + authorities
                                + " (PLAYGRANT_KAFKA_AUTHORITIES) cannot be read: there is no such file or folder",
                        "The file " + key
                                + " (PLAYGRANT_KAFKA_KEY) contains a key that does not match the first certificate in "
                                + certificate + " (PLAYGRANT_KAFKA_CERTIFICATE)");
    }

    @Test
    void secretSettings_areMasked() {
        Setting<Integer> password =
                new Setting<>("playgrant.password", text -> SettingParsers.number(text, 0, 9), true);
        assertThat(password.shown("tiger")).isEqualTo("***");
        assertThat(new Setting<>("playgrant.name", SettingParsers::host).shown("scott"))
                .isEqualTo("scott");
        assertThat(catchThrowable(() -> password.read("tiger")))
                .hasMessage(
                        "PLAYGRANT_PASSWORD (playgrant.password in application.properties) must be a number from 0 to 9");
    }

    @Test
    void allProblems_areTold() throws IOException {
        environment.put("PLAYGRANT_HTTP_PORT", "eighty");
        environment.put("PLAYGRANT_WORKER_THREADS", "0");
        environment.put("PLAYGRANT_TRUSTED_PROXIES", "10.0.0.0/33");
        environment.put("PLAYGRANT_TLS_KEY", folder.resolve("key.pem").toString());
        environment.put("PLAYGRANT_MANAGEMENT_HOST", "no.such.host.invalid");
        Files.writeString(data, "");
        assertThat(check().problems())
                .containsExactly(
                        "PLAYGRANT_HTTP_PORT (playgrant.http.port in application.properties) must be a number from 0 to 65535, not 'eighty'",
                        "PLAYGRANT_WORKER_THREADS (playgrant.worker.threads in application.properties) must be a number from 1 to 1000, not '0'",
                        "PLAYGRANT_TRUSTED_PROXIES (playgrant.trusted.proxies in application.properties) must be IPv4 or IPv6 addresses or CIDR ranges, separated by commas, without brackets, ports and zones, not '10.0.0.0/33'",
                        "PLAYGRANT_TLS_CERTIFICATE and PLAYGRANT_TLS_KEY go together: name both files, or none to speak plain HTTP",
                        "PLAYGRANT_MANAGEMENT_HOST names no address: no.such.host.invalid",
                        "The data folder " + data + " is a file");
    }

    @Test
    void tlsOfTheManagementPort_needsACertificate() {
        environment.put("PLAYGRANT_MANAGEMENT_TLS", "on");
        assertThat(check().problems())
                .containsExactly("PLAYGRANT_MANAGEMENT_TLS=on needs PLAYGRANT_TLS_CERTIFICATE and PLAYGRANT_TLS_KEY");
    }

    @Test
    void tlsFiles_mustHoldAPair() throws IOException {
        TestCertificate one = TestCertificate.create();
        Path certificate = Files.writeString(folder.resolve("chain.pem"), one.pem());
        Path key = folder.resolve("key.pem");
        environment.put("PLAYGRANT_TLS_CERTIFICATE", certificate.toString());
        environment.put("PLAYGRANT_TLS_KEY", key.toString());
        assertThat(check().problems())
                .containsExactly(
                        "The file " + key + " (PLAYGRANT_TLS_KEY) cannot be read: there is no such file or folder");
        Files.writeString(key, TestCertificate.create().keyPem());
        assertThat(check().problems())
                .containsExactly("The file " + key
                        + " (PLAYGRANT_TLS_KEY) contains a key that does not match the first certificate in "
                        + certificate
                        + " (PLAYGRANT_TLS_CERTIFICATE)");
        Files.writeString(key, one.keyPem());
        assertThat(check().problems()).isEmpty();
        assertThat(check().warnings()).isEmpty();
    }

    @Test
    void expiredCertificate_isAWarning() throws IOException {
        Instant then = Instant.now().minus(Duration.ofDays(9)).truncatedTo(ChronoUnit.SECONDS);
        TestCertificate expired = TestCertificate.create("EC", then, Duration.ofDays(1));
        Path certificate = Files.writeString(folder.resolve("chain.pem"), expired.pem());
        Path key = Files.writeString(folder.resolve("key.pem"), expired.keyPem());
        environment.put("PLAYGRANT_TLS_CERTIFICATE", certificate.toString());
        environment.put("PLAYGRANT_TLS_KEY", key.toString());
        assertThat(check().problems()).isEmpty();
        assertThat(check().warnings())
                .containsExactly("The certificate in " + certificate
                        + " (PLAYGRANT_TLS_CERTIFICATE) has expired: it was valid until "
                        + then.plus(Duration.ofDays(1)));
    }

    @Test
    void portInUse_isAWarning() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            environment.put("PLAYGRANT_MANAGEMENT_PORT", "" + taken.getLocalPort());
            ConfigReport report = check();
            assertThat(report.problems()).isEmpty();
            assertThat(report.warnings())
                    .containsExactly("Something already listens on 127.0.0.1:" + taken.getLocalPort()
                            + " (PLAYGRANT_MANAGEMENT_HOST, PLAYGRANT_MANAGEMENT_PORT): the running server,"
                            + " or another program that will keep it from starting");
        }
    }

    @Test
    void addressOfAnotherMachine_isAProblem() {
        environment.put("PLAYGRANT_HTTP_HOST", "192.0.2.1");
        assertThat(check().problems())
                .singleElement()
                .asString()
                .startsWith("Cannot listen on 192.0.2.1:0 (PLAYGRANT_HTTP_HOST, PLAYGRANT_HTTP_PORT): ");
    }

    @Test
    void ipv6Address_isShownInBrackets() {
        environment.put("PLAYGRANT_HTTP_HOST", "[2001:db8::1]");
        assertThat(check().problems())
                .singleElement()
                .asString()
                .startsWith("Cannot listen on [2001:db8::1]:0 (PLAYGRANT_HTTP_HOST, PLAYGRANT_HTTP_PORT): ");
    }

    @Test
    void onePortForBoth_isAProblem() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        environment.put("PLAYGRANT_HTTP_PORT", "" + port);
        environment.put("PLAYGRANT_MANAGEMENT_PORT", "" + port);
        assertThat(check().problems())
                .containsExactly("PLAYGRANT_HTTP_PORT and PLAYGRANT_MANAGEMENT_PORT must not be the same port");
    }

    @Test
    void dataFolder_mustBeToBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        environment.put("PLAYGRANT_DATA_DIR", file.resolve("a/b").toString());
        assertThat(check().problems())
                .containsExactly(
                        "The data folder " + file.resolve("a/b") + " cannot be created: " + file + " is a file");
    }

    @Test
    void dataFolder_mustBeWritable() throws IOException {
        Files.createDirectory(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        assumeThat(Files.isWritable(data)).as("root may write everywhere").isFalse();
        assertThat(check().problems()).containsExactly("The data folder " + data + " cannot be written to");
        environment.put("PLAYGRANT_DATA_DIR", data.resolve("a/b").toString());
        assertThat(check().problems())
                .containsExactly("The data folder " + data.resolve("a/b") + " cannot be created: " + data
                        + " cannot be written to");
    }

    @Test
    void keyFiles_mustBeWhole() throws IOException {
        Application.open(Settings.load(REPOSITORY, environment)).close();
        for (String name : List.of("ring.json", "hash-key.json")) {
            JwkFile.secrets(JwkFile.read(data.resolve(name)))
                    .forEach(key -> secret(key.getKeyValue().toString()));
        }
        byte[] database = Files.readAllBytes(data.resolve("playgrant.mv.db"));
        assertThat(check().problems()).isEmpty();

        Files.writeString(data.resolve("ring.json"), "{}");
        Files.delete(data.resolve("hash-key.json"));
        assertThat(check().problems())
                .containsExactly(
                        "The key file " + data.resolve("ring.json") + " is not a JWK Set",
                        "The key file " + data.resolve("hash-key.json")
                                + " is missing, but there is a database that was used with it");
        assertThat(Files.readAllBytes(data.resolve("playgrant.mv.db"))).isEqualTo(database);
        assertThat(data.resolve("hash-key.json")).doesNotExist();
    }

    @Test
    void storageRing_mustBeWhole_ifItIsThere() throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("storage-ring.json"), "{\"keys\":[]}");
        assertThat(check().problems())
                .containsExactly("The key file " + data.resolve("storage-ring.json")
                        + " does not list the keys of the storage ring");
    }

    @Test
    void keyFilesOfANewFolder_areNotNeeded() throws IOException {
        Files.createDirectory(data);
        assertThat(check().problems()).isEmpty();
    }

    @Test
    void missingRoutes_areAProblem() throws IOException {
        Files.copy(REPOSITORY.resolve("application.properties"), folder.resolve("application.properties"));
        assertThat(ConfigCheck.check(folder, environment).problems())
                .containsExactly("No route was found in " + folder.resolve("routes"));
        Files.createDirectory(folder.resolve("routes"));
        assertThat(ConfigCheck.check(folder, environment).problems())
                .containsExactly("No route was found in " + folder.resolve("routes"));
    }

    @Test
    void missingFile_isTheOnlyProblem() {
        ConfigReport report = ConfigCheck.check(folder, environment);
        assertThat(report.settings()).isEmpty();
        assertThat(report.problems())
                .containsExactly("The settings in " + folder.resolve("application.properties")
                        + " cannot be read: there is no such file or folder");
    }

    @Test
    void unknownNames_areWarnedOf() throws IOException {
        Files.copy(REPOSITORY.resolve("application.properties"), folder.resolve("application.properties"));
        Files.writeString(
                folder.resolve("application.properties"),
                Files.readString(folder.resolve("application.properties"))
                        + "\nplaygrant.htttp.port=1\nplaygrant.colour=blue\nother.name=1\n");
        Files.createDirectory(folder.resolve("routes"));
        Files.writeString(folder.resolve("routes/a.camel.yaml"), "");
        environment.put("PLAYGRANT_HTTP_PROT", "1");
        environment.put("PLAYGRANT_ENGINE", "1");
        environment.put("OTHER_PORT", "1");
        ConfigReport report = ConfigCheck.check(folder, environment);
        assertThat(report.problems()).isEmpty();
        assertThat(report.warnings())
                .containsExactly(
                        "The environment variable PLAYGRANT_ENGINE is not a setting",
                        "The environment variable PLAYGRANT_HTTP_PROT is not a setting; did you mean PLAYGRANT_HTTP_PORT?",
                        "playgrant.colour in application.properties is not a setting",
                        "playgrant.htttp.port in application.properties is not a setting; did you mean playgrant.http.port?");
        assertThat(UnknownSettings.in(folder, environment)).isEqualTo(report.warnings());
    }

    @Test
    void theRepositorysFile_hasNoUnknownNames() {
        assertThat(UnknownSettings.in(REPOSITORY, Map.of())).isEmpty();
    }

    private ConfigReport check() {
        return ConfigCheck.check(REPOSITORY, environment);
    }

    /** What Kubernetes sets for a Service of this name with one port. */
    private void link(String service, String portName, String port) {
        String address = "10.96.0.7";
        environment.put(service + "_SERVICE_HOST", address);
        environment.put(service + "_SERVICE_PORT", port);
        environment.put(service + "_SERVICE_PORT_" + portName, port);
        environment.put(service + "_PORT", "tcp://" + address + ":" + port);
        environment.put(service + "_PORT_" + port + "_TCP", "tcp://" + address + ":" + port);
        environment.put(service + "_PORT_" + port + "_TCP_PROTO", "tcp");
        environment.put(service + "_PORT_" + port + "_TCP_PORT", port);
        environment.put(service + "_PORT_" + port + "_TCP_ADDR", address);
    }

    @Test
    void portThatKubernetesSetsForAService_isToldWithItsCure() {
        link("PLAYGRANT_HTTP", "WEB", "80");
        environment.put("PLAYGRANT_MANAGEMENT_PORT", "udp://10.96.0.8:9876");
        ConfigReport report = check();
        assertThat(report.problems())
                .containsExactly(
                        "PLAYGRANT_HTTP_PORT (playgrant.http.port in application.properties) must be a number from 0 to 65535,"
                                + " not 'tcp://10.96.0.7:80'. Kubernetes sets it for the Service playgrant-http:"
                                + " add enableServiceLinks: false to the spec of the pod, or give the Service another name",
                        "PLAYGRANT_MANAGEMENT_PORT (playgrant.management.port in application.properties) must be a number"
                                + " from 0 to 65535, not 'udp://10.96.0.8:9876'. Kubernetes sets it for the Service"
                                + " playgrant-management: add enableServiceLinks: false to the spec of the pod, or give the"
                                + " Service another name");
        assertThat(catchThrowable(() -> Settings.load(REPOSITORY, environment)))
                .hasMessage(report.problems().get(0));
        assertThat(report.warnings())
                .containsExactly(
                        "7 environment variables that begin with PLAYGRANT_ are not settings: Kubernetes sets them for the Service"
                                + " playgrant-http. They are ignored; to avoid them, add enableServiceLinks: false to the spec of the pod");
    }

    @Test
    void variablesThatKubernetesSetsForServices_areOneWarning() {
        link("PLAYGRANT", "HTTP", "8080");
        link("PLAYGRANT_DB", "SQL", "5432");
        environment.put("PLAYGRANT_HTTP_PROT", "1");
        environment.put("PLAYGRANT_OTHER_PORT", "1");
        ConfigReport report = check();
        assertThat(report.problems()).isEmpty();
        assertThat(report.warnings())
                .containsExactly(
                        "16 environment variables that begin with PLAYGRANT_ are not settings: Kubernetes sets them for the Services"
                                + " playgrant, playgrant-db. They are ignored; to avoid them, add enableServiceLinks: false to"
                                + " the spec of the pod",
                        "The environment variable PLAYGRANT_HTTP_PROT is not a setting; did you mean PLAYGRANT_HTTP_PORT?",
                        "The environment variable PLAYGRANT_OTHER_PORT is not a setting");
        assertThat(UnknownSettings.in(REPOSITORY, environment)).isEqualTo(report.warnings());
    }
}
