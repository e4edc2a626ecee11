package io.playgrant.cli.demo;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import io.playgrant.cli.PackagedProgram;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.route.http.RawHttp;
import io.playgrant.route.http.RawHttp.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
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

    /** The error of Shaka Player for an answer other than success to a licence request. */
    private static final int LICENSE_REQUEST_FAILED = 6007;

    @TempDir
    static Path folder;

    private static Optional<Chromium> chromium = Optional.empty();
    private static Optional<Server> demo = Optional.empty();
    private static Optional<PlayerSite> site = Optional.empty();

    @BeforeAll
    static void start() throws Exception {
        chromium = Optional.of(Chromium.start());
        assumeTrue(
                Files.exists(PlayerSite.PLAYER),
                "there is no Shaka Player in target/browser, which ./verify puts there if it finds npm");
        demo = Optional.of(PackagedProgram.demo(folder));
        site = Optional.of(PlayerSite.start(ShakaPlayerIT::forward));
    }

    @AfterAll
    static void stop() throws Exception {
        site.ifPresent(PlayerSite::close);
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
        page.navigate(site.orElseThrow().url());
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

    /** Of the demo's clip, which other origins may not read. */
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
            PlayerSite.answer(exchange, demoFile.getResponseCode(), demoFile.getContentType(), in.readAllBytes());
        }
    }
}
