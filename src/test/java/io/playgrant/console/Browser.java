package io.playgrant.console;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.console.http.Csrf;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sends requests as a browser does: with its cookies, and forms. It follows no redirects. */
public final class Browser {

    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
    private static final String SESSION = "playgrant-session";

    private final HttpClient client;
    private final String server;
    private final Map<String, String> cookies = new TreeMap<>();
    private final Map<String, String> headers = new HashMap<>();

    public Browser(HttpClient client, String server) {
        this.client = client;
        this.server = server;
    }

    /** Sends a header with all requests from now on. */
    public Browser with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** The cookies by name. */
    public Map<String, String> cookies() {
        return cookies;
    }

    /** The value of a cookie that the browser has. */
    public String cookie(String name) {
        return Objects.requireNonNull(cookies.get(name), name);
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(server + path)).GET());
    }

    /** Posts a form of the session, with its CSRF token. */
    public HttpResponse<String> post(String path, Map<String, String> form) throws IOException, InterruptedException {
        Map<String, String> fields = new TreeMap<>(form);
        fields.putIfAbsent("csrf", csrfToken());
        return postAsIs(path, fields);
    }

    /** Posts a form with these fields only. */
    public HttpResponse<String> postAsIs(String path, Map<String, String> form)
            throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Sends any request with the cookies. */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        headers.forEach(request::setHeader);
        if (!cookies.isEmpty()) {
            request.setHeader(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        response.headers().allValues("Set-Cookie").forEach(this::keep);
        return response;
    }

    private void keep(String line) {
        String cookie = line.substring(0, line.indexOf(';'));
        int equals = cookie.indexOf('=');
        if (line.contains("Max-Age=0")) {
            cookies.remove(cookie.substring(0, equals));
        } else {
            cookies.put(cookie.substring(0, equals), secret(cookie.substring(equals + 1)));
        }
    }

    /** The CSRF token of the session; empty without one. */
    public String csrfToken() {
        String session = cookies.getOrDefault(SESSION, cookies.getOrDefault("__Host-" + SESSION, ""));
        return session.isEmpty() ? "" : Csrf.token(session);
    }

    /** Fills in the sign-in form. */
    public HttpResponse<String> attempt(String name, String password) throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(get("/console/sign-in").body());
        assertThat(csrf.find()).isTrue();
        return postAsIs("/console/sign-in", Map.of("csrf", csrf.group(1), "name", name, "password", password));
    }

    /** Signs in, which must succeed. */
    public void signIn(String name, String password) throws IOException, InterruptedException {
        HttpResponse<String> response = attempt(name, password);
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains("/console/");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
