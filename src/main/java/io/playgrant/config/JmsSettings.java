package io.playgrant.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The settings of a JMS broker.
 *
 * @param url the URL of the broker, with parameters of the client library, which may contain passwords
 * @param user the user to connect as
 * @param password the user's password
 * @param requestQueue the queue from which requests are read
 * @param resultQueue the queue for results of requests without {@code JMSReplyTo}
 * @param deadLetterQueue the queue for dead letters
 * @param consumers the number of messages processed at the same time
 * @param redeliveries how often a failed message is retried
 * @param authenticator the authenticator for requests that have none
 */
public record JmsSettings(
        String url,
        Optional<String> user,
        Optional<String> password,
        String requestQueue,
        String resultQueue,
        String deadLetterQueue,
        int consumers,
        int redeliveries,
        Optional<String> authenticator) {

    private static final Setting<Optional<String>> URL =
            new Setting<>("playgrant.jms.url", SettingParsers::brokerUrl, true);
    private static final Setting<Optional<String>> USER = new Setting<>("playgrant.jms.user", SettingParsers::text);
    private static final Setting<Optional<String>> PASSWORD =
            new Setting<>("playgrant.jms.password", SettingParsers::text, true);
    private static final Setting<String> REQUEST_QUEUE = queue("playgrant.jms.request.queue");
    private static final Setting<String> RESULT_QUEUE = queue("playgrant.jms.result.queue");
    private static final Setting<String> DEAD_LETTER_QUEUE = queue("playgrant.jms.dead.letter.queue");
    private static final Setting<Integer> CONSUMERS =
            new Setting<>("playgrant.jms.consumers", text -> SettingParsers.number(text, 1, 100));
    private static final Setting<Integer> REDELIVERIES =
            new Setting<>("playgrant.jms.redeliveries", text -> SettingParsers.number(text, 0, 1_000));
    private static final Setting<Optional<String>> AUTHENTICATOR =
            new Setting<>("playgrant.jms.authenticator", SettingParsers::authenticator, true);

    /** All of them, in the order of {@code application.properties}. */
    static final List<Setting<?>> ALL = List.of(
            URL,
            USER,
            PASSWORD,
            REQUEST_QUEUE,
            RESULT_QUEUE,
            DEAD_LETTER_QUEUE,
            CONSUMERS,
            REDELIVERIES,
            AUTHENTICATOR);

    /**
     * Reads the settings.
     *
     * @return empty if no broker is set
     * @throws SettingsException with a message that names the wrong setting, even if no broker is set
     */
    static Optional<JmsSettings> read(SettingsSource source) {
        JmsSettings settings = new JmsSettings(
                source.get(URL).orElse(""),
                source.get(USER),
                source.get(PASSWORD),
                source.get(REQUEST_QUEUE),
                source.get(RESULT_QUEUE),
                source.get(DEAD_LETTER_QUEUE),
                source.get(CONSUMERS),
                source.get(REDELIVERIES),
                source.get(AUTHENTICATOR));
        checkQueuesDiffer(source);
        return Optional.of(settings).filter(read -> !read.url().isEmpty());
    }

    /**
     * If the server wrote to the queue that it reads, messages would loop for ever.
     *
     * @throws SettingsException if two of the queues are the same
     */
    static void checkQueuesDiffer(SettingsSource source) {
        List<Setting<String>> queues = List.of(REQUEST_QUEUE, RESULT_QUEUE, DEAD_LETTER_QUEUE);
        if (queues.stream().map(source::text).distinct().count() < queues.size()) {
            throw new SettingsException(queues.stream().map(Setting::variable).collect(Collectors.joining(", "))
                    + " must be three different queues");
        }
    }

    private static Setting<String> queue(String key) {
        return new Setting<>(key, SettingParsers::queue);
    }

    /** Whether to use AMQP 1.0; otherwise the protocol of ActiveMQ Artemis. */
    public boolean isAmqp() {
        return url.contains("amqp://") || url.contains("amqps://");
    }

    /** Without the URL, user, password and authenticator, which may be secret. */
    @Override
    public String toString() {
        return "JmsSettings[" + requestQueue + ", " + resultQueue + ", " + deadLetterQueue + "]";
    }
}
