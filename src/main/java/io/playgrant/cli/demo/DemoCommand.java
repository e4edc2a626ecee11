package io.playgrant.cli.demo;

import io.playgrant.account.Accounts;
import io.playgrant.account.AddressRange;
import io.playgrant.account.CustomerAuthenticator;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.serve.ListeningAddress;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.IsolatedEnvironment;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.cli.terminal.Termination;
import io.playgrant.cluster.Heartbeat;
import io.playgrant.config.Settings;
import io.playgrant.route.Flow;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code playgrant demo}. */
@Command(
        name = "demo",
        description = {
            "Run a server with a page on which an encrypted clip plays, until Ctrl+C.",
            "Its account, keys and records are in a temporary folder and are deleted when it ends."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand extends PrintingCommand {

    private static final int LARGEST_PORT = 65_535;
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
    private static final List<AddressRange> LOOPBACK = Stream.of("127.0.0.0/8", "::1")
            .flatMap(range -> AddressRange.parse(range).stream())
            .toList();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "The port of 127.0.0.1 to listen on; 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Override
    public Integer call() throws Exception {
        if (port < 0 || port > LARGEST_PORT) {
            throw new ParameterException(commandLine(), "--port must be 0 to " + LARGEST_PORT);
        }
        new ListeningAddress(IsolatedEnvironment.LOOPBACK, port, "--port").checkFree();
        Termination termination = Termination.expect(CLOSE_TIMEOUT);
        try (ThrowAwayFolder folder = ThrowAwayFolder.create()) {
            serve(DemoSettings.load(InstallationHome.path(), System.getenv(), folder.path(), port), termination);
        } finally {
            termination.release();
        }
        return 0;
    }

    private void serve(Settings settings, Termination termination) throws Exception {
        try (Application application = Application.openToServe(settings);
                Heartbeat heartbeat = application.newHeartbeat()) {
            Flow.serveDemo(
                    application,
                    account(application.accounts()),
                    ports -> print(greeting("http://" + IsolatedEnvironment.LOOPBACK + ":" + ports.http() + "/demo/")),
                    termination.requested());
        }
    }

    private static CustomerAuthenticator account(Accounts accounts) {
        return accounts.create(new NewAccount("Demo", Profile.STRICT, LOOPBACK, Limit.NONE, Limit.NONE))
                .authenticator(Environment.TEST);
    }

    private static String greeting(String url) {
        return """

                The demo is at %s
                Open it in a browser on this machine: Chrome, Chromium, Edge or Firefox. Ctrl+C ends it.

                """.formatted(url);
    }
}
