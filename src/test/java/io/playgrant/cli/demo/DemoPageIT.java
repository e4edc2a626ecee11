package io.playgrant.cli.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.playgrant.cli.PackagedProgram;
import io.playgrant.cli.PackagedProgram.Server;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of {@code playgrant demo} in a browser: each button, and what the video and the server make of its token. */
class DemoPageIT {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final int NO_SUCH_COMMAND = 127;

    @TempDir
    static Path folder;

    private static Optional<Chromium> chromium = Optional.empty();
    private static Optional<Server> server = Optional.empty();

    private final List<String> requested = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        chromium = Optional.of(Chromium.start());
        server = Optional.of(PackagedProgram.demo(folder));
    }

    @AfterAll
    static void stop() throws Exception {
        if (server.isPresent()) {
            server.get().close();
        }
        chromium.ifPresent(Chromium::close);
    }

    @BeforeEach
    void open() {
        open(new Browser.NewContextOptions());
    }

    private void open(Browser.NewContextOptions options) {
        options.setPermissions(List.of("clipboard-read", "clipboard-write"));
        context = chromium.orElseThrow().browser().newContext(options);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        page = context.newPage();
        page.onRequest(request -> requested.add(request.url()));
        page.onConsoleMessage(this::noteComplaint);
        page.onPageError(complaints::add);
        page.navigate(url(""));
    }

    /** A refused request is an error in the browser's console, too. */
    private void noteComplaint(ConsoleMessage message) {
        if (message.type().equals("error") && !message.text().contains("the server responded with a status of 401")) {
            complaints.add(message.text());
        }
    }

    @AfterEach
    void check() {
        context.close();
        assertThat(complaints).isEmpty();
        assertThat(requested).isNotEmpty().allMatch(url -> url.startsWith(url("/")) || url.startsWith("blob:"));
    }

    @Test
    void goodToken_plays() {
        choose("good");
        assertThat(outcome()).hasText("Plays");
        assertThat(page.locator("#answer")).hasText("200 and a licence");
        page.waitForCondition(() -> time() > 0.5);
        int frames = frames();
        double time = time();
        assertThat(frames).isPositive();
        page.waitForCondition(() -> time() > time + 0.5);
        assertThat(frames()).isGreaterThan(frames);
        assertThat(row("token", "Valid now")).hasText("yes");
        assertThat(row("record", "Outcome")).hasText("licence granted");
        assertThat(row("record", "Service")).hasText("clear-key");
        assertThat(page.locator("#statistics")).hasText(Pattern.compile("[0-9.]+ s, [1-9][0-9]* frames decoded"));
    }

    @ParameterizedTest
    @CsvSource({
        "expired, 401 [-4010] Invalid token, expired at ",
        "tampered, 401 [-4010] Invalid token, the tag does not match",
        "revoked, 401 [-4010] Invalid token, revoked at ",
        "twice, 401 [-4010] Invalid token, 'no redemptions are left, maxRedemptions is 1'",
        "address, 401 [-2003] Invalid IP address, the token may be redeemed from 192.0.2.1 only",
        "content, 401 [-4010] Invalid token, wrong content"
    })
    void anyOtherToken_isRefused_withTheCode_andTheReasonIsRecorded(String kind, String answer, String reason) {
        choose(kind);
        assertThat(page.locator("#answer")).containsText(answer);
        assertThat(outcome()).containsText("Refused: " + answer.substring(4));
        assertThat(row("record", "Outcome")).hasText(answer.substring(5, 10));
        assertThat(row("record", "Reason")).containsText(reason);
        assertThat(page.locator("#cover-text")).containsText(reason);
        assertThat(frames()).isZero();
    }

    @Test
    void goodToken_playsAfterARefusedOne() {
        choose("expired");
        assertThat(outcome()).containsText("Refused");
        assertThat(row("record", "Outcome")).hasText("-4010");
        choose("good");
        assertThat(outcome()).hasText("Plays");
        page.waitForCondition(() -> frames() > 0);
    }

    @Test
    void licenceUrl_isRedeemedUnchanged() {
        choose("good");
        assertThat(outcome()).hasText("Plays");
        String licenceUrl = page.locator("#licence-url").textContent();
        assertThat(requested).contains(licenceUrl);
    }

    @Test
    void curlLine_isCopied() {
        choose("good");
        assertThat(outcome()).hasText("Plays");
        page.locator("[data-copy=request]").click();
        Object copied = page.evaluate("navigator.clipboard.readText()");
        assertThat(copied)
                .isEqualTo(page.locator("#request").textContent())
                .asString()
                .startsWith("curl " + url("/hms/wv/token") + " \\\n  -d 'customerAuthenticator=");
    }

    @Test
    void curlLines_doWhatThePageDid() throws Exception {
        choose("good");
        assertThat(row("record", "Outcome")).hasText("licence granted");
        assertThat(shell("request")).startsWith(url("/hms/wv/rights/?ExpressPlayToken="));
        assertThat(shell("redemption")).startsWith("{\"keys\":[{\"kty\":\"oct\",");
        assertThat(shell("record-request")).startsWith("{\"records\":[{\"time\":");
    }

    /** What a command that the page shows prints. */
    private String shell(String id) throws Exception {
        Process process = new ProcessBuilder(
                        "/bin/sh", "-c", page.locator("#" + id).textContent())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() != NO_SUCH_COMMAND, "there is no curl in the PATH");
        return out;
    }

    @Test
    void keyboard_choosesAToken() {
        page.keyboard().press("Tab");
        while (!"good".equals(page.evaluate("document.activeElement.dataset.kind"))) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        assertThat(outcome()).hasText("Plays");
    }

    @ParameterizedTest
    @ValueSource(ints = {360, 800, 1280})
    void nothingMoves_andNothingIsTooWide(int width) {
        context.close();
        open(new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(ColorScheme.DARK));
        Object before = layout();
        for (String kind : List.of("good", "tampered", "twice")) {
            choose(kind);
            assertThat(row("record", "Outcome")).not().hasText("–");
            assertThat(layout()).as(kind).isEqualTo(before);
        }
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    private void choose(String kind) {
        page.locator("button[data-kind=" + kind + "]").click();
    }

    private Locator outcome() {
        return page.locator("#outcome-text");
    }

    private Locator row(String list, String name) {
        return page.locator("#" + list + " dd[data-row='" + name + "']");
    }

    /** Where everything is. */
    private Object layout() {
        return page.evaluate(
                "[...document.querySelectorAll('main *')].filter(e => e.matches('section, li, pre, dl, .outcome'))"
                        + ".map(e => Math.round(e.getBoundingClientRect().top + scrollY)).join()");
    }

    private int frames() {
        return (int) page.evaluate("document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames");
    }

    private double time() {
        return ((Number) page.evaluate("document.querySelector('video').currentTime")).doubleValue();
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + server.orElseThrow().port() + (path.isEmpty() ? "/demo/" : path);
    }
}
