package io.playgrant.route;

import io.playgrant.account.AccountCache;
import io.playgrant.account.Authenticator;
import io.playgrant.account.CreditBlocks;
import io.playgrant.account.RateLimits;
import io.playgrant.app.Application;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.keystore.KeyService;
import io.playgrant.record.RecordWriter;
import io.playgrant.route.exchange.AuthenticationSteps;
import io.playgrant.route.exchange.ItemRoute;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.http.EndpointSteps;
import io.playgrant.route.http.ErrorSteps;
import io.playgrant.route.http.Hosts;
import io.playgrant.route.keystore.KeyEndpoint;
import io.playgrant.route.queue.QueueSteps;
import io.playgrant.route.records.RecordEndpoint;
import io.playgrant.route.stream.StreamEndpoint;
import io.playgrant.route.token.AnswerRecords;
import io.playgrant.route.token.ChargingSteps;
import io.playgrant.route.token.ItemSteps;
import io.playgrant.route.token.KeyMaterialSteps;
import io.playgrant.route.token.MintingSteps;
import io.playgrant.route.token.RecordSteps;
import io.playgrant.route.token.TokenEndpoint;
import io.playgrant.route.token.ValidationSteps;
import io.playgrant.token.TokenMint;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;

/** Composes the steps of the routes and binds them to their names. A new endpoint is one line here. */
public final class Steps implements CamelConfiguration {

    private final Application application;
    private final AccountCache accountCache;
    private final CreditBlocks credits;
    private final KeyLookup keys;
    private final RecordWriter records;
    private final SourceMeters meters;

    /**
     * The steps with their dependencies.
     *
     * @param application what the steps work with; its owner closes it
     * @param accountCache accounts as requests see them
     * @param credits the credits that this process has reserved
     * @param keys stored keys as requests see them
     * @param records writes records
     */
    public Steps(
            Application application,
            AccountCache accountCache,
            CreditBlocks credits,
            KeyLookup keys,
            RecordWriter records) {
        this(application, accountCache, credits, keys, records, SourceMeters.none());
    }

    /** The same, with meters for the transports that bring many requests at once. */
    Steps(
            Application application,
            AccountCache accountCache,
            CreditBlocks credits,
            KeyLookup keys,
            RecordWriter records,
            SourceMeters meters) {
        this.application = application;
        this.accountCache = accountCache;
        this.credits = credits;
        this.keys = keys;
        this.records = records;
        this.meters = meters;
    }

    @Override
    public void configure(CamelContext context) {
        Hosts hosts = new Hosts(application.settings());
        RefusalLog log = new RefusalLog();
        AnswerRecords answers = new AnswerRecords(application.clock());
        StepRegistry steps = StepRegistry.in(context);
        steps.bean(RefusalLog.NAME, log);
        new EndpointSteps(hosts).bind(steps);
        new ErrorSteps(log).bind(steps);
        new AuthenticationSteps(
                        new Authenticator(accountCache, application.accounts().authenticators()))
                .bind(steps);

        TokenEndpoint.bind(steps);
        new ValidationSteps(application.clock()).bind(steps);
        new KeyMaterialSteps(keys, application.heldKeys(), application.clock()).bind(steps);
        new MintingSteps(new TokenMint(application.keyRing(), application.clock(), application.random()), hosts)
                .bind(steps);
        new ChargingSteps(new RateLimits(), credits).bind(steps);
        new RecordSteps(records, answers).bind(steps);
        new ItemSteps(log, meters, answers).bind(steps);
        new QueueSteps(new ItemRoute(context), records).bind(steps);

        new StreamEndpoint().bind(steps);
        new KeyEndpoint(new KeyService(application.storedKeys(), application.clock(), application.random()))
                .bind(steps);
        new RecordEndpoint(application.records(), application.clock()).bind(steps);
    }
}
