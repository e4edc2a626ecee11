package io.playgrant.cli.serve;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.cli.terminal.Termination;
import io.playgrant.cluster.Heartbeat;
import io.playgrant.config.Authority;
import io.playgrant.config.Settings;
import io.playgrant.config.UnknownSettings;
import io.playgrant.route.Flow;
import io.playgrant.route.Ports;
import io.playgrant.tls.TlsIdentity;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code playgrant serve}. */
@Command(
        name = "serve",
        description = "Serve tokens over HTTP until the process is told to end.",
        mixinStandardHelpOptions = true)
public final class ServeCommand extends PrintingCommand {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    /** What the end may take beside the requests that are answered first; so long only if the database hangs. */
    private static final Duration TO_CLOSE = Duration.ofSeconds(30);

    @Override
    public Integer call() throws Exception {
        Settings settings = InstallationHome.settings();
        LogOutput.use(settings.logFormat());
        UnknownSettings.in(InstallationHome.path(), System.getenv()).forEach(LOG::warn);
        ListeningAddress.checkAllFree(settings);
        // Read again when the server starts; here nothing has been made yet.
        settings.http().tls().ifPresent(tls -> TlsIdentity.read(tls.certificate(), tls.key()));
        Termination termination = Termination.expect(settings.http().farewell().plus(TO_CLOSE));
        try (Application application = Application.openToServe(settings);
                Heartbeat heartbeat = application.newHeartbeat()) {
            Optional<DemoAccount> demo = DemoAccount.createIfNew(application);
            Flow.serve(application, ports -> tell(settings, ports, demo), termination.requested());
            LOG.info("Playgrant has ended, as it was told to");
        } finally {
            termination.completed();
        }
        return 0;
    }

    private void tell(Settings settings, Ports ports, Optional<DemoAccount> demo) {
        String service =
                settings.http().scheme() + "://" + Authority.of(settings.http().host(), ports.http());
        LOG.info("Playgrant serves on {}", service);
        LOG.info(
                "Health and metrics on http://{}/observe/",
                Authority.of(settings.management().host(), ports.management()));
        demo.ifPresent(account -> greet(account, service));
    }

    /** A person at a terminal gets lines to paste; a log file must not hold them. */
    private void greet(DemoAccount demo, String url) {
        // A server goes on without its terminal; the file has what was to be shown.
        if (!Boolean.getBoolean("playgrant.terminal") || !printed(demo.greeting(url) + "\n")) {
            LOG.info("The demo account's authenticators are in {}", demo.file());
        }
    }
}
