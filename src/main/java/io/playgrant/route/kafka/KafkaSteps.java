package io.playgrant.route.kafka;

import io.playgrant.account.QueueCharges;
import io.playgrant.app.Application;
import io.playgrant.batch.MessageReader;
import io.playgrant.route.Steps;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.SourceMeters;
import java.util.Optional;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.CamelContextHelper;

/** Binds the steps of the route that reads a Kafka topic. To be configured after {@link Steps}. */
final class KafkaSteps implements CamelConfiguration {

    private final QueueCharges charges;
    private final Optional<String> authenticator;
    private final ResultTopic results;
    private final SourceMeters meters;
    private final RetryDelays delays;

    KafkaSteps(Application application, Optional<String> authenticator, ResultTopic results, SourceMeters meters) {
        this.charges = application.queueCharges();
        this.authenticator = authenticator;
        this.results = results;
        this.meters = meters;
        this.delays = new RetryDelays(application.clock());
    }

    /** What keeps partitions from being answered, if anything has done so for a while. */
    Optional<String> problem() {
        return delays.problem();
    }

    @Override
    public void configure(CamelContext context) {
        RefusalLog log = CamelContextHelper.mandatoryLookup(context, RefusalLog.NAME, RefusalLog.class);
        KafkaBacklog backlog = new KafkaBacklog();
        Registry registry = context.getRegistry();
        registry.bind("read-kafka-record", new ReadKafkaRecord(new MessageReader(authenticator)));
        registry.bind("keep-dead-letter", new KeepDeadLetter(backlog, log, meters));
        registry.bind("keep-results", new KeepResults(backlog));
        registry.bind("settle-kafka-charges", new SettleKafkaCharges(backlog, charges, results, log, meters));
        registry.bind("commit-offsets", new CommitOffsets(delays));
        registry.bind("forget-charges", new ForgetCharges(charges));
        registry.bind("wait-before-retry", new WaitBeforeRetry(backlog, results, delays));
    }
}
