package io.playgrant.cli;

import io.playgrant.config.Rooms;
import io.playgrant.config.Settings;
import io.playgrant.route.Flow;
import io.playgrant.storage.Heartbeat;
import io.playgrant.tls.TlsIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code playgrant serve}. */
@Command(
        name = "serve",
        description = "Serve tokens over HTTP until the process is told to end.",
        mixinStandardHelpOptions = true)
final class ServeCommand extends PrintingCommand {

    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    /** Longer than Camel waits for its routes, see camel.main.shutdownTimeout. */
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(20);

    @Override
    public Integer call() throws Exception {
        Settings settings = Home.settings();
        checkPortIsFree(settings);
        // Read again when the server starts; here nothing has been made yet.
        settings.http().tls().ifPresent(tls -> TlsIdentity.read(tls.certificate(), tls.key()));
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endAndWait(end, ended), "shutdown"));
        try (Rooms rooms = Rooms.open(settings);
                Heartbeat heartbeat = rooms.newHeartbeat()) {
            Optional<DemoAccount> demo = DemoAccount.createIfNew(rooms);
            Flow.serve(
                    rooms,
                    port -> {
                        String url = settings.http().scheme() + "://" + hostInUrl(settings) + ":" + port;
                        LOG.info("Playgrant serves on {}", url);
                        demo.ifPresent(account -> greet(account, url));
                    },
                    end);
        } finally {
            ended.countDown();
        }
        return 0;
    }

    /** The process ends when its shutdown hooks do. */
    private static void endAndWait(CountDownLatch end, CountDownLatch ended) {
        end.countDown();
        try {
            if (!ended.await(LONGEST_FAREWELL.toSeconds(), TimeUnit.SECONDS)) {
                LOG.error("Requests were cut off: they took longer than {}", LONGEST_FAREWELL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A person at a terminal gets lines to paste; a log file must not hold them. */
    private void greet(DemoAccount demo, String url) {
        if (Boolean.getBoolean("playgrant.terminal")) {
            print(demo.greeting(url) + "\n");
        } else {
            LOG.info("The demo account's authenticators are in {}", demo.file());
        }
    }

    /** Camel's server only logs that it cannot listen. */
    private static void checkPortIsFree(Settings settings) {
        InetSocketAddress address =
                new InetSocketAddress(settings.http().host(), settings.http().port());
        if (address.isUnresolved()) {
            throw new CommandException(
                    "PLAYGRANT_HTTP_HOST names no address: " + settings.http().host());
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw new CommandException("Cannot listen on " + settings.http().host() + ":"
                    + settings.http().port() + " (PLAYGRANT_HTTP_HOST, PLAYGRANT_HTTP_PORT): " + e.getMessage());
        }
    }

    private static String hostInUrl(Settings settings) {
        return settings.http().host().contains(":")
                ? "[" + settings.http().host() + "]"
                : settings.http().host();
    }
}
