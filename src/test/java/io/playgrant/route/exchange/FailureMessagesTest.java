package io.playgrant.route.exchange;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.storage.StorageException;
import jakarta.jms.JMSException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.springframework.jms.UncategorizedJmsException;

class FailureMessagesTest {

    @Test
    void foreseenKinds_areToldInTheirOwnWords() {
        assertThat(FailureMessages.reason(new StorageException("The database is away", new IllegalStateException("x"))))
                .isEqualTo("The database is away");
        assertThat(FailureMessages.reason(new ExecutionException(new TimeoutException("no answer"))))
                .isEqualTo("TimeoutException, no answer");
        assertThat(FailureMessages.reason(new KafkaException("not made", new KafkaException("no such host"))))
                .isEqualTo("KafkaException, not made: KafkaException, no such host");
        assertThat(FailureMessages.reason(
                        new SslAuthenticationException("failed", new SSLHandshakeException("no path"))))
                .isEqualTo("SslAuthenticationException, failed: no path");
        assertThat(FailureMessages.reason(
                        new UncategorizedJmsException("not sent", new JMSException("no such session"))))
                .isEqualTo("UncategorizedJmsException, not sent: JMSException, no such session");
        assertThat(FailureMessages.reason(TokenException.withReason(ErrorCode.INTERNAL_ERROR, "account 7")))
                .endsWith(" account 7");
    }

    @Test
    void others_areToldByTheirClassesOnly() {
        Exception unforeseen = new IllegalStateException(
                secret("a key of somebody"), new NullPointerException(secret("a token of somebody")));
        assertThat(FailureMessages.foreseen(unforeseen)).isEmpty();
        assertThat(FailureMessages.reason(unforeseen))
                .isEqualTo("unforeseen: java.lang.IllegalStateException, java.lang.NullPointerException");
    }
}
