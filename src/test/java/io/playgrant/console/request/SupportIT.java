package io.playgrant.console.request;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.demo.Chromium;
import io.playgrant.console.RunningConsole;
import io.playgrant.console.page.StaticFiles;
import io.playgrant.console.page.StaticPages;
import io.playgrant.console.page.Templates;
import io.playgrant.contentkey.KeyId;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A support case in a browser. Searches have no budget, so that every one continues by itself. Whatever the browser complains about fails the test. */
class SupportIT {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final Path AXE = Path.of("target", "browser", "node_modules", "axe-core", "axe.min.js");
    private static final String KEY = secret("5ec2e7c0ffee5ec2e7c0ffee5ec2e7b3");

    @TempDir
    static Path data;

    private static Optional<Chromium> chromium = Optional.empty();
    private static RunningService service;
    private static RunningConsole console;
    private static Customer customer;

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        chromium = Optional.of(Chromium.start());
        Map<String, String> settings = Map.of(
                "PLAYGRANT_RECORDS", "sync",
                "PLAYGRANT_LICENSE_SERVICE", "clear-key",
                "PLAYGRANT_CLEAR_KEY_IN_PRODUCTION", "true");
        service = RunningService.start(data, settings);
        customer = service.newCustomer(Profile.STRICT);
        Application application = RunningService.openApplication(data, settings);
        StaticFiles files = new StaticFiles();
        Templates templates = new Templates(files, "");
        console = RunningConsole.of(
                application,
                templates,
                new StaticPages(files),
                new RequestParts(templates, application, Duration.ZERO));
        for (int i = 0; i < 5; i++) {
            issue("other-" + i);
        }
    }

    @AfterAll
    static void stop() {
        chromium.ifPresent(open -> {
            open.close();
            console.close();
            service.close();
        });
    }

    @AfterEach
    void check() {
        contexts.forEach(BrowserContext::close);
        assertThat(complaints).isEmpty();
    }

    @Test
    void licenceUrlOfAMail_isExplainedInTwoClicks() throws Exception {
        String url = issue("mail");
        redeem(url, "another film");
        Page page = signedIn(Role.SUPPORT, new Browser.NewContextOptions());
        page.navigate(url("/console/explain"));
        page.getByLabel("Licence URL or token").fill("Hello,\n\n" + url + "\n\ndoes not play.");
        page.locator("main").getByText("Explain").last().click();

        assertThat(page.locator(".notice"))
                .containsText("The token is for other content: none of the keys that the player asks for is in it.");
        assertThat(page.locator(".steps")).containsText("The token was issued.");
        assertThat(page.url()).isEqualTo(url("/console/explain"));
        assertThat(page.content()).doesNotContain(token(url));
    }

    @Test
    void requestIsFoundByCookie_andItsTokenRevoked() throws Exception {
        String url = issue("customer 4711");
        Page page = signedIn(Role.SUPPORT, new Browser.NewContextOptions());
        page.navigate(url("/console/requests"));
        page.getByLabel("Find").fill("customer 4711");
        page.locator("main form button.primary").click();
        assertThat(page).hasURL(url("/console/requests?cookie=customer+4711&period=day"));
        page.locator("tbody th a").first().click();
        assertThat(page.locator("h1")).containsText("Request");

        page.getByLabel("Reason").fill("lost");
        page.getByText("Revoke this token").click();
        assertThat(page.locator(".notice").first()).containsText("The token was revoked.");
        assertThat(page.locator(".steps")).containsText("revoked");
        // Revocations are read every second.
        long end = System.nanoTime() + Duration.ofMillis(PATIENCE_MILLIS).toNanos();
        while (redeem(url, "film") != 401 && System.nanoTime() < end) {
            page.reload();
        }
        assertThat(redeem(url, "film")).isEqualTo(401);
        page.reload();
        assertThat(page.locator(".steps")).containsText("refused");
    }

    @Test
    void search_continuesByItself() {
        Page page = signedIn(Role.VIEWER, new Browser.NewContextOptions());
        page.navigate(url("/console/requests?content=harbour"));

        assertThat(page.locator("tbody tr:has(th)")).hasCount(5);
        assertThat(page.locator("tbody tr:not(:has(th))")).hasCount(0);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void pages_areAccessible_alsoOnAPhone(ColorScheme scheme) throws Exception {
        String url = issue("accessible");
        redeem(url, "another film");
        for (int width : List.of(360, 1280)) {
            Page page = signedIn(
                    Role.ADMIN,
                    new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 900));
            page.navigate(url("/console/requests?content=harbour"));
            assertThat(page.locator("tbody tr:not(:has(th))")).hasCount(0);
            look(page, "requests", width, scheme);
            page.navigate(url("/console/requests?cookie=accessible&operation=license"));
            page.locator("tbody th a").first().click();
            assertThat(page.locator(".steps")).containsText("issued");
            look(page, "request", width, scheme);
            page.navigate(url("/console/explain"));
            look(page, "explain-form", width, scheme);
            page.getByLabel("Licence URL or token").fill(url);
            page.locator("main").getByText("Explain").last().click();
            assertThat(page.locator(".notice")).isVisible();
            look(page, "explain", width, scheme);
            page.navigate(url("/console/requests?code=x"));
            look(page, "error", width, scheme);
        }
    }

    private static void look(Page page, String name, int width, ColorScheme scheme) {
        Path screenshots = Path.of("target", "screenshots");
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(screenshots.resolve(
                        "support-" + name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")));
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(page.url())
                .isEqualTo(true);
        if (Files.exists(AXE)) {
            Object faults = page.evaluate(
                    "async () => (await axe.run()).violations.filter(v => ['serious', 'critical'].includes(v.impact))"
                            + ".map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join('; '))");
            assertThat((List<?>) faults).as(page.url()).isEmpty();
        }
    }

    private Page signedIn(Role role, Browser.NewContextOptions options) {
        Operators.Created operator = console.newOperator(role);
        BrowserContext context = chromium.orElseThrow().browser().newContext(options);
        contexts.add(context);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        if (Files.exists(AXE)) {
            context.addInitScript(AXE);
        }
        Page page = context.newPage();
        page.onConsoleMessage(this::noteComplaint);
        page.onPageError(complaints::add);
        page.navigate(url("/console/sign-in?next=%2Fconsole%2Frequests"));
        page.getByLabel("Name").fill(operator.operator().name());
        page.getByLabel("Password").fill(operator.password().reveal());
        page.getByText("Sign in").last().click();
        assertThat(page.locator("h1")).hasText("Requests");
        return page;
    }

    private void noteComplaint(ConsoleMessage message) {
        if (List.of("error", "warning").contains(message.type())) {
            complaints.add(message.text());
        }
    }

    private static String url(String path) {
        return "http://localhost:" + console.port() + path;
    }

    private static String issue(String cookie) throws IOException {
        String url = service.http()
                .get("/hms/wv/token?customerAuthenticator=" + customer.production() + "&kid=^film&contentKey=" + KEY
                        + "&securityLevel=1&hdcpOutputControl=0&cookie=" + cookie.replace(' ', '+')
                        + (cookie.startsWith("other") ? "&contentId=harbour" : ""))
                .body();
        secret(token(url));
        return url;
    }

    private static int redeem(String url, String film) throws IOException {
        String id = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(KeyId.ofName(film).toByteArray());
        return service.http()
                .post(
                        "/hms/wv/rights/?ExpressPlayToken=" + token(url),
                        "{\"kids\":[\"" + id + "\"],\"type\":\"temporary\"}")
                .status();
    }

    private static String token(String url) {
        return url.substring(url.indexOf("ExpressPlayToken=") + "ExpressPlayToken=".length());
    }
}
