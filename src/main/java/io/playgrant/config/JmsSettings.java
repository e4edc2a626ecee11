package io.playgrant.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A queue of requests, by JMS.
 *
 * @param url the broker, with parameters of its client, which may hold passwords
 * @param user who to be there
 * @param password the user's password
 * @param requestQueue where requests come from
 * @param resultQueue where results go that nobody asked for elsewhere
 * @param deadLetterQueue where is told of messages that could not be answered
 * @param consumers how many messages are worked on at the same time
 * @param redeliveries how often a message is tried again
 * @param authenticator the authenticator of requests that bring none
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
     * @return empty if no broker is named
     * @throws SettingsException with a sentence that names the setting that is wrong, even if no broker is named
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
     * What is written to the queue that is read would go round for ever.
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

    /** Whether the broker is spoken to by AMQP 1.0; otherwise by the protocol of ActiveMQ Artemis. */
    public boolean isAmqp() {
        return url.contains("amqp://") || url.contains("amqps://");
    }

    /** Nothing that may be secret. */
    @Override
    public String toString() {
        return "JmsSettings[" + requestQueue + ", " + resultQueue + ", " + deadLetterQueue + "]";
    }
}
