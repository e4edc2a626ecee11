package io.playgrant.bench.console;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser of a signed-in operator. */
final class Browser {

    /** The requests of the overview, when it is opened and whenever it refreshes itself. */
    static final List<String> OVERVIEW =
            List.of("/console/", "/console/data/traffic?period=day", "/console/data/times?period=day");

    /** The time between two of these refreshes. */
    static final Duration REFRESH = Duration.ofSeconds(10);

    private static final String SIGN_IN = "/console/sign-in";
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final int OK = 200;
    private static final int SEE_OTHER = 303;

    private final String origin;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();

    private Browser(int port) {
        this.origin = "http://127.0.0.1:" + port;
    }

    /** Signs in. */
    static Browser signIn(int port, Operator operator) throws IOException, InterruptedException {
        Browser browser = new Browser(port);
        Matcher csrf = CSRF.matcher(browser.get(SIGN_IN));
        if (!csrf.find()) {
            throw new IllegalStateException("the sign-in page has no form");
        }
        String form = "csrf=" + encoded(csrf.group(1)) + "&next=&name=" + encoded(operator.name()) + "&password="
                + encoded(operator.password());
        HttpResponse<String> answer = browser.client.send(
                HttpRequest.newBuilder(URI.create(browser.origin + SIGN_IN))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != SEE_OTHER) {
            throw new IllegalStateException("the sign-in was answered with " + answer.statusCode());
        }
        return browser;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Loads a page. */
    String get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(origin + path)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IllegalStateException(path + " was answered with " + answer.statusCode());
        }
        return answer.body();
    }

    /** Loads a page, and returns how long that took in milliseconds. */
    double millis(String path) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        get(path);
        return (System.nanoTime() - begin) / 1e6;
    }

    /** Keeps the overview open until the thread is interrupted. */
    void keepOverviewOpen() {
        try {
            while (true) {
                for (String path : OVERVIEW) {
                    get(path);
                }
                Thread.sleep(REFRESH.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("the overview cannot be loaded", e);
        }
    }
}
