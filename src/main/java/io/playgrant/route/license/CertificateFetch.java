package io.playgrant.route.license;

import io.playgrant.account.Environment;
import io.playgrant.config.LicenseSettings;
import io.playgrant.error.TokenException;
import io.playgrant.license.cloud.CloudAnswer;
import io.playgrant.license.cloud.CloudProvider;
import io.playgrant.license.cloud.CloudRequests;
import io.playgrant.license.cloud.ServiceCertificate;
import io.playgrant.license.cloud.ServiceCertificates;
import io.playgrant.route.exchange.RefusalMapper;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** Fetches service certificates through {@code direct:widevine-cloud}, and waits for them. */
final class CertificateFetch implements ServiceCertificates.Source {

    private final CamelContext context;
    private final LicenseSettings settings;

    CertificateFetch(CamelContext context, LicenseSettings settings) {
        this.context = context;
        this.settings = settings;
    }

    @Override
    public ServiceCertificate fetch(CloudProvider provider) {
        Environment environment = environment(provider);
        CertificateRequest request = CertificateRequest.ofServer(environment, settings.of(environment), provider);
        request.setCloudRequest(CloudRequests.certificate(provider));
        call(request);
        return CloudAnswer.certificate(
                request.response().status(), request.response().body());
    }

    private Environment environment(CloudProvider provider) {
        LicenseSettings.Service test = settings.test();
        return test.cloud().filter(provider::equals).isPresent()
                        || test.ofAccounts().containsValue(provider)
                ? Environment.TEST
                : Environment.PRODUCTION;
    }

    /**
     * Calls the licence service.
     *
     * @throws TokenException if that fails
     */
    private void call(CertificateRequest request) {
        Exchange exchange = new DefaultExchange(context);
        request.begin(exchange);
        try {
            AsyncProcessor route = context.getEndpoint("direct:widevine-cloud").createAsyncProducer();
            route.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            throw RefusalMapper.of(exchange.getException(), request.id());
        }
    }
}
