package io.playgrant.bench.http;

import io.playgrant.bench.server.BenchFolder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A kind of request and a number of connections. All but one differ from the {@link #BASE} in one thing.
 *
 * @param name what differs
 * @param parameters all but the authenticator, encoded
 * @param connections how many ask at the same time
 * @param isRefused whether the answer is an error
 */
record HttpCase(String name, String method, String parameters, int connections, boolean isRefused) {

    private static final int USUAL_CONNECTIONS = 32;
    private static final String RULES = "&securityLevel=1&hdcpOutputControl=0";
    private static final String CLEAR = "kid=%5Emy-first-film&contentKey=" + BenchFolder.CONTENT_KEY + RULES;
    private static final String WRAPPED =
            "kid=%5Emy-first-film&kek=" + BenchFolder.KEK + "&ek=" + BenchFolder.EK + RULES;
    private static final String STORED = "kid=%5E" + BenchFolder.STORED + "&kek=" + BenchFolder.KEK + RULES;

    /** There are five security levels. */
    private static final String WRONG =
            "kid=%5Emy-first-film&contentKey=" + BenchFolder.CONTENT_KEY + "&securityLevel=9&hdcpOutputControl=0";

    /** GET, a clear key, success, 32 connections. */
    static final HttpCase BASE = get("base", CLEAR, USUAL_CONNECTIONS);

    static final HttpCase ONE_CONNECTION = get("1 connection", CLEAR, 1);
    static final HttpCase HTML_ERROR = new HttpCase("error, html", "GET", WRONG, USUAL_CONNECTIONS, true);
    static final HttpCase JSON_ERROR =
            new HttpCase("error, json", "GET", WRONG + "&errorFormat=json", USUAL_CONNECTIONS, true);

    /** All but the base. */
    static final List<HttpCase> VARIANTS = List.of(
            get("wrapped key", WRAPPED, USUAL_CONNECTIONS),
            get("stored key", STORED, USUAL_CONNECTIONS),
            new HttpCase("POST", "POST", CLEAR, USUAL_CONNECTIONS, false),
            HTML_ERROR,
            JSON_ERROR,
            ONE_CONNECTION,
            get("256 connections", CLEAR, 256));

    private static HttpCase get(String name, String parameters, int connections) {
        return new HttpCase(name, "GET", parameters, connections, false);
    }

    boolean isPost() {
        return method.equals("POST");
    }

    /** The name as a file's. */
    String slug() {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    /** Path and query. */
    String target(String path, String form) {
        return isPost() ? path : path + "?" + form;
    }

    /** All parameters, encoded; a secret. */
    String form(String authenticator) {
        return "customerAuthenticator=" + authenticator + "&" + parameters;
    }

    /** The bytes of one request. */
    byte[] request(int port, String path, String form) {
        String head = method + " " + target(path, form) + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n";
        String rest = isPost()
                ? "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n"
                        + form
                : "\r\n";
        return (head + rest).getBytes(StandardCharsets.US_ASCII);
    }

    /** The script with which wrk sends these requests. */
    String lua(String form) {
        return "wrk.method = \"POST\"\n"
                + "wrk.headers[\"Content-Type\"] = \"application/x-www-form-urlencoded\"\n"
                + "wrk.body = \"" + form + "\"\n";
    }
}
