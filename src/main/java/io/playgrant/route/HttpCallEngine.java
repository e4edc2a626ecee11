package io.playgrant.route;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.CamelContextHelper;

/** Camel's HTTP server, handing requests to the routes as {@link HttpCall}. */
public final class HttpCallEngine extends VertxPlatformHttpEngine {

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        // Camel's body handler parses forms and multipart bodies, writes uploads to disk and has limits of its own.
        endpoint.setUseBodyHandler(false);
        return new HttpCallConsumer(
                endpoint,
                processor,
                getHandlers(),
                VertxPlatformHttpRouter.getRouterNameFromPort(getServerPort()),
                CamelContextHelper.mandatoryLookup(
                        endpoint.getCamelContext(), Steps.TRUSTED_PROXIES, TrustedProxies.class),
                CamelContextHelper.mandatoryLookup(endpoint.getCamelContext(), HttpTraffic.NAME, HttpTraffic.class));
    }
}
