package io.playgrant.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import io.playgrant.config.TestInstallation;
import io.playgrant.record.RecordQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

    @Test
    void train_servesAllKindsOfRequests_inAFolderOfItsOwn(@TempDir Path folder) throws IOException {
        TestHome home = TestHome.in(folder);
        Path data = folder.resolve("throw-away");
        Run run = home.run("train", "--data", data.toString(), "--requests", "40");
        assertThat(run).isEqualTo(new Run(0, "", ""));
        assertThat(home.data()).doesNotExist();
        assertThat(Files.readAllLines(data.resolve("results.csv")))
                .hasSize(40)
                .allMatch(line -> line.contains("/hms/wv/rights/?ExpressPlayToken="));
        assertThat(redemptions(data)).contains("clear-key 0", "null -4010");
        // The thread that would halt the process has ended with the command.
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("training-limit")));
    }

    /** The service that was asked, if any, and the code of each. */
    private static List<String> redemptions(Path data) {
        try (Application application = TestInstallation.open(data)) {
            long account = application.accounts().list().get(0).number();
            return application
                    .records()
                    .find(new RecordQuery(account, Environment.TEST, RecordQuery.Filter.NONE, null, null, null, 1_000)
                            .bounded(Instant.now()))
                    .records()
                    .stream()
                    .filter(record -> record.redemption() != null)
                    .map(record -> record.redemption().service() + " " + record.code())
                    .toList();
        }
    }

    @Test
    void help_saysWhatItIsFor(@TempDir Path folder) throws IOException {
        Run run = TestHome.in(folder).run("train", "--help");
        assertThat(run.out()).startsWith("Usage: playgrant train [-hV]\n").contains("Java 25");
        assertThat(run.exit()).isZero();
    }
}
