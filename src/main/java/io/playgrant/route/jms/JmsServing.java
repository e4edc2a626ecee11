package io.playgrant.route.jms;

import io.playgrant.account.QueueCharges;
import io.playgrant.app.Application;
import io.playgrant.config.JmsSettings;
import io.playgrant.error.FailureTrace;
import io.playgrant.route.Steps;
import io.playgrant.route.exchange.FailureMessages;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.queue.Settlement;
import java.util.Properties;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.ConsumerType;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.support.CamelContextHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects {@code routes/token-jms.camel.yaml} to its broker and its steps. To be configured after the {@link Steps}. */
public final class JmsServing implements CamelConfiguration {

    /** The route that reads the queue. */
    public static final String ROUTE = "token-jms";

    private static final Logger LOG = LoggerFactory.getLogger(JmsServing.class);

    private final JmsSettings settings;
    private final Application application;
    private final SourceMeters meters;
    private final JmsBroker broker;

    /**
     * A connection that is not open.
     *
     * @throws io.playgrant.config.SettingsException if the broker's URL is none
     */
    public JmsServing(JmsSettings settings, Application application, SourceMeters meters) {
        this.settings = settings;
        this.application = application;
        this.meters = meters;
        this.broker = new JmsBroker(settings);
    }

    public JmsBroker broker() {
        return broker;
    }

    /** The settings that the route's file refers to; Camel leaves the route out without them. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.put("playgrant.jms.enabled", "true");
        properties.put("playgrant.jms.request.queue", settings.requestQueue());
        properties.put("playgrant.jms.result.queue", settings.resultQueue());
        properties.put("playgrant.jms.dead.letter.queue", settings.deadLetterQueue());
        properties.put("playgrant.jms.consumers", Integer.toString(settings.consumers()));
        return properties;
    }

    @Override
    public void configure(CamelContext context) throws Exception {
        RefusalLog log = CamelContextHelper.mandatoryLookup(context, RefusalLog.NAME, RefusalLog.class);
        QueueCharges charges = application.queueCharges();
        context.addComponent("jms", component());
        new JmsSteps(settings, new FailedAttempts(), new Settlement(charges, log, meters), log, meters)
                .bind(new StepRegistry(context));
        context.addService(new ForgetJmsMessages(
                application.schedule(), () -> charges.forgetMessages(JmsRequestReader.CHARGE_KEYS)));
    }

    /**
     * The server starts without waiting for the broker. An answer is sent in the session that read the message, as long as consumer and
     * producer share the connection factory and there is no transaction manager.
     */
    private JmsComponent component() {
        JmsComponent component = JmsComponent.jmsComponent(broker);
        component.setTransacted(true);
        component.setLazyCreateTransactionManager(false);
        component.setDisableReplyTo(true);
        component.setAsyncStartListener(true);
        component.setRecoveryInterval(1_000);
        component.setExceptionListener(broker);
        component.setConsumerType(ConsumerType.Custom);
        component.setMessageListenerContainerFactory(endpoint -> new JmsQueueReader(endpoint, broker));
        component.setErrorHandler(JmsServing::logFailure);
        return component;
    }

    /** The broker delivers the message again. */
    private static void logFailure(Throwable failure) {
        LOG.warn(
                "A JMS message is given back to its queue: {}",
                FailureMessages.foreseen(failure).orElseGet(() -> FailureTrace.withoutMessages(failure)));
    }
}
