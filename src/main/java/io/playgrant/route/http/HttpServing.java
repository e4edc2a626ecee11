package io.playgrant.route.http;

import io.playgrant.config.Settings;
import io.playgrant.observe.Metrics;
import io.playgrant.route.Steps;
import io.playgrant.route.exchange.RefusalLog;
import io.playgrant.route.exchange.StepTimes;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/** What the routes need beside the {@link Steps} to be served over HTTP: places for requests, and meters. To be configured after them. */
public final class HttpServing implements CamelConfiguration {

    private final Admission admission;
    private final Metrics metrics;

    public HttpServing(Settings.Http settings, Metrics metrics) {
        this.admission = new Admission(settings.workerThreads(), settings.waitingRequests());
        this.metrics = metrics;
    }

    public Admission admission() {
        return admission;
    }

    @Override
    public void configure(CamelContext context) {
        RefusalLog log = CamelContextHelper.mandatoryLookup(context, RefusalLog.NAME, RefusalLog.class);
        context.getRegistry().bind(HttpServerContext.NAME, HttpServerContext.of(admission, log, metrics));
        context.getCamelContextExtension().addInterceptStrategy(new StepTimes(metrics));
    }
}
