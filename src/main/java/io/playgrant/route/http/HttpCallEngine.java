package io.playgrant.route.http;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.CamelContextHelper;

/** Camel's HTTP server, handing requests to the routes as {@link HttpCall}. A route that consumes JSON lines gets them before the body. */
public final class HttpCallEngine extends VertxPlatformHttpEngine {

    /** The media type of JSON lines. */
    public static final String LINES = "application/x-ndjson";

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        // Camel's body handler parses forms and multipart bodies, writes uploads to disk and has limits of its own.
        endpoint.setUseBodyHandler(false);
        String routerName = VertxPlatformHttpRouter.getRouterNameFromPort(getServerPort());
        TrustedProxies proxies = CamelContextHelper.mandatoryLookup(
                endpoint.getCamelContext(), TrustedProxies.NAME, TrustedProxies.class);
        HttpServerContext traffic = CamelContextHelper.mandatoryLookup(
                endpoint.getCamelContext(), HttpServerContext.NAME, HttpServerContext.class);
        if (LINES.equals(endpoint.getConsumes())) {
            // Otherwise Vert.x would refuse other types, in a form of its own.
            endpoint.setConsumes(null);
            return new StreamConsumer(endpoint, processor, getHandlers(), routerName, proxies, traffic);
        }
        return new HttpCallConsumer(endpoint, processor, getHandlers(), routerName, proxies, traffic);
    }
}
