package io.playgrant.route.license;

import io.playgrant.account.Environment;
import io.playgrant.route.exchange.RequestContext;
import io.playgrant.route.license.CloudCaller.CloudResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URI;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.component.vertx.http.DefaultVertxHttpBinding;
import org.apache.camel.component.vertx.http.VertxHttpEndpoint;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * How a {@link CloudCaller} becomes an HTTP request, and its response comes back. No header goes either way, and a failure is kept in the
 * caller, which decides whether to try again.
 */
final class CloudBinding extends DefaultVertxHttpBinding {

    /** Many times the usual length. */
    private static final int LARGEST_RESPONSE = 1024 * 1024;

    private final Duration timeout;
    private final LicenseMeters meters;

    CloudBinding(Duration timeout, LicenseMeters meters) {
        this.timeout = timeout;
        this.meters = meters;
    }

    @Override
    public HttpRequest<Buffer> prepareHttpRequest(VertxHttpEndpoint endpoint, Exchange exchange) throws Exception {
        CloudCaller caller = RequestContext.of(exchange, CloudCaller.class);
        URI url = caller.provider().url();
        caller.beginAttempt();
        meters.began(caller.environment(), caller.attempts());
        exchange.getMessage().setHeader(Exchange.HTTP_URI, url.toString());
        HttpRequest<Buffer> request = super.prepareHttpRequest(endpoint, exchange);
        exchange.getMessage().removeHeader(Exchange.HTTP_URI);
        // Camel would speak plain HTTP on any port that the URL names.
        return request.ssl("https".equalsIgnoreCase(url.getScheme()))
                .putHeader("Content-Type", "application/json")
                .timeout(timeout.toMillis())
                .as(new LimitedBody(LARGEST_RESPONSE, timeout));
    }

    @Override
    public void populateRequestHeaders(
            VertxHttpEndpoint endpoint, Exchange exchange, HttpRequest<Buffer> request, HeaderFilterStrategy strategy) {
        // The request has headers of its own only.
    }

    @Override
    public void handleResponse(
            VertxHttpEndpoint endpoint, Exchange exchange, AsyncResult<HttpResponse<Buffer>> response) {
        CloudCaller caller = RequestContext.of(exchange, CloudCaller.class);
        Environment environment = caller.environment();
        meters.took(environment, caller.attemptNanos());
        if (response.failed()) {
            caller.setFailure(CloudFailures.cause(response.cause()));
            return;
        }
        Buffer body = response.result().body();
        caller.setResponse(
                new CloudResponse(response.result().statusCode(), body == null ? new byte[0] : body.getBytes()));
    }
}
