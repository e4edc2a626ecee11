package io.playgrant.route;

import io.playgrant.account.AccountCache;
import io.playgrant.account.CreditBlocks;
import io.playgrant.batch.Item;
import io.playgrant.batch.TokenResult;
import io.playgrant.config.Rooms;
import io.playgrant.keystore.KeyCache;
import java.util.List;
import org.apache.camel.main.Main;

/** Issues tokens without a server, by the same flow. Any number of threads may use it at the same time. */
public final class Issuer implements AutoCloseable {

    private static final List<String> ROUTES = List.of("token", "token-item");

    private final AccountCache accounts;
    private final CreditBlocks credits;
    private final KeyCache keys;
    private final Main main;
    private final ItemRoute items;

    private Issuer(AccountCache accounts, CreditBlocks credits, KeyCache keys, Main main) throws Exception {
        this.accounts = accounts;
        this.credits = credits;
        this.keys = keys;
        this.main = main;
        this.items = new ItemRoute(main.getCamelContext());
    }

    /**
     * Starts the part of the flow that knows no transport.
     *
     * @param rooms what it works with; closed by whoever opened it, after this
     * @throws Exception if the start fails
     */
    public static Issuer open(Rooms rooms) throws Exception {
        AccountCache accounts = rooms.newAccountCache();
        CreditBlocks credits = rooms.newCreditBlocks();
        KeyCache keys = rooms.newKeyCache();
        Main main = Flow.withoutServer(rooms, accounts, credits, keys, ROUTES);
        try {
            main.start();
            return new Issuer(accounts, credits, keys, main);
        } catch (Exception e) {
            close(main, keys, credits, accounts);
            throw e;
        }
    }

    /** Issues a token, or says why there is none. */
    public TokenResult issue(Item item) {
        try {
            return items.issue(item, exchange -> exchange.setProperty(FlowProperties.SOURCE, FlowProperties.BATCH));
        } catch (Exception e) {
            throw Refusals.of(e, ReadItem.newRequestId());
        }
    }

    /** Gives back what was not used of the credits. */
    @Override
    public void close() {
        close(main, keys, credits, accounts);
    }

    private static void close(Main main, KeyCache keys, CreditBlocks credits, AccountCache accounts) {
        main.stop();
        keys.close();
        credits.close();
        accounts.close();
    }
}
