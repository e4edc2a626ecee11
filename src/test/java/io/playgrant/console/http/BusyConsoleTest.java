package io.playgrant.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.config.TestInstallation;
import io.playgrant.console.RunningConsole;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusyConsoleTest {

    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final BlockingQueue<HttpResponse<String>> answers = new LinkedBlockingQueue<>();
    private final List<Future<?>> sent = new ArrayList<>();

    @Test
    void whenAllThreadsWork_oneWaits_othersAreRefused_andHealthIsAnswered(@TempDir Path data) throws Exception {
        try (RunningConsole console = RunningConsole.start(
                TestInstallation.open(data, Map.of("PLAYGRANT_MANAGEMENT_PORT", "0")),
                new ConsoleLimits(1, 1, Duration.ofSeconds(10)),
                routes -> routes.open("GET", "/api/work", this::work))) {
            send(console);
            working.await();
            for (int i = 0; i < 5; i++) {
                send(console);
            }
            for (int i = 0; i < 4; i++) {
                HttpResponse<String> refused = next();
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).contains("1");
                assertThat(refused.body()).contains("The console is busy.");
            }
            assertThat(status(console, "/observe/health/live")).isEqualTo(200);
            assertThat(status(console, "/observe/metrics")).isEqualTo(200);
            end.countDown();
            assertThat(next().body()).isEqualTo("\"done\"");
            assertThat(next().body()).isEqualTo("\"done\"");
            assertThat(sent).hasSize(6);
        }
    }

    private Answer work(ConsoleCall call) throws InterruptedException {
        working.countDown();
        end.await();
        return Answer.json("done");
    }

    private void send(RunningConsole console) {
        sent.add(console.client()
                .sendAsync(console.request("/api/work", "").build(), BodyHandlers.ofString())
                .thenAccept(answers::add));
    }

    private HttpResponse<String> next() throws InterruptedException {
        @Nullable HttpResponse<String> answer = answers.poll(60, TimeUnit.SECONDS);
        assertThat(answer).isNotNull();
        return answer;
    }

    private static int status(RunningConsole console, String path) throws Exception {
        return console.client()
                .send(console.request(path, "").build(), BodyHandlers.ofString())
                .statusCode();
    }
}
