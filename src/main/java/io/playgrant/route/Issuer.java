package io.playgrant.route;

import io.playgrant.account.AccountCache;
import io.playgrant.account.CreditBlocks;
import io.playgrant.app.Application;
import io.playgrant.batch.Item;
import io.playgrant.batch.TokenResult;
import io.playgrant.keystore.KeyCache;
import io.playgrant.record.RecordWriter;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.ItemRoute;
import io.playgrant.route.exchange.RefusalMapper;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.Source;
import java.util.List;
import org.apache.camel.main.Main;

/** Issues tokens without a server, by the same routes. Safe for many threads. */
public final class Issuer implements AutoCloseable {

    private static final List<String> ROUTES = List.of("token", "token-item");

    private final AccountCache accounts;
    private final CreditBlocks credits;
    private final KeyCache keys;
    private final RecordWriter records;
    private final Main main;
    private final ItemRoute items;

    private Issuer(AccountCache accounts, CreditBlocks credits, KeyCache keys, RecordWriter records, Main main)
            throws Exception {
        this.accounts = accounts;
        this.credits = credits;
        this.keys = keys;
        this.records = records;
        this.main = main;
        this.items = new ItemRoute(main.getCamelContext());
    }

    /**
     * Starts the routes that are independent of a transport.
     *
     * @param application what it works with; its owner closes it, after this
     * @throws io.playgrant.storage.StorageException if servers on the same database could not open the tokens
     * @throws Exception if the start fails
     */
    public static Issuer open(Application application) throws Exception {
        application.requireRingOfServers();
        AccountCache accounts = application.newAccountCache();
        CreditBlocks credits = application.newCreditBlocks();
        KeyCache keys = application.newKeyCache();
        RecordWriter records = application.newRecordWriter();
        Main main = Flow.withoutServer(application, new Steps(application, accounts, credits, keys, records), ROUTES);
        try {
            main.start();
            return new Issuer(accounts, credits, keys, records, main);
        } catch (Exception e) {
            close(main, records, keys, credits, accounts);
            throw e;
        }
    }

    /** Issues a token; the result is its licence URL or an error. */
    public TokenResult issue(Item item) {
        try {
            return items.issue(Issuance.ofItem(Source.BATCH, item)).result();
        } catch (Exception e) {
            throw RefusalMapper.of(e, RequestContext.newId());
        }
    }

    /** Writes pending records, and returns unused credits. */
    @Override
    public void close() {
        close(main, records, keys, credits, accounts);
    }

    private static void close(
            Main main, RecordWriter records, KeyCache keys, CreditBlocks credits, AccountCache accounts) {
        main.stop();
        records.close();
        keys.close();
        credits.close();
        accounts.close();
    }
}
