package io.playgrant.route.stream;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Profile;
import io.playgrant.batch.SampleMessage;
import io.playgrant.route.FlowTestSupport;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.http.HttpServers;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.MainConfigurationProperties;
import org.junit.jupiter.api.Test;

/** How a stream ends whose client has fallen silent, with less patience than usual. */
class StreamSilenceTest extends FlowTestSupport {

    private static final String LINE =
            SampleMessage.of(secret("e0e1e2e3e4e5e6e7e8e9eaebecedeeef")).json("a") + "\n";

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        super.configure(configuration);
        configuration.addConfiguration(new Impatience());
    }

    @Test
    void clientThatSendsNothing_isAnsweredWhatItSent_andCutOff() throws Exception {
        try (StreamConnection stream = open()) {
            stream.head();
            stream.send(LINE + "{\"id\":\"half");
            assertThat(stream.lines()).hasSize(1);
            assertThat(stream.isComplete()).isFalse();
        }
    }

    @Test
    void clientThatReadsNothing_isCutOff() throws Exception {
        try (StreamConnection stream = open()) {
            Thread sender = new Thread(() -> sendUntilClosed(stream), "sender");
            sender.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> !sender.isAlive());
        }
    }

    private StreamConnection open() throws IOException {
        int port = context.hasService(HttpServers.class).port();
        return new StreamConnection(port).begin(newCustomer(Profile.STRICT).production());
    }

    private static void sendUntilClosed(StreamConnection stream) {
        try {
            while (true) {
                stream.send(LINE.repeat(100));
            }
        } catch (IOException e) {
            // The server has closed the connection.
        }
    }

    /** Configured after the steps, in the place of one of them. */
    private static final class Impatience implements CamelConfiguration {

        @Override
        public void configure(CamelContext context) {
            new StreamEndpoint(Duration.ofSeconds(1)).bind(new StepRegistry(context));
        }
    }
}
