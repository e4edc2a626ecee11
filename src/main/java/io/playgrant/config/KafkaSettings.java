package io.playgrant.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of Kafka.
 *
 * @param brokers host and port of some of the brokers, separated by commas
 * @param requests the topic from which requests are read
 * @param results the topic to which results are written
 * @param dead the topic for dead letters
 * @param group the consumer group
 * @param consumers the number of consumer threads; those without a partition are idle
 * @param session the time after which other nodes take over the partitions of a dead node
 * @param resultBytes the largest result message, in bytes
 * @param authenticator the authenticator for requests that have none
 * @param security the security of connections to the brokers
 */
public record KafkaSettings(
        String brokers,
        String requests,
        String results,
        String dead,
        String group,
        int consumers,
        Duration session,
        int resultBytes,
        Optional<String> authenticator,
        Security security) {

    /**
     * The security of connections to the brokers.
     *
     * @param protocol {@code PLAINTEXT}, {@code SSL}, {@code SASL_PLAINTEXT} or {@code SASL_SSL}
     * @param authorities a PEM file with the certificate authorities of the brokers; if empty, Java's
     * @param identity PEM files with the server's own certificate and key for mutual TLS
     * @param mechanism the SASL mechanism
     * @param user the SASL user
     * @param password the SASL user's password
     */
    public record Security(
            String protocol,
            Optional<Path> authorities,
            Optional<Settings.Tls> identity,
            String mechanism,
            String user,
            String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return protocol;
        }
    }

    private static final String TOPIC = "must be a Kafka topic: 1 to 249 letters, digits, dots, underscores and dashes";

    private static final Setting<String> BROKERS = new Setting<>("playgrant.kafka.brokers", SettingParsers::brokers);
    private static final Setting<String> REQUESTS = topic("playgrant.kafka.requests");
    private static final Setting<String> RESULTS = topic("playgrant.kafka.results");
    private static final Setting<String> DEAD = topic("playgrant.kafka.dead");
    private static final Setting<String> GROUP = new Setting<>(
            "playgrant.kafka.group",
            text -> SettingParsers.matching(text, "\\S{1,200}", "must be 1 to 200 characters without white space"));
    private static final Setting<Integer> CONSUMERS =
            new Setting<>("playgrant.kafka.consumers", text -> SettingParsers.number(text, 1, 100));
    private static final Setting<Integer> SESSION_SECONDS =
            new Setting<>("playgrant.kafka.session.seconds", text -> SettingParsers.number(text, 1, 300));
    private static final Setting<Integer> RESULT_BYTES =
            new Setting<>("playgrant.kafka.result.bytes", text -> SettingParsers.number(text, 10_000, 100_000_000));
    private static final Setting<Optional<String>> AUTHENTICATOR =
            new Setting<>("playgrant.kafka.authenticator", SettingParsers::authenticator, true);
    private static final Setting<String> PROTOCOL = new Setting<>(
            "playgrant.kafka.security",
            text -> SettingParsers.matching(
                    text,
                    "PLAINTEXT|SSL|SASL_PLAINTEXT|SASL_SSL",
                    "must be PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL"));
    static final Setting<Optional<Path>> AUTHORITIES =
            new Setting<>("playgrant.kafka.authorities", SettingParsers::file);
    static final Setting<Optional<Path>> CERTIFICATE =
            new Setting<>("playgrant.kafka.certificate", SettingParsers::file);
    static final Setting<Optional<Path>> KEY = new Setting<>("playgrant.kafka.key", SettingParsers::file);
    private static final Setting<String> MECHANISM = new Setting<>(
            "playgrant.kafka.mechanism",
            text -> SettingParsers.matching(
                    text, "PLAIN|SCRAM-SHA-256|SCRAM-SHA-512", "must be PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512"));
    private static final Setting<String> USER = new Setting<>("playgrant.kafka.user", text -> text);
    private static final Setting<String> PASSWORD = new Setting<>("playgrant.kafka.password", text -> text, true);

    /** All of them, in the order of {@code application.properties}. */
    static final List<Setting<?>> ALL = List.of(
            BROKERS,
            REQUESTS,
            RESULTS,
            DEAD,
            GROUP,
            CONSUMERS,
            SESSION_SECONDS,
            RESULT_BYTES,
            AUTHENTICATOR,
            PROTOCOL,
            AUTHORITIES,
            CERTIFICATE,
            KEY,
            MECHANISM,
            USER,
            PASSWORD);

    /**
     * Reads the settings.
     *
     * @return empty if no broker is set
     * @throws SettingsException with a message that names the wrong setting, even if no broker is set
     */
    static Optional<KafkaSettings> read(Path home, SettingsSource source) {
        KafkaSettings settings = new KafkaSettings(
                source.get(BROKERS),
                source.get(REQUESTS),
                source.get(RESULTS),
                source.get(DEAD),
                source.get(GROUP),
                source.get(CONSUMERS),
                Duration.ofSeconds(source.get(SESSION_SECONDS)),
                source.get(RESULT_BYTES),
                source.get(AUTHENTICATOR),
                security(home, source));
        checkTopicsDiffer(source);
        return Optional.of(settings).filter(read -> !read.brokers().isEmpty());
    }

    /**
     * If the server wrote to the topic that it reads, messages would loop for ever.
     *
     * @throws SettingsException if two of the topics are the same
     */
    static void checkTopicsDiffer(SettingsSource source) {
        List<Setting<String>> topics = List.of(REQUESTS, RESULTS, DEAD);
        if (topics.stream().map(source::text).distinct().count() < topics.size()) {
            throw new SettingsException(topics.stream().map(Setting::variable).collect(Collectors.joining(", "))
                    + " must be three different topics");
        }
    }

    private static Security security(Path home, SettingsSource source) {
        checkIdentityIsWhole(source);
        Optional<Path> key = source.get(KEY);
        return new Security(
                source.get(PROTOCOL),
                source.get(AUTHORITIES).map(path -> Settings.resolve(home, path)),
                source.get(CERTIFICATE)
                        .map(path -> new Settings.Tls(
                                Settings.resolve(home, path), Settings.resolve(home, key.orElseThrow()))),
                source.get(MECHANISM),
                source.get(USER),
                source.get(PASSWORD));
    }

    /**
     * Checks that a certificate has its key, and that SASL has a user.
     *
     * @throws SettingsException if one of them is missing
     */
    static void checkIdentityIsWhole(SettingsSource source) {
        if (source.text(CERTIFICATE).isEmpty() != source.text(KEY).isEmpty()) {
            throw new SettingsException(
                    CERTIFICATE.variable() + " and " + KEY.variable() + " go together: name both files, or none");
        }
        if (source.text(PROTOCOL).startsWith("SASL") && source.text(USER).isEmpty()) {
            throw new SettingsException(
                    PROTOCOL.variable() + " needs " + USER.variable() + " and " + PASSWORD.variable());
        }
    }

    private static Setting<String> topic(String key) {
        return new Setting<>(key, text -> SettingParsers.matching(text, "[A-Za-z0-9._-]{1,249}", TOPIC));
    }

    /** Only the brokers, without secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[" + brokers + "]";
    }
}
