package io.playgrant.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.playgrant.TemporaryFolder;
import io.playgrant.account.AccountCache;
import io.playgrant.account.Authenticator.Origin;
import io.playgrant.account.CreditBlocks;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.observe.Metrics;
import io.playgrant.record.RecordWriter;
import io.playgrant.revocation.RevocationCache;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.exchange.Issuance;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.exchange.Source;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.route.http.HttpServing;
import io.playgrant.route.http.NotFoundRoute;
import io.playgrant.route.jms.JmsServing;
import io.playgrant.route.license.LicenseServing;
import io.playgrant.route.packager.PackagerServing;
import io.playgrant.token.Parameters;
import io.playgrant.token.TokenRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.AfterEach;

/** A test of the real YAML routes with the real steps. What the routes went through is counted, see {@code RouteCoverageAfterwards}. */
public abstract class FlowTestSupport extends CamelMainTestSupport {

    private final TemporaryFolder folder = TemporaryFolder.create();
    private final Application application = RunningService.openApplication(folder.path(), environment());
    private final AccountCache cache = application.newAccountCache();
    private final CreditBlocks credits = application.newCreditBlocks();
    private final RecordWriter records = application.newRecordWriter();
    private final RevocationCache revocations = application.newRevocationCache();
    private final Metrics metrics = new Metrics();
    private final LicenseServing licenses = new LicenseServing(application, cache, revocations, records, metrics);
    private final Properties properties = new Properties();
    private final SourceMeters meters = SourceMeters.of(metrics, List.of(Source.JMS));
    private final Optional<JmsServing> jms =
            application.settings().jms().map(settings -> new JmsServing(settings, application, meters));

    public FlowTestSupport() {
        Settings settings = application.settings();
        properties.put("playgrant.home", settings.home().toString());
        properties.put("playgrant.http.port", "0");
        jms.ifPresent(queue -> properties.putAll(queue.properties()));
        camelContextConfiguration().withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    /** What the routes look stored keys up in. */
    protected KeyLookup keyStorage() {
        return (account, environment, kid) -> Optional.empty();
    }

    /** Gives a placeholder of the routes another value; before the test begins. */
    protected final void override(String placeholder, String value) {
        properties.put(placeholder, value);
    }

    /** Settings other than the defaults. */
    protected Map<String, String> environment() {
        return Map.of();
    }

    protected final Application application() {
        return application;
    }

    protected final MeterRegistry meters() {
        return metrics.registry();
    }

    protected final Customer newCustomer(Profile profile) {
        return Customer.of(application.accounts().create("Test", profile, List.of()));
    }

    /** A request for a token that has been read, to be sent to {@code direct:token}: {@code template.send("direct:token", issuance::begin)}. */
    protected static Issuance issuance(Parameters parameters) {
        return issuance(parameters, "http://127.0.0.1:0/hms/wv/rights/");
    }

    /** The same, for a token that is redeemed elsewhere. */
    protected static Issuance issuance(Parameters parameters, String rightsUrl) {
        return Issuance.overHttp("test", Origin.internal(), rightsUrl, TokenRequest.of(parameters));
    }

    /** What the steps have filled in of a request for a token. */
    protected static Issuance issuance(Exchange exchange) {
        return RequestContext.of(exchange, Issuance.class);
    }

    @Override
    protected String getPropertyPlaceholderLocations() {
        return "file:application.properties";
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.addConfiguration(new StepCounts());
        configuration.addConfiguration(new Steps(application, cache, credits, keyStorage(), records, meters));
        configuration.addConfiguration(new HttpServing(application.settings().http(), null, metrics));
        configuration.addConfiguration(licenses);
        configuration.addConfiguration(new PackagerServing(application, cache, keyStorage(), metrics));
        configuration.addRoutesBuilder(new NotFoundRoute());
        jms.ifPresent(configuration::addConfiguration);
    }

    @AfterEach
    protected final void closeApplication() throws IOException {
        StepCounts.write();
        licenses.close();
        revocations.close();
        records.close();
        credits.close();
        metrics.close();
        cache.close();
        application.close();
        folder.close();
    }
}
