package io.playgrant.cli.serve;

import io.playgrant.app.Application;
import io.playgrant.cli.terminal.InstallationHome;
import io.playgrant.cli.terminal.PrintingCommand;
import io.playgrant.cli.terminal.Termination;
import io.playgrant.cluster.Heartbeat;
import io.playgrant.config.Authority;
import io.playgrant.config.ConfigCheck;
import io.playgrant.config.Settings;
import io.playgrant.config.UnknownSettings;
import io.playgrant.console.ConsoleParts;
import io.playgrant.route.Flow;
import io.playgrant.route.Ports;
import io.playgrant.route.ServerIssuer;
import io.playgrant.tls.TlsIdentity;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code playgrant serve}. */
@Command(
        name = "serve",
        description = {
            "Issue and redeem tokens until the process receives SIGTERM, SIGINT or SIGHUP.",
            "The settings are environment variables; application.properties lists them."
        },
        mixinStandardHelpOptions = true)
public final class ServeCommand extends PrintingCommand {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    /** The time to close everything after the open requests. Only a hanging database needs this long. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    @Override
    public Integer call() throws Exception {
        Settings settings = InstallationHome.settings();
        LogOutput.use(settings.logFormat());
        UnknownSettings.in(InstallationHome.path(), System.getenv()).forEach(LOG::warn);
        ListeningAddress.checkAllFree(settings);
        // Fails fast, before anything is created. The server reads the files again when it starts.
        settings.http().tls().ifPresent(tls -> TlsIdentity.read(tls.certificate(), tls.key()));
        Termination termination =
                Termination.expect(settings.http().shutdownTimeout().plus(CLOSE_TIMEOUT));
        try (Application application = Application.openToServe(settings);
                Heartbeat heartbeat = application.newHeartbeat();
                CacheTraining training = new CacheTraining()) {
            Optional<DemoAccount> demo = DemoAccount.createIfNew(application);
            ServerIssuer issuer = new ServerIssuer();
            Flow.serve(
                    application,
                    settings.console().enabled()
                            ? health -> ConsoleParts.open(
                                    application,
                                    health,
                                    ConfigCheck.effective(InstallationHome.path(), System.getenv()),
                                    issuer::issue)
                            : null,
                    issuer,
                    ports -> {
                        announce(settings, ports, demo);
                        training.begin();
                    },
                    termination.requested());
            LOG.info("Playgrant has shut down");
        } finally {
            termination.completed();
        }
        return 0;
    }

    private void announce(Settings settings, Ports ports, Optional<DemoAccount> demo) {
        String service =
                settings.http().scheme() + "://" + Authority.of(settings.http().host(), ports.http());
        LOG.info("Playgrant serves on {}", service);
        String management = settings.management().scheme() + "://"
                + Authority.of(settings.management().host(), ports.management());
        LOG.info("Health and metrics on {}/observe/", management);
        if (settings.console().enabled()) {
            LOG.info("Console on {}/console/", management);
        }
        demo.ifPresent(account -> greet(account, service));
    }

    /** Shows commands to paste on a terminal. They contain an authenticator, so they must not reach a log file. */
    private void greet(DemoAccount demo, String url) {
        // The server continues if its terminal has gone: the authenticators are in the file, too.
        if (!Boolean.getBoolean("playgrant.terminal") || !printed(demo.greeting(url) + "\n")) {
            LOG.info("The demo account's authenticators are in {}", demo.file());
        }
    }
}
