package io.playgrant.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.batch.BatchException;
import io.playgrant.batch.SourceAwayException;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class UnreachableTest {

    @Test
    void whatPasses_isWorthAnotherTry() {
        assertAway(new HttpTimeoutException("x"), "has sent nothing for 60 seconds");
        assertAway(new HttpConnectTimeoutException("x"), "cannot be reached: the connection timed out");
        assertAway(new SSLException("closed"), "cannot be reached: closed");
        assertAway(new IOException(), "cannot be reached: IOException");
    }

    @Test
    void certificateOfAnotherHost_isFinal() {
        SSLHandshakeException failure = new SSLHandshakeException("outer");
        failure.initCause(new CertificateException("No name matching h found"));
        assertThat(because(failure))
                .isInstanceOf(BatchException.class)
                .hasMessage("The server at h:1 is not trusted: No name matching h found");
    }

    private static void assertAway(IOException failure, String words) {
        assertThat(because(failure)).isInstanceOf(SourceAwayException.class).hasMessage("The server at h:1 " + words);
    }

    private static RuntimeException because(IOException failure) {
        return Unreachable.because(failure, "h:1", Duration.ofMinutes(1));
    }
}
