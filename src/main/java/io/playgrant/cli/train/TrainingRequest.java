package io.playgrant.cli.train;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Requests of all kinds that a server meets, with the statuses that it must answer: most succeed, some are refused.
 *
 * @param host the host, which decides the environment
 * @param method {@code GET} or {@code POST}
 * @param path the path
 * @param parameters the parameters: the query of a GET, the body of a POST
 * @param status the status of the answer
 */
record TrainingRequest(String host, String method, String path, String parameters, int status) {

    /** A host of the test environment. */
    static final String TEST_HOST = "test.localhost";

    private static final String TOKEN = "/hms/wv/token";
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;

    /** The key of the test vectors in RFC 3394, and their content key, wrapped with it. */
    private static final String KEK = "000102030405060708090a0b0c0d0e0f";

    private static final String CONTENT_KEY = "00112233445566778899aabbccddeeff";
    private static final String WRAPPED = "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5";

    private static final String STORED = "%5Estored";
    private static final String POLICY = "&securityLevel=1&hdcpOutputControl=0";

    /** What a player with Clear Key asks for: the key whose id is {@link #CONTENT_KEY}, or another one. */
    private static final String LICENSE_REQUEST = "{\"kids\":[\"ABEiM0RVZneImaq7zN3u_w\"],\"type\":\"temporary\"}";

    private static final String OTHER_REQUEST = LICENSE_REQUEST.replace("ABEi", "AAAA");

    /** A request of the production environment. */
    private TrainingRequest(String method, String path, String parameters, int status) {
        this("localhost", method, path, parameters, status);
    }

    /**
     * One after the other, over and over.
     *
     * @param licenseUrl the answer to {@link #issue}
     */
    static List<TrainingRequest> cycle(String authenticator, String licenseUrl) {
        String caller = "customerAuthenticator=" + authenticator;
        String clear = caller + "&kid=%5Efilm&contentKey=" + CONTENT_KEY + POLICY;
        String wrapped = caller + "&kid=" + CONTENT_KEY + "&ek=" + WRAPPED + "&kek=" + KEK + POLICY;
        String stored = caller + "&kid=" + STORED + "&kek=" + KEK + POLICY;
        return List.of(
                new TrainingRequest("GET", TOKEN, clear, OK),
                new TrainingRequest("POST", TOKEN, clear, OK),
                new TrainingRequest("GET", TOKEN, wrapped, OK),
                new TrainingRequest("POST", TOKEN, wrapped, OK),
                new TrainingRequest("GET", TOKEN, stored, OK),
                new TrainingRequest("POST", TOKEN, stored, OK),
                new TrainingRequest("GET", TOKEN, clear + "&rentalDuration=3600&contentId=film-1", OK),
                new TrainingRequest("GET", TOKEN, caller + "&kid=1234", BAD_REQUEST),
                new TrainingRequest("GET", TOKEN, caller + "&kid=1234&errorFormat=json", BAD_REQUEST),
                new TrainingRequest("GET", TOKEN, "customerAuthenticator=1,0&errorFormat=json", UNAUTHORIZED),
                redeem(licenseUrl),
                redeem(licenseUrl),
                redeem(licenseUrl, OTHER_REQUEST, UNAUTHORIZED));
    }

    /**
     * Asks for a token of the test environment, whose answer is a licence URL.
     *
     * @param authenticator one of the test environment
     * @param more parameters, each after an {@code &}
     */
    static TrainingRequest issue(String authenticator, String more) {
        return new TrainingRequest(
                TEST_HOST,
                "GET",
                TOKEN,
                "customerAuthenticator=" + authenticator + "&kid=" + CONTENT_KEY + "&contentKey=" + CONTENT_KEY + POLICY
                        + more,
                OK);
    }

    /** Redeems a token with Clear Key. */
    static TrainingRequest redeem(String licenseUrl) {
        return redeem(licenseUrl, LICENSE_REQUEST, OK);
    }

    private static TrainingRequest redeem(String licenseUrl, String request, int status) {
        return new TrainingRequest(
                TEST_HOST, "POST", licenseUrl.substring(licenseUrl.indexOf("/hms/")), request, status);
    }

    /** Stores the key that the requests of the cycle use. */
    static TrainingRequest storeKey(String authenticator) {
        return new TrainingRequest(
                "POST",
                "/keystore/keys?customerAuthenticator=" + authenticator + "&kek=" + KEK,
                "{\"kid\":\"^stored\"}",
                CREATED);
    }

    static TrainingRequest unknownPath() {
        return new TrainingRequest("GET", "/", "", NOT_FOUND);
    }

    static TrainingRequest health() {
        return new TrainingRequest("GET", "/observe/health/ready", "", OK);
    }

    static TrainingRequest metrics() {
        return new TrainingRequest("GET", "/observe/metrics", "", OK);
    }

    /** As it is sent. */
    byte[] bytes() {
        String head = " HTTP/1.1\r\nHost: " + host + "\r\nAccept: */*\r\n";
        String message = method.equals("GET")
                ? "GET " + path + "?" + parameters + head + "\r\n"
                : "POST " + path + head + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                        + parameters.length() + "\r\n\r\n" + parameters;
        return message.getBytes(StandardCharsets.US_ASCII);
    }

    /** The method and the path without its query, which has a secret. */
    @Override
    public String toString() {
        return method + " " + path.replaceFirst("[?].*", "");
    }
}
