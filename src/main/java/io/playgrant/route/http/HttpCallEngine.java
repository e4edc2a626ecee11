package io.playgrant.route.http;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.support.CamelContextHelper;

/** Camel's HTTP server, handing requests to the routes as {@link HttpCall}. The endpoint of a path says whether its body is read first. */
public final class HttpCallEngine extends VertxPlatformHttpEngine {

    /** The media type of JSON lines. */
    public static final String LINES = "application/x-ndjson";

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        // Camel's body handler parses forms and multipart bodies, writes uploads to disk and has limits of its own.
        endpoint.setUseBodyHandler(false);
        HttpServerContext server = CamelContextHelper.mandatoryLookup(
                endpoint.getCamelContext(), HttpServerContext.NAME, HttpServerContext.class);
        Endpoint declaration = Endpoint.of(endpoint.getCamelContext(), endpoint.getPath());
        return declaration.content() == Endpoint.Content.LINES
                ? new StreamConsumer(endpoint, processor, getHandlers(), declaration, server)
                : new HttpCallConsumer(endpoint, processor, getHandlers(), declaration, server);
    }
}
