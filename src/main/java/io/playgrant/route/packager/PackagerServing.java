package io.playgrant.route.packager;

import io.playgrant.account.AccountCache;
import io.playgrant.account.Authenticator;
import io.playgrant.app.Application;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.keystore.packaging.PackagerKeys;
import io.playgrant.keystore.packaging.SignerSecrets;
import io.playgrant.observe.Metrics;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.exchange.Workers;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;

/** Connects the routes of packagers to their steps and meters. To be configured after the {@link io.playgrant.route.Steps}. */
public final class PackagerServing implements CamelConfiguration {

    private final Application application;
    private final AccountCache accounts;
    private final KeyLookup lookup;
    private final Metrics metrics;

    /**
     * The parts that the steps need.
     *
     * @param accounts accounts as requests see them
     * @param lookup stored keys as requests see them
     */
    public PackagerServing(Application application, AccountCache accounts, KeyLookup lookup, Metrics metrics) {
        this.application = application;
        this.accounts = accounts;
        this.lookup = lookup;
        this.metrics = metrics;
    }

    @Override
    public void configure(CamelContext context) {
        PackagerKeys keys = application.newPackagerKeys(lookup);
        PackagerMeters meters = new PackagerMeters(metrics.registry());
        RefusalLog log = context.getRegistry().lookupByNameAndType(RefusalLog.NAME, RefusalLog.class);
        // Requests for tokens need workers as well, while packagers wait for the database.
        Workers workers = Workers.named(
                "packager", Math.max(1, application.settings().http().workerThreads() / 2));
        StepRegistry steps = new StepRegistry(context).waitingOn(workers);
        PackagerEndpoint.bind(steps, meters);
        new PackagerAuthentication(
                        new Authenticator(accounts, application.accounts().authenticators()))
                .bind(steps);
        new WidevineDialect(keys, new SignerSecrets(application.heldKeys())).bind(steps);
        new CpixDialect(keys, application.clock(), application.random()).bind(steps);
        new NginxVodDialect(keys).bind(steps);
        new DialectRefusals(log).bind(steps);
    }
}
