package io.playgrant.route;

import io.playgrant.TemporaryFolder;
import io.playgrant.account.AccountCache;
import io.playgrant.account.CreditBlocks;
import io.playgrant.account.Profile;
import io.playgrant.app.Rooms;
import io.playgrant.config.Settings;
import io.playgrant.keystore.KeyStorage;
import io.playgrant.observe.Metrics;
import io.playgrant.record.RecordWriter;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.route.http.HttpServing;
import io.playgrant.route.jms.JmsServing;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.AfterEach;

/** A test of the real YAML routes with the real steps. What the routes went through is counted, see {@code RouteCoverageAfterwards}. */
public abstract class FlowTestSupport extends CamelMainTestSupport {

    private final TemporaryFolder folder = TemporaryFolder.create();
    private final Rooms rooms = RunningService.openRooms(folder.path(), environment());
    private final AccountCache cache = rooms.newAccountCache();
    private final CreditBlocks credits = rooms.newCreditBlocks();
    private final RecordWriter records = rooms.newRecordWriter();
    private final Metrics metrics = new Metrics();
    private final Properties properties = new Properties();
    private final SourceMeters meters = SourceMeters.of(metrics, List.of(FlowProperties.JMS));
    private final Optional<JmsServing> jms =
            rooms.settings().jms().map(settings -> new JmsServing(settings, rooms, meters));

    public FlowTestSupport() {
        Settings settings = rooms.settings();
        properties.put("playgrant.home", settings.home().toString());
        properties.put("playgrant.http.port", "0");
        jms.ifPresent(queue -> properties.putAll(queue.properties()));
        camelContextConfiguration().withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    /** What the routes look stored keys up in. */
    protected KeyStorage keyStorage() {
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

    protected final Rooms rooms() {
        return rooms;
    }

    protected final Customer newCustomer(Profile profile) {
        return Customer.of(rooms.accounts().create("Test", profile, List.of()));
    }

    @Override
    protected String getPropertyPlaceholderLocations() {
        return "file:application.properties";
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.addConfiguration(new StepCounts());
        configuration.addConfiguration(new Steps(rooms, cache, credits, keyStorage(), records, meters));
        configuration.addConfiguration(new HttpServing(rooms.settings().http(), metrics));
        jms.ifPresent(configuration::addConfiguration);
    }

    @AfterEach
    protected final void closeRooms() throws IOException {
        StepCounts.write();
        records.close();
        credits.close();
        metrics.close();
        cache.close();
        rooms.close();
        folder.close();
    }
}
