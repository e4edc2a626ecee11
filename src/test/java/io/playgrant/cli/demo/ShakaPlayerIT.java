package io.playgrant.cli.demo;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.playgrant.cli.PackagedProgram;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.route.http.RawHttp;
import io.playgrant.route.http.RawHttp.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A player that others wrote plays the clip with a licence URL as it was issued. Its page is of another origin than the licence URL. */
class ShakaPlayerIT {

    private static final Path PLAYER =
            Path.of("target", "browser", "node_modules", "shaka-player", "dist", "shaka-player.compiled.js");
    private static final Path PAGE = Path.of("src", "test", "browser", "shaka.html");
    /** The error of Shaka Player for an answer other than success to a licence request. */
    private static final int LICENSE_REQUEST_FAILED = 6007;

    @TempDir
    static Path folder;

    private static Optional<Chromium> chromium = Optional.empty();
    private static Optional<Server> demo = Optional.empty();
    private static Optional<HttpServer> site = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        chromium = Optional.of(Chromium.start());
        assumeTrue(
                Files.exists(PLAYER),
                "there is no Shaka Player in target/browser, which ./verify puts there if it finds npm");
        demo = Optional.of(PackagedProgram.demo(folder));
        site = Optional.of(startSite());
    }

    @AfterAll
    static void stop() throws Exception {
        site.ifPresent(server -> server.stop(0));
        if (demo.isPresent()) {
            demo.get().close();
        }
        chromium.ifPresent(Chromium::close);
    }

    @Test
    void licenceUrl_givenUnchanged_plays() throws IOException {
        String licenceUrl = issue("kid=%5Eplaygrant-demo&contentKey=64656d6f2d636c69702d6b65792d3031");
        List<String> requested = new CopyOnWriteArrayList<>();
        try (BrowserContext context = chromium.orElseThrow().browser().newContext()) {
            Page page = open(context);
            page.onRequest(request -> requested.add(request.url()));
            assertThat(page.evaluate("url => load(url)", licenceUrl)).isNull();
            page.waitForCondition(() -> (boolean) page.evaluate("document.querySelector('video').currentTime > 0.5"));
            assertThat((int)
                            page.evaluate("document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames"))
                    .isPositive();
        }
        assertThat(requested).contains(licenceUrl);
    }

    @Test
    void refusedToken_isAnErrorOfTheLicenceRequest_withTheDocumentedCode() throws IOException {
        String licenceUrl = issue("kid=%5Eanother-film&contentKey=616e6f746865722d66696c6d2d6b6579");
        try (BrowserContext context = chromium.orElseThrow().browser().newContext()) {
            Map<?, ?> error = (Map<?, ?>) open(context).evaluate("url => load(url)", licenceUrl);
            assertThat(error.get("code")).isEqualTo(LICENSE_REQUEST_FAILED);
            assertThat(error.get("status")).isEqualTo(401);
            assertThat(error.get("body")).asString().contains("[-4010] Invalid token");
        }
    }

    private static Page open(BrowserContext context) {
        Page page = context.newPage();
        page.navigate("http://127.0.0.1:" + site.orElseThrow().getAddress().getPort() + "/");
        return page;
    }

    private static String issue(String parameters) throws IOException {
        RawHttp http = new RawHttp(demo.orElseThrow().port());
        String account = new ObjectMapper()
                .readTree(http.get("/demo/account").body())
                .get("customerAuthenticator")
                .textValue();
        Answer answer = http.get("/hms/wv/token?securityLevel=1&hdcpOutputControl=0&customerAuthenticator="
                + secret(account) + "&" + parameters);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    /** The page and the player, and the demo's clip, which other origins may not read. */
    private static HttpServer startSite() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> answer(exchange, 200, "text/html", Files.readAllBytes(PAGE)));
        server.createContext(
                "/shaka-player.js", exchange -> answer(exchange, 200, "text/javascript", Files.readAllBytes(PLAYER)));
        server.createContext("/clip/", ShakaPlayerIT::forward);
        server.start();
        return server;
    }

    private static void forward(HttpExchange exchange) throws IOException {
        HttpURLConnection demoFile = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + demo.orElseThrow().port() + "/demo" + exchange.getRequestURI())
                        .toURL()
                        .openConnection();
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range != null) {
            demoFile.setRequestProperty("Range", range);
        }
        try (InputStream in = demoFile.getInputStream()) {
            answer(exchange, demoFile.getResponseCode(), demoFile.getContentType(), in.readAllBytes());
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }
}
