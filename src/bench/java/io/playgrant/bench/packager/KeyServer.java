package io.playgrant.bench.packager;

import io.playgrant.account.AccountChange;
import io.playgrant.account.Environment;
import io.playgrant.account.Purpose;
import io.playgrant.app.Application;
import io.playgrant.bench.server.Answer;
import io.playgrant.bench.server.BenchFolder;
import io.playgrant.bench.server.PlaygrantServer;
import io.playgrant.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A server with an account whose packagers may ask for keys. */
final class KeyServer implements AutoCloseable {

    private static final String TRACKS =
            "[{\"type\":\"SD\"},{\"type\":\"HD\"},{\"type\":\"UHD1\"},{\"type\":\"UHD2\"},{\"type\":\"AUDIO\"}]";

    private final PlaygrantServer server;
    private final String authenticator;

    private KeyServer(PlaygrantServer server, String authenticator) {
        this.server = server;
        this.authenticator = authenticator;
    }

    static KeyServer start(Path folder) throws IOException, InterruptedException {
        BenchFolder data = BenchFolder.create(folder.resolve("data"));
        String authenticator = allowPackaging(data);
        return new KeyServer(PlaygrantServer.start(data.data(), Map.of()), authenticator);
    }

    private static String allowPackaging(BenchFolder folder) {
        Settings settings = Settings.load(
                Path.of("").toAbsolutePath(),
                Map.of("PLAYGRANT_DATA_DIR", folder.data().toString()));
        try (Application application = Application.open(settings)) {
            application.accounts().change(folder.account(), AccountChange.packaging(Environment.PRODUCTION, true));
            return application
                    .accounts()
                    .authenticators()
                    .add(folder.account(), Environment.PRODUCTION, Purpose.PACKAGING)
                    .orElseThrow()
                    .authenticator()
                    .reveal();
        }
    }

    int port() {
        return server.port();
    }

    /** Asks for contents that are new, one after the other. Returns how long each answer took, in milliseconds. */
    List<Double> firstRequests(int count) throws IOException {
        List<Double> millis = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            byte[] request = widevine("film-" + number);
            long begin = System.nanoTime();
            require(Answer.of(port(), request));
            millis.add((System.nanoTime() - begin) / 1e6);
        }
        return millis;
    }

    /** The bytes of a request for five keys, which have been drawn. */
    byte[] widevine() throws IOException {
        byte[] request = widevine("film-0");
        require(Answer.of(port(), request));
        return request;
    }

    /** The bytes of a request for one of them. */
    byte[] nginxVod() throws IOException {
        byte[] request = ("GET /packager/nginx-vod?contentId=film-0&type=SD&customerAuthenticator=" + authenticator
                        + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        require(Answer.of(port(), request));
        return request;
    }

    private byte[] widevine(String contentId) {
        String request = "{\"content_id\":\"" + base64(contentId) + "\",\"policy\":\"\",\"tracks\":" + TRACKS
                + ",\"drm_types\":[\"WIDEVINE\"],\"protection_scheme\":\"CENC\"}";
        String body = "{\"request\":\"" + base64(request) + "\"}";
        return ("POST /packager/widevine HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic "
                        + base64(authenticator.replace(',', ':')) + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void require(Answer answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("no key was given: " + answer.status());
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        server.close();
    }
}
