package io.playgrant.route;

import static io.playgrant.TestSecrets.secret;

import io.playgrant.account.AccountCache;
import io.playgrant.account.Accounts;
import io.playgrant.account.CreditBlocks;
import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.config.Rooms;
import io.playgrant.config.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.Main;

/** The whole service in this process, with the repository's routes and settings, on a free port and an empty data folder. */
final class RunningService implements AutoCloseable {

    private final Rooms rooms;
    private final AccountCache cache;
    private final CreditBlocks credits;
    private final Main main;
    private final int port;

    private RunningService(Rooms rooms, AccountCache cache, CreditBlocks credits, Main main, int port) {
        this.rooms = rooms;
        this.cache = cache;
        this.credits = credits;
        this.main = main;
        this.port = port;
    }

    static RunningService start(Path dataDir, Map<String, String> environment) throws Exception {
        Rooms rooms = Rooms.open(settings(dataDir, environment));
        AccountCache cache = rooms.newAccountCache();
        CreditBlocks credits = rooms.newCreditBlocks();
        Main main = Flow.main(rooms, cache, credits);
        main.start();
        int port = main.getCamelContext()
                .hasService(VertxPlatformHttpServer.class)
                .getServer()
                .actualPort();
        return new RunningService(rooms, cache, credits, main, port);
    }

    static Settings settings(Path dataDir, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("PLAYGRANT_HTTP_PORT", "0");
        variables.put("PLAYGRANT_DATA_DIR", dataDir.toString());
        return Settings.load(Path.of("").toAbsolutePath(), variables);
    }

    Rooms rooms() {
        return rooms;
    }

    int port() {
        return port;
    }

    Customer newCustomer(Profile profile) {
        return Customer.of(rooms.accounts().create("Test", profile, List.of()));
    }

    RawHttp http() {
        return new RawHttp(port);
    }

    @Override
    public void close() {
        main.stop();
        credits.close();
        cache.close();
        rooms.close();
    }

    /** An account and what it authenticates with. */
    record Customer(long account, String production, String test) {

        static Customer of(Accounts.Created created) {
            return new Customer(
                    created.account().number(),
                    secret(created.authenticator(Environment.PRODUCTION).reveal()),
                    secret(created.authenticator(Environment.TEST).reveal()));
        }

        @Override
        public String toString() {
            return "account " + account;
        }
    }
}
