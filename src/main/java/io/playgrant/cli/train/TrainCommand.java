package io.playgrant.cli.train;

import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cluster.Heartbeat;
import io.playgrant.config.Settings;
import io.playgrant.route.Flow;
import io.playgrant.route.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code playgrant train}. The launcher runs it with options by which Java records the classes and the hot methods, and makes the class
 * cache of them.
 */
@Command(
        name = "train",
        description = {
            "Make a class cache beside the program, with which it starts faster (Java 25 or newer).",
            "The server does so in the background."
        },
        mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {

    /** After this time the process ends as it is, whatever hangs. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Option(names = "--data", paramLabel = "FOLDER", required = true, hidden = true)
    private Path data = Path.of("");

    @Option(names = "--requests", paramLabel = "N", defaultValue = "12000", hidden = true)
    private int requests;

    @Override
    public Integer call() throws Exception {
        Thread watch = endInTime();
        try {
            train();
        } finally {
            watch.interrupt();
        }
        return 0;
    }

    private void train() throws Exception {
        Settings settings = TrainingSettings.load(InstallationHome.path(), System.getenv(), data);
        try (Application application = Application.openToServe(settings);
                Heartbeat heartbeat = application.newHeartbeat()) {
            Accounts.Created account = application
                    .accounts()
                    .create(new NewAccount("Training", Profile.STRICT, List.of(), Limit.NONE, Limit.NONE));
            String authenticator = account.authenticator(Environment.PRODUCTION).reveal();
            String ofTest = account.authenticator(Environment.TEST).reveal();
            serve(application, new TrainingLoad(authenticator, ofTest, requests));
            TrainingBatch.run(application, authenticator, requests);
        }
    }

    /** Runs a server until the load has been sent. */
    private static void serve(Application application, TrainingLoad load) throws Exception {
        CompletableFuture<Ports> ready = new CompletableFuture<>();
        CountDownLatch end = new CountDownLatch(1);
        CompletableFuture<Void> sent =
                ready.thenAcceptAsync(load::send).whenComplete((nothing, failure) -> end.countDown());
        Flow.serve(application, ready::complete, end);
        sent.join();
    }

    /** Halts the process after {@link #LIMIT}, unless the returned thread is interrupted before. */
    private static Thread endInTime() {
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(LIMIT.toMillis());
                        Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "training-limit");
        watch.setDaemon(true);
        watch.start();
        return watch;
    }
}
