package io.playgrant.bench.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a server how many requests it has answered. */
public final class RequestCount {

    private static final Pattern SUCCESSES = Pattern.compile(
            "(?m)^playgrant_requests_total\\{code=\"0\",source=\"http\"} ([0-9.E+]+)$");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;

    /** Asks the server with this port for health and metrics. */
    public RequestCount(int managementPort) {
        request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/observe/metrics"))
                .build();
    }

    /** The number of tokens that single requests over HTTP were given. */
    public long successes() throws IOException, InterruptedException {
        Matcher matcher = SUCCESSES.matcher(
                client.send(request, BodyHandlers.ofString()).body());
        if (!matcher.find()) {
            throw new IOException("the metrics have no number of requests");
        }
        return (long) Double.parseDouble(matcher.group(1));
    }
}
