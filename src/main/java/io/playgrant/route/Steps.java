package io.playgrant.route;

import io.playgrant.account.AccountCache;
import io.playgrant.account.Authenticator;
import io.playgrant.account.CreditBlocks;
import io.playgrant.account.RateLimits;
import io.playgrant.app.Application;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.record.RecordWriter;
import io.playgrant.route.exchange.Authenticate;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.route.http.CallOrigin;
import io.playgrant.route.http.DescribeError;
import io.playgrant.route.http.ErrorFormat;
import io.playgrant.route.http.Hosts;
import io.playgrant.route.http.OmitBodyOfHead;
import io.playgrant.route.http.ReadCall;
import io.playgrant.route.http.RefusePath;
import io.playgrant.route.http.RenderErrorPage;
import io.playgrant.route.http.TrustedProxies;
import io.playgrant.route.keystore.KeySteps;
import io.playgrant.route.records.FindRecords;
import io.playgrant.route.records.ReadRecordCall;
import io.playgrant.route.stream.AnswerLines;
import io.playgrant.route.stream.OpenStream;
import io.playgrant.route.stream.ReadLine;
import io.playgrant.route.stream.ReadStream;
import io.playgrant.route.stream.WriteLine;
import io.playgrant.route.token.AnswerRecords;
import io.playgrant.route.token.AwaitRecords;
import io.playgrant.route.token.Charge;
import io.playgrant.route.token.DescribeItemError;
import io.playgrant.route.token.IssueItems;
import io.playgrant.route.token.ItemResult;
import io.playgrant.route.token.ItemRoute;
import io.playgrant.route.token.KeepKey;
import io.playgrant.route.token.LeaveItemToRetry;
import io.playgrant.route.token.LicenseUrl;
import io.playgrant.route.token.LimitRate;
import io.playgrant.route.token.LookUpKey;
import io.playgrant.route.token.Mint;
import io.playgrant.route.token.NextKey;
import io.playgrant.route.token.OweCredit;
import io.playgrant.route.token.ReadContentKey;
import io.playgrant.route.token.ReadItem;
import io.playgrant.route.token.ReadTokenRequest;
import io.playgrant.route.token.RecordRefusal;
import io.playgrant.route.token.RecordResults;
import io.playgrant.route.token.RecordToken;
import io.playgrant.route.token.RefuseKeyMaterial;
import io.playgrant.route.token.UnwrapKey;
import io.playgrant.token.TokenMint;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** Binds the steps to the names by which the YAML routes call them. */
public final class Steps implements CamelConfiguration {

    private final Application application;
    private final AccountCache accountCache;
    private final CreditBlocks credits;
    private final KeyLookup keys;
    private final RecordWriter records;
    private final SourceMeters meters;

    /**
     * The steps of these rooms.
     *
     * @param application what the steps work with; closed by whoever opened it
     * @param accountCache accounts as requests see them
     * @param credits what this process has taken of their credits
     * @param keys stored keys as requests see them
     * @param records where records go
     */
    public Steps(
            Application application,
            AccountCache accountCache,
            CreditBlocks credits,
            KeyLookup keys,
            RecordWriter records) {
        this(application, accountCache, credits, keys, records, SourceMeters.none());
    }

    /** The same, counting what many requests at once come to. */
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
        RefusalLog refusalLog = new RefusalLog(application.clock());
        Registry registry = context.getRegistry();
        registry.bind(
                TrustedProxies.NAME,
                new TrustedProxies(application.settings().http().trustedProxies()));
        registry.bind(RefusalLog.NAME, refusalLog);
        registry.bind("read-call", new ReadCall());
        CallOrigin origin = new CallOrigin(hosts);
        registry.bind("read-request", new ReadTokenRequest(origin));
        registry.bind("read-stream", new ReadStream(origin));
        registry.bind("open-stream", new OpenStream());
        registry.bind("answer-lines", new AnswerLines());
        registry.bind("read-line", new ReadLine());
        registry.bind("write-line", new WriteLine());
        registry.bind("check-error-format", new ErrorFormat());
        Authenticator authenticator =
                new Authenticator(accountCache, application.accounts().authenticators());
        registry.bind("authenticate", Authenticate.forTokens(authenticator));
        registry.bind("validator", validatorFactory());
        registry.bind("next-key", new NextKey());
        registry.bind("read-content-key", new ReadContentKey());
        registry.bind("look-up-key", new LookUpKey(keys, application.clock()));
        registry.bind("unwrap-key", new UnwrapKey());
        registry.bind("refuse-key-material", new RefuseKeyMaterial());
        registry.bind("keep-key", new KeepKey());
        registry.bind("limit-rate", new LimitRate(new RateLimits()));
        registry.bind(
                "mint", new Mint(new TokenMint(application.keyRing(), application.clock(), application.random())));
        registry.bind("license-url", new LicenseUrl(hosts));
        registry.bind("charge", new Charge(credits));
        registry.bind("owe-credit", new OweCredit());
        registry.bind("read-item", new ReadItem());
        AnswerRecords answers = new AnswerRecords(application.clock());
        registry.bind("await-records", new AwaitRecords(records));
        registry.bind("record-token", new RecordToken(records, answers));
        registry.bind("record-refusal", new RecordRefusal(records, answers));
        registry.bind("record-results", new RecordResults(records));
        registry.bind("item-result", new ItemResult(meters, answers));
        registry.bind("issue-items", new IssueItems(new ItemRoute(context)));
        registry.bind("leave-item-to-retry", new LeaveItemToRetry());
        registry.bind("describe-item-error", new DescribeItemError(refusalLog, meters, answers));
        new KeySteps(application, origin, authenticator).bind(registry);
        registry.bind("read-record-call", new ReadRecordCall(origin));
        registry.bind("authenticate-record-reader", Authenticate.forStorage(authenticator));
        registry.bind("find-records", new FindRecords(application.records(), application.clock()));
        registry.bind("refuse-path", new RefusePath());
        registry.bind("describe-error", new DescribeError(refusalLog));
        registry.bind("omit-body-of-head", new OmitBodyOfHead());
        registry.bind("render-error-page", new RenderErrorPage());
    }

    /** Messages are plain sentences: no expression language is needed, and none is wanted near what clients send. */
    private ValidatorFactory validatorFactory() {
        return Validation.byDefaultProvider()
                .configure()
                .clockProvider(application::clock)
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory();
    }
}
