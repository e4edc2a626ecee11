package io.playgrant.route.packager;

import static io.playgrant.TestSecrets.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.Purpose;
import io.playgrant.route.http.RawHttp;
import io.playgrant.route.http.RawHttp.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A packager of an account.
 *
 * @param authenticator its authenticator, for packaging
 */
record Packager(RawHttp http, long account, String authenticator) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLAIN_VALUE = Pattern.compile("PlainValue>([^<]+)<");

    /** One of an account where packaging is on, in production. */
    static Packager of(Accounts accounts, long account, int port) {
        accounts.change(account, AccountChange.packaging(Environment.PRODUCTION, true));
        String authenticator = accounts.authenticators()
                .add(account, Environment.PRODUCTION, Purpose.PACKAGING)
                .orElseThrow()
                .authenticator()
                .reveal();
        return new Packager(new RawHttp(port), account, secret(authenticator));
    }

    /** The same packager with another server. */
    Packager at(int port) {
        return new Packager(new RawHttp(port), account, authenticator);
    }

    /** Asks in the Widevine dialect, with Basic credentials and without a length, as Shaka Packager does. */
    Answer widevine(String body) throws IOException {
        return http.send(
                "POST",
                "/packager/widevine",
                chunked(body),
                "Authorization: Basic " + base64(authenticator.replace(',', ':')),
                "Transfer-Encoding: chunked",
                "Content-Type: application/json");
    }

    Answer cpix(String document, String... headers) throws IOException {
        return http.post(target("/packager/cpix"), document, headers);
    }

    /** Sends a document without its length. */
    Answer cpixInChunks(String document) throws IOException {
        return http.send("POST", target("/packager/cpix"), chunked(document), "Transfer-Encoding: chunked");
    }

    Answer get(String path) throws IOException {
        return http.get(target(path));
    }

    String target(String path) {
        return path + (path.contains("?") ? "&" : "?") + "customerAuthenticator=" + authenticator;
    }

    /** A request of the Widevine dialect. */
    static String request(String json) {
        return "{\"request\":\"" + base64(json) + "\"}";
    }

    /** A request for the keys of a content, for some types of tracks. */
    static String requestFor(String contentId, String... types) {
        String tracks =
                Stream.of(types).map(type -> "{\"type\":\"" + type + "\"}").collect(Collectors.joining(",", "[", "]"));
        return request("{\"content_id\":\"" + base64(contentId) + "\",\"policy\":\"\",\"tracks\":" + tracks
                + ",\"drm_types\":[\"WIDEVINE\"],\"protection_scheme\":\"CENC\"}");
    }

    /** A document of CPIX for some keys of a content. */
    static String document(String contentId, UUID... kids) {
        String keys =
                Stream.of(kids).map(kid -> "<ContentKey kid=\"" + kid + "\"/>").collect(Collectors.joining());
        return "<CPIX xmlns=\"urn:dashif:org:cpix\" contentId=\"" + contentId + "\"><ContentKeyList>" + keys
                + "</ContentKeyList></CPIX>";
    }

    /** The content keys in a document, in base64, marked as secrets. */
    static List<String> plainValues(Answer answer) {
        return PLAIN_VALUE
                .matcher(answer.body())
                .results()
                .map(found -> secret(found.group(1)))
                .toList();
    }

    /** The response in an answer of the Widevine dialect; its keys are marked as secrets. */
    static JsonNode response(Answer answer) throws IOException {
        JsonNode response = JSON.readTree(Base64.getDecoder()
                .decode(JSON.readTree(answer.body()).path("response").textValue()));
        for (JsonNode track : response.path("tracks")) {
            secret(HexFormat.of()
                    .formatHex(Base64.getDecoder().decode(track.path("key").textValue())));
            secret(track.path("key").textValue());
        }
        return response;
    }

    /** A file of the vectors. */
    static String vector(String name) throws IOException {
        try (InputStream in = Packager.class.getResourceAsStream("/packager-vectors/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The body of a request of the vectors, as Shaka Packager sent it. */
    static JsonNode widevineVector(String name) throws IOException {
        for (JsonNode request :
                JSON.readTree(vector("widevine-common-encryption.json")).path("requests")) {
            if (request.path("name").textValue().startsWith(name)) {
                return request;
            }
        }
        throw new IllegalArgumentException("no vector " + name);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] chunked(String body) {
        int half = body.length() / 2;
        String first = body.substring(0, half);
        String second = body.substring(half);
        return (chunk(first) + chunk(second) + "0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String chunk(String text) {
        return text.isEmpty()
                ? ""
                : Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n";
    }
}
