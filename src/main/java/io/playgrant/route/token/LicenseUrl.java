package io.playgrant.route.token;

import io.playgrant.route.exchange.FlowProperties;
import io.playgrant.route.http.Hosts;
import io.playgrant.token.LicenseToken;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Step {@code license-url}: sets the property {@code licenseUrl}. Takes and leaves a {@link LicenseToken}. */
public final class LicenseUrl implements Processor {

    private final Hosts hosts;

    public LicenseUrl(Hosts hosts) {
        this.hosts = hosts;
    }

    @Override
    public void process(Exchange exchange) {
        LicenseToken token = exchange.getMessage().getBody(LicenseToken.class);
        String rightsUrl = exchange.getProperty(FlowProperties.RIGHTS_URL, String.class);
        if (rightsUrl == null) {
            rightsUrl = hosts.rightsUrl(token.claims().environment());
        }
        boolean https = FlowProperties.request(exchange).wantsHttps();
        exchange.setProperty(FlowProperties.LICENSE_URL, token.url(rightsUrl, https));
    }
}
