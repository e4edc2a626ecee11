package io.playgrant.route.jms;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.playgrant.storage.StorageException;
import io.playgrant.time.Schedule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ForgetJmsMessagesTest {

    private static final String LEAK = secret("5ec4e75ec4e75ec4e75ec4e75ec4e701");

    private final Logger logger = (Logger) LoggerFactory.getLogger(ForgetJmsMessages.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Schedule schedule = new Schedule();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        schedule.close();
        logger.detachAppender(log);
    }

    @Test
    void databaseThatIsAway_isTold() {
        assertThat(logOf(new StorageException("the database is away")))
                .isEqualTo("Old JMS messages are not forgotten yet: the database is away");
    }

    @Test
    void unforeseenFailure_isToldWithoutItsMessage() {
        assertThat(logOf(new IllegalStateException("about " + LEAK)))
                .startsWith("Old JMS messages are not forgotten: java.lang.IllegalStateException\n\tat ")
                .doesNotContain(LEAK);
    }

    private String logOf(RuntimeException failure) {
        new ForgetJmsMessages(schedule, () -> {
                    throw failure;
                })
                .forget();
        return log.list.get(0).getFormattedMessage();
    }
}
