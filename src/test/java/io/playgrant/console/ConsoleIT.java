package io.playgrant.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import io.playgrant.account.Accounts;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.PackagedProgram;
import io.playgrant.cli.PackagedProgram.Server;
import io.playgrant.cli.demo.Chromium;
import io.playgrant.config.TestInstallation;
import io.playgrant.keystore.HeldKeyService;
import io.playgrant.keystore.KeyFields;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The console in a browser. Every test fails if the browser complains: about an error of a script, about something that the
 * Content-Security-Policy forbids, or about a file that is missing.
 */
class ConsoleIT {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final Path AXE = Path.of("target", "browser", "node_modules", "axe-core", "axe.min.js");
    private static final String CONTENT_KEY = secret("5c1a72b09e4d83f6c7ab10e5d2943f68");
    private static final String NAME = "Northwind Television";

    @TempDir
    static Path folder;

    private static final Map<Role, String> PASSWORDS = new EnumMap<>(Role.class);
    private static Optional<Chromium> chromium = Optional.empty();
    private static Optional<Server> server = Optional.empty();
    private static long account;
    private static String authenticator = "";

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        chromium = Optional.of(Chromium.start());
        fill();
        server = Optional.of(PackagedProgram.serve(
                folder,
                Map.of(
                        "PLAYGRANT_TEST_HOSTS", "127.0.0.1",
                        "PLAYGRANT_TEST_LICENSE_SERVICE", "clear-key",
                        "PLAYGRANT_RECORDS", "sync",
                        "PLAYGRANT_SHUTDOWN_SECONDS", "1")));
    }

    private static void fill() {
        try (Application application = TestInstallation.open(folder)) {
            for (Role role : Role.values()) {
                Operators.Created made = application.operators().create(role.label(), role, created -> {});
                PASSWORDS.put(role, secret(made.password().reveal()));
                secret(made.apiToken().reveal());
            }
            List<Long> numbers = new ArrayList<>();
            for (String name : List.of(NAME, "Kino am Fluss", "Cinéma du Lac", "Metro Sports Live")) {
                Accounts.Created created = application
                        .changesBy("operator ann from 192.0.2.17")
                        .accounts()
                        .create(new NewAccount(name, Profile.STRICT, List.of(), Limit.of(250_000), Limit.NONE));
                created.authenticators().values().forEach(made -> secret(made.reveal()));
                numbers.add(created.account().number());
                if (name.equals(NAME)) {
                    account = created.account().number();
                    authenticator = created.authenticator(Environment.TEST).reveal();
                }
            }
            new HeldKeyService(
                            application.storedKeys(), application.heldKeys(), application.clock(), application.random())
                    .create(new Owner(account, Environment.TEST), KeyFields.of(Map.of("contentId", "harbour-s01e01")));
            SampleTraffic.add(application, numbers);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (server.isPresent()) {
            server.get().close();
        }
        chromium.ifPresent(Chromium::close);
    }

    @AfterEach
    void check() {
        contexts.forEach(BrowserContext::close);
        assertThat(complaints).isEmpty();
    }

    private Page open(Browser.NewContextOptions options) {
        BrowserContext context = chromium.orElseThrow().browser().newContext(options);
        contexts.add(context);
        context.setDefaultTimeout(PATIENCE_MILLIS);
        if (Files.exists(AXE)) {
            context.addInitScript(AXE);
        }
        Page page = context.newPage();
        page.onConsoleMessage(this::noteComplaint);
        page.onPageError(complaints::add);
        return page;
    }

    /** A refused request is an error in the browser's console, too. */
    private void noteComplaint(ConsoleMessage message) {
        boolean isRefusal = message.text().contains("the server responded with a status of 4");
        if (List.of("error", "warning").contains(message.type()) && !isRefusal) {
            complaints.add(message.text());
        }
    }

    private Page signedIn(Role role, Browser.NewContextOptions options) {
        Page page = open(options);
        page.navigate(url("/console/sign-in"));
        signIn(page, role.label(), password(role));
        assertThat(page).hasURL(url("/console/"));
        return page;
    }

    private Page signedIn(Role role) {
        return signedIn(role, new Browser.NewContextOptions());
    }

    private static void signIn(Page page, String name, String password) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        page.getByText("Sign in").last().click();
    }

    private static String password(Role role) {
        return Objects.requireNonNull(PASSWORDS.get(role));
    }

    private static String url(String path) {
        return "http://localhost:" + server.orElseThrow().managementPort() + path;
    }

    @Test
    void wrongPassword_isRefused_andTheRightOneOpensThePageThatWasAskedFor() {
        Page page = open(new Browser.NewContextOptions());
        page.navigate(url("/console/rings"));
        assertThat(page).hasURL(url("/console/sign-in?next=%2Fconsole%2Frings"));

        signIn(page, "viewer", "wrong");
        assertThat(page.getByRole(AriaRole.ALERT)).hasText("Name or password is wrong.");

        signIn(page, "viewer", password(Role.VIEWER));
        assertThat(page).hasURL(url("/console/rings"));
        assertThat(page.locator("h1")).hasText("Rings");
        page.getByText("Sign out").click();
        assertThat(page.locator("h1")).hasText("Sign in");
        page.navigate(url("/console/rings"));
        assertThat(page.locator("h1")).hasText("Sign in");
    }

    @Test
    void viewer_seesNoButton_andIsRefusedOnTheWire() {
        Page page = signedIn(Role.VIEWER);
        page.navigate(url("/console/accounts/" + account));
        assertThat(page.locator("main button:visible, main a.button")).hasCount(0);
        String csrf = page.locator("input[name=csrf]").first().getAttribute("value");

        APIResponse refused = page.request()
                .post(
                        url("/console/accounts/" + account + "/disable"),
                        RequestOptions.create()
                                .setHeader("Origin", url(""))
                                .setForm(FormData.create().set("csrf", csrf).set("revision", "1")));

        assertThat(refused.status()).isEqualTo(403);
        page.reload();
        assertThat(page.locator("h1 + .badge")).hasText("enabled");
    }

    @Test
    void newAccount_isUsedAtOnce() throws Exception {
        Page page = signedIn(Role.ADMIN);
        page.getByText("Accounts").last().click();
        page.getByText("Create an account").click();
        page.getByLabel("Name").fill("Old Harbour Films");
        page.getByLabel("Networks").fill("127.0.0.1, ::1");
        page.getByText("Create").last().click();
        assertThat(page.locator("h1")).containsText("was created");
        String made = secret(page.locator("#secret-2").textContent());
        page.locator("[data-copy=secret-2]").click();
        assertThat(page.getByRole(AriaRole.STATUS).last()).not().hasText("");

        HttpResponse<String> token = token(made, "order-4711");

        assertThat(token.statusCode()).isEqualTo(200);
        assertThat(token.body()).startsWith("http").contains("/hms/wv/rights/?ExpressPlayToken=");
        page.getByText("Show the account").click();
        assertThat(page.locator("h1")).containsText("Old Harbour Films");
        assertThat(page.locator("body")).not().containsText(made);
    }

    private static HttpResponse<String> token(String authenticator, String cookie) throws Exception {
        String form = "customerAuthenticator=" + authenticator
                + "&contentId=harbour-s01e01&contentKey=" + CONTENT_KEY
                + "&kid=0123456789abcdef0123456789abcdef"
                + "&securityLevel=1&hdcpOutputControl=0&expirationTime=%2B3600&cookie=" + cookie;
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                                        + server.orElseThrow().port() + "/hms/wv/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString());
    }

    /** A support case: the customer's order does not play, and then must not play any more. */
    @Test
    void supportFindsARequest_explainsItsToken_andRevokesIt() throws Exception {
        String licenceUrl = token(authenticator, "order-4712").body();
        assertThat(redeem(licenceUrl).statusCode()).isEqualTo(200);
        Page page = signedIn(Role.SUPPORT);
        page.navigate(url("/console/requests"));
        page.locator("#find").fill("order-4712");
        page.getByText("Search").last().click();
        assertThat(page.locator("tbody tr")).not().hasCount(0);
        page.locator("tbody th a").first().click();
        assertThat(page.locator("main")).containsText("order-4712");
        assertThat(page.locator(".steps")).containsText("issued");
        assertThat(page.locator(".steps")).containsText("redeemed");

        page.navigate(url("/console/explain"));
        page.locator("#text").fill("It does not play! " + licenceUrl + " Regards");
        page.locator("button.primary").click();
        assertThat(page.locator("h2#checks")).isVisible();
        assertThat(page.locator("main")).containsText("contentKey=***");
        assertThat(page.locator("main")).not().containsText(CONTENT_KEY);
        page.locator("#reason").fill("order cancelled");
        page.getByText("Revoke this token").click();
        assertThat(page.locator(".notice.good").first()).containsText("revoked");

        // Servers look for new revocations each second.
        await().untilAsserted(() -> assertThat(redeem(licenceUrl).body()).contains("[-4010] Invalid token"));
        page.reload();
        assertThat(page.locator(".steps")).containsText("refused");
    }

    private static HttpResponse<String> redeem(String licenceUrl) throws Exception {
        // The kid, as Clear Key writes it.
        String request = "{\"kids\":[\"ASNFZ4mrze8BI0VniavN7w\"],\"type\":\"temporary\"}";
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(licenceUrl))
                                .POST(BodyPublishers.ofString(request))
                                .build(),
                        BodyHandlers.ofString());
    }

    @Test
    void charts_areThereWithinASecond_withATableOfTheSameNumbers() {
        Page page = signedIn(Role.VIEWER);
        long start = System.nanoTime();
        page.navigate(url("/console/"));
        assertThat(page.locator(".u-over")).hasCount(2);
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(1_000);

        page.getByText("The same numbers as a table").first().click();
        assertThat(page.locator(".chart").first().locator("tbody tr").first()).isVisible();

        Object light = page.evaluate("document.querySelector('canvas').toDataURL()");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForCondition(() -> !light.equals(page.evaluate("document.querySelector('canvas').toDataURL()")));
    }

    @Test
    void accounts_areFoundWhileTyping() {
        Page page = signedIn(Role.SUPPORT);
        page.navigate(url("/console/accounts"));
        page.locator("#q").pressSequentially("metro");
        assertThat(page.locator("tbody tr")).hasCount(1);
        assertThat(page.locator("tbody tr")).containsText("Metro Sports Live");
        page.locator("#q").fill("nothing like this");
        assertThat(page.locator(".empty")).containsText("No account has this name or number.");
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "1280, DARK", "360, LIGHT"})
    void everyPage_isAccessible_andNotTooWide(int width, ColorScheme scheme) throws Exception {
        String cookie = "long-cookie-of-a-shop-" + width + scheme;
        String licenceUrl = token(authenticator, cookie).body();
        assumeTrue(
                Files.exists(AXE), "there is no axe-core in target/browser, which ./verify puts there if it finds npm");
        Browser.NewContextOptions options =
                new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(scheme);
        Page signIn = open(options);
        signIn.navigate(url("/console/sign-in"));
        checkAccessible(signIn);
        Page page = signedIn(Role.ADMIN, options);
        for (String path : List.of(
                "/console/",
                "/console/?period=week",
                "/console/data/traffic/table?period=day",
                "/console/accounts",
                "/console/accounts?q=nobody",
                "/console/accounts/" + account,
                "/console/accounts/new",
                "/console/accounts/" + account + "/change",
                "/console/accounts/" + account + "/delete",
                "/console/keys",
                "/console/keys?account=" + account + "&environment=test",
                "/console/rings",
                "/console/audit",
                "/console/settings",
                "/console/operators",
                "/console/operators/viewer",
                "/console/new-operator",
                "/console/sessions",
                "/console/requests",
                "/console/explain",
                "/console/accounts/77")) {
            page.navigate(url(path));
            checkAccessible(page);
        }
        page.navigate(url("/console/requests"));
        page.locator("#find").fill(cookie);
        page.getByText("Search").last().click();
        assertThat(page.locator("tbody")).containsText(cookie);
        checkAccessible(page);
        page.locator("tbody th a").first().click();
        assertThat(page.locator(".steps")).isVisible();
        checkAccessible(page);
        page.navigate(url("/console/explain"));
        page.locator("#text").fill(licenceUrl);
        page.locator("button.primary").click();
        assertThat(page.locator("h2#checks")).isVisible();
        checkAccessible(page);
        page.navigate(url("/console/keys?account=" + account + "&environment=test"));
        page.locator("tbody a").first().click();
        assertThat(page.locator("h2").first()).hasText("Stored key");
        checkAccessible(page);
        page.navigate(url("/console/accounts/new"));
        page.getByLabel("Name").fill("x");
        page.getByLabel("Networks").fill("wrong");
        page.getByText("Create").last().click();
        assertThat(page.locator(".field .error")).isVisible();
        checkAccessible(page);
    }

    private static void checkAccessible(Page page) {
        Object faults = page.evaluate(
                "async () => (await axe.run()).violations.filter(v => ['serious', 'critical'].includes(v.impact))"
                        + ".map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join('; '))");
        assertThat((List<?>) faults).as(page.url()).isEmpty();
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(page.url())
                .isEqualTo(true);
    }

    /** From the sign-in to the revocation of an authenticator, with Tab and Enter only. */
    @Test
    void keyboardAlone_isEnough() {
        Page page = open(new Browser.NewContextOptions());
        page.navigate(url("/console/accounts/" + account));
        page.keyboard().type("admin");
        page.keyboard().press("Tab");
        page.keyboard().type(password(Role.ADMIN));
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText(NAME);
        page.keyboard().press("Tab");
        assertThat(page.locator(":focus")).hasText("Skip to the content");
        page.keyboard().press("Enter");
        tabTo(page, "Add an authenticator");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText("was added");
        secret(page.locator("#secret-1").textContent());
        String id = page.locator("h1").textContent().replaceAll("\\D", "");
        tabTo(page, "Show the account");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText(NAME);
        while (!("Revoke authenticator " + id).equals(page.evaluate("document.activeElement.ariaLabel"))) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).containsText("Revoke authenticator " + id);
        tabTo(page, "Revoke");
        page.keyboard().press("Enter");
        assertThat(page.locator(".notice")).hasText("The authenticator was revoked.");
    }

    private static void tabTo(Page page, String text) {
        for (int i = 0; i < 100; i++) {
            page.keyboard().press("Tab");
            if (text.equals(page.evaluate("document.activeElement.textContent.trim()"))) {
                return;
            }
        }
        throw new AssertionError("Tab does not reach " + text);
    }
}
