package io.playgrant.cli;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.Account;
import io.playgrant.account.Limit;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram.Finished;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.config.TestInstallation;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that are killed at any moment, with clients that ask for tokens and a command that makes accounts. */
class KilledServerIT {

    /** More are asked for by {@code -Dplaygrant.kills=50}. */
    private static final int KILLS = Integer.getInteger("playgrant.kills", 10);

    private static final int CLIENTS = 4;

    /** A command that makes an account comes with every third one. */
    private static final int COMMANDS = 3;

    /** Of the commands, those that are answered before the kill. */
    private static final int ANSWERED = (KILLS + 2 * COMMANDS - 1) / (2 * COMMANDS);

    private static final int LONGEST_LOAD_MILLIS = 1_000;

    private static final long LARGEST_BLOCK = 500;

    /** Used up before the last kill, but not by the first. */
    private static final long CREDITS = KILLS * 400L;

    private static final long RATE = 500;

    private static final String PARAMETERS =
            "&kid=%5Efilm&securityLevel=1&hdcpOutputControl=0&contentKey=" + secret("c0c1c2c3c4c5c6c7c8c9cacbcccdcecf");

    private final AtomicLong tokens = new AtomicLong();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void kills_overIssueNoCredit_andLoseNoAccount(@TempDir Path data) throws Exception {
        String authenticator;
        try (Application application = TestInstallation.open(data)) {
            authenticator = TestInstallation.createAccount(application, Limit.of(CREDITS), Limit.of(RATE));
        }
        List<Long> accounts = new ArrayList<>();
        Random random = new Random(KILLS);
        for (int kill = 0; kill < KILLS; kill++) {
            try (Server server = PackagedProgram.serve(data)) {
                List<Future<?>> clients = startClients(server, authenticator);
                if (kill % COMMANDS == 0) {
                    // Every other command has been answered when the kill comes.
                    createAndKill(data, server, kill % (2 * COMMANDS) == 0).ifPresent(accounts::add);
                } else {
                    Thread.sleep(random.nextInt(LONGEST_LOAD_MILLIS));
                    server.kill();
                }
                for (Future<?> client : clients) {
                    client.get();
                }
            }
            assertThat(tokens).hasValueLessThanOrEqualTo(CREDITS);
        }
        checkWhatIsLeft(data, accounts);
    }

    /** The account that a command said it made, if it got so far. */
    private Optional<Long> createAndKill(Path data, Server server, boolean afterCommand) throws Exception {
        Future<Finished> command = threads.submit(() -> create(data));
        if (afterCommand) {
            command.get();
        } else {
            Thread.sleep(LONGEST_LOAD_MILLIS);
        }
        server.kill();
        return command.get().status() == 0
                ? Optional.of(json(command.get()).get("account").longValue())
                : Optional.empty();
    }

    private List<Future<?>> startClients(Server server, String authenticator) {
        List<Future<?>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(threads.submit(() -> askUntilKilled(server, authenticator)));
        }
        return clients;
    }

    private static Finished create(Path data) throws Exception {
        Finished finished = PackagedProgram.run(data, "account", "create", "--name", "N", "--json");
        TestHome.markAll(finished.out());
        return finished;
    }

    private static JsonNode json(Finished finished) throws IOException {
        return new ObjectMapper().readTree(finished.out());
    }

    private void askUntilKilled(Server server, String authenticator) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/hms/wv/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("customerAuthenticator=" + authenticator + PARAMETERS))
                .build();
        try {
            while (true) {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    tokens.incrementAndGet();
                }
            }
        } catch (IOException e) {
            // Killed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkWhatIsLeft(Path data, List<Long> accounts) {
        try (Application application = TestInstallation.open(data)) {
            assertThat(application.accounts().list())
                    .extracting(Account::number)
                    .containsAll(accounts);
            assertThat(accounts).hasSizeBetween(ANSWERED, 2 * ANSWERED);
            long left = Objects.requireNonNull(
                    application.accounts().find(1001).orElseThrow().credits().most());
            long lost = CREDITS - tokens.get() - left;
            System.out.printf(
                    "%d kills: %s tokens for %d credits, %d credits left, %d lost; %d accounts made%n",
                    KILLS, tokens, CREDITS, left, lost, accounts.size());
            assertThat(lost).isBetween(0L, KILLS * LARGEST_BLOCK);
            assertThat(tokens).hasPositiveValue();
        }
    }
}
