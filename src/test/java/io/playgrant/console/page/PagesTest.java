package io.playgrant.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.account.StoredAuthenticator;
import io.playgrant.console.Browser;
import io.playgrant.console.RunningConsole;
import io.playgrant.console.http.Endpoint;
import io.playgrant.keystore.HeldKeyService;
import io.playgrant.keystore.KeyFields;
import io.playgrant.keystore.StoredKeys.Owner;
import io.playgrant.operator.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page on the real server, for each role, with texts of clients that try to be html. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {

    private static final String HOSTILE = "<script>alert('x')</script>\"onload=\"alert(1) {{csrf}} {{{csrf}}}";
    private static final Pattern SCRIPT =
            Pattern.compile("<script(?! src=\"/console/static/[a-z]+\\.[0-9a-f]{12}\\.js\" defer></script>)");

    private RunningConsole console;
    private long number;
    private long authenticator;
    private String kid;
    private String ringKey;
    private final Map<Role, Browser> browsers = new TreeMap<>();

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        console = RunningConsole.start(data);
        number = console.application()
                .changesBy(HOSTILE)
                .accounts()
                .create(new NewAccount(HOSTILE, Profile.STRICT, List.of(), Limit.of(5), Limit.NONE))
                .account()
                .number();
        authenticator = console.application().accounts().find(number).orElseThrow().authenticators().stream()
                .mapToLong(StoredAuthenticator::id)
                .min()
                .orElseThrow();
        HeldKeyService keys = new HeldKeyService(
                console.application().changesBy("x").keys(),
                console.application().heldKeys(),
                console.application().clock(),
                console.application().random());
        kid = keys.create(
                        new Owner(number, Environment.PRODUCTION),
                        KeyFields.of(
                                Map.of("kid", "^" + HOSTILE.substring(0, 40), "contentId", HOSTILE, "info", HOSTILE)))
                .key()
                .kid();
        ringKey = console.application().changesBy("x").ring().add(Environment.PRODUCTION);
        for (Role role : Role.values()) {
            browsers.put(role, console.signedIn(role));
        }
    }

    @AfterAll
    void stop() {
        console.close();
    }

    /** The pages that everybody with the role may read, and a text that each must have. */
    private Stream<String[]> pages(Role role) {
        String account = "/console/accounts/" + number;
        Stream<String[]> all = Stream.of(
                page("/console/", "<h1>Overview</h1>"),
                page("/console/?period=week", "Requests per minute, 7 days"),
                page("/console/data/traffic/table?period=day", "<h1>Requests, 24 hours</h1>"),
                page("/console/data/times/table?period=week", "<h1>Answer times, 7 days</h1>"),
                page("/console/data/now", "<b>service:</b> the service is starting"),
                page("/console/accounts", "<h1>Accounts</h1>"),
                page("/console/accounts?q=nobody", "No account has this name or number."),
                page(account, "<h2 id=\"authenticators\">Authenticators</h2>"),
                page("/console/keys", "Enter the account’s number"),
                page("/console/keys?account=" + number, kid),
                page("/console/keys?account=" + number + "&environment=test", "stores no key in this environment"),
                page("/console/keys?account=77", "There is no such account."),
                page("/console/keys?account=" + number + "&kid=x", "A key id has 32 hexadecimal digits"),
                page("/console/keys/" + number + "/production/" + kid, "--key_server_url"),
                page("/console/keys/" + number + "/production/" + kid + "?for=cpix&scheme=cbcs", "/packager/cpix/"),
                page("/console/keys/" + number + "/production/" + kid + "?for=ffmpeg&scheme=cbcs", "cenc only"),
                page("/console/rings", ringKey),
                page("/console/audit", "account create"),
                page("/console/audit?account=" + number, "account create"),
                page("/console/audit?account=x", "The number of an account consists of digits."),
                page("/console/settings", "PLAYGRANT_DATABASE_PASSWORD"),
                page("/console/sessions", "<h1>Your sessions</h1>"));
        Stream<String[]> ofAdmins = Stream.of(
                page("/console/accounts/new", "<h1>Create an account</h1>"),
                page(account + "/change", "<h1>Change account " + number + "</h1>"),
                page(account + "/delete", "Type the number of the account to confirm"),
                page(account + "/authenticators/" + authenticator + "/revoke", "This cannot be undone."),
                page("/console/rings/production/" + ringKey + "/activate", "Activate key " + ringKey),
                page("/console/rings/production/" + ringKey + "/retire", "can never be opened again"),
                page("/console/operators", "<h1>Operators</h1>"),
                page("/console/new-operator", "<h1>Create an operator</h1>"));
        return role == Role.ADMIN ? Stream.concat(all, ofAdmins) : all;
    }

    private static String[] page(String path, String text) {
        return new String[] {path, text};
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void everyPage_isThereForItsRole_andEscapesTextsOfClients(Role role) throws Exception {
        for (String[] page : pages(role).toList()) {
            HttpResponse<String> response = browser(role).get(page[0]);

            assertThat(response.statusCode()).as(page[0]).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
            assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(response.body())
                    .as(page[0])
                    .contains(page[1])
                    .doesNotContain("alert('x')", "\"onload=", "style=", "javascript:")
                    .doesNotContainPattern(SCRIPT)
                    .doesNotContainPattern("\\son[a-z]+=");
        }
    }

    @Test
    void hostileTexts_areShownAsTheyAre() throws Exception {
        String escaped =
                "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;onload&#x3D;&quot;alert(1) {{csrf}} {{{csrf}}}";
        Browser viewer = browser(Role.VIEWER);

        assertThat(viewer.get("/console/accounts").body()).contains(escaped);
        assertThat(viewer.get("/console/accounts/" + number).body()).contains("<h1>" + escaped);
        assertThat(viewer.get("/console/keys?account=" + number).body()).contains(escaped);
        assertThat(viewer.get("/console/keys/" + number + "/production/" + kid).body())
                .contains(escaped);
        assertThat(viewer.get("/console/audit").body()).contains(escaped);
        assertThat(viewer.get("/console/accounts?q=" + "%3Cscript%3E%22").body())
                .contains("value=\"&lt;script&gt;&quot;\"");
        assertThat(viewer.get("/console/keys?account=%22%3E%3Cscript%3E").body())
                .contains("value=\"&quot;&gt;&lt;script&gt;\"");
        assertThat(viewer.get("/console/accounts?done=%3Cscript%3E").body()).doesNotContain("class=\"notice");
    }

    /** A viewer and a support operator see nothing that they may not use. */
    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"VIEWER", "SUPPORT"})
    void pagesOfOthers_haveNoFormThatChanges(Role role) throws Exception {
        for (String[] page : pages(role).toList()) {
            assertThat(browser(role).get(page[0]).body().replace("action=\"/console/sign-out\"", ""))
                    .as(page[0])
                    .doesNotContain(
                            "action=\"/console/accounts/",
                            "action=\"/console/rings/",
                            "/console/accounts/new",
                            "/change\"",
                            "/delete\"",
                            "/revoke\"",
                            "/retire\"",
                            "/console/operators");
        }
    }

    /** The rights of each role, on the wire: every endpoint of pages, with the least role that may use it. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void everyEndpoint_refusesThoseWithoutItsRole(Role role) throws Exception {
        for (Endpoint endpoint : console.endpoints()) {
            if (endpoint.isApi() || endpoint.least() == null || role.includes(endpoint.least())) {
                continue;
            }
            String path = endpoint.path()
                    .replace(":number", Long.toString(number))
                    .replace(":id", Long.toString(authenticator))
                    .replace(":ring", "production")
                    .replace(":key", ringKey)
                    .replace(":name", "nobody");

            HttpResponse<String> response = endpoint.method().equals("GET")
                    ? browser(role).get(path)
                    : browser(role).post(path, Map.of());

            assertThat(response.statusCode()).as(endpoint.toString()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/console/accounts, VIEWER",
        "/console/accounts/:number, VIEWER",
        "/console/accounts/new, ADMIN",
        "/console/accounts/:number/change, ADMIN",
        "/console/accounts/:number/delete, ADMIN",
        "/console/accounts/:number/authenticators/:id/revoke, ADMIN",
        "/console/keys, VIEWER",
        "/console/rings, VIEWER",
        "/console/rings/:ring/:key/activate, ADMIN",
        "/console/audit, VIEWER",
        "/console/settings, VIEWER",
        "/console/operators, ADMIN",
        "/console/operators/:name, ADMIN",
    })
    void endpoint_hasItsRole(String path, Role least) {
        assertThat(console.endpoints())
                .filteredOn(endpoint ->
                        endpoint.path().equals(path) && endpoint.method().equals("GET"))
                .singleElement()
                .extracting(Endpoint::least)
                .isEqualTo(least);
    }

    /** Viewers change nothing but their own sessions, and support operators only tokens. A search is a POST, since its text may be a token. */
    @Test
    void everyOtherChange_needsAnAdministrator() {
        assertThat(console.endpoints())
                .filteredOn(endpoint -> !endpoint.isApi()
                        && endpoint.least() != null
                        && !endpoint.method().equals("GET")
                        && endpoint.least() != Role.ADMIN)
                .extracting(Endpoint::path)
                .containsExactlyInAnyOrder(
                        "/console/sign-out",
                        "/console/sessions/:session/end",
                        "/console/sessions/end-others",
                        "/console/requests",
                        "/console/requests/revoke",
                        "/console/explain");
    }

    @Test
    void unknownThings_areNotFound() throws Exception {
        Browser admin = browser(Role.ADMIN);

        for (String path : List.of(
                "/console/accounts/77",
                "/console/accounts/x",
                "/console/accounts/" + number + "/authenticators/77/revoke",
                "/console/keys/" + number + "/production/00000000000000000000000000000000",
                "/console/keys/" + number + "/other/" + kid,
                "/console/rings/other/x/retire",
                "/console/rings/storage/x/activate",
                "/console/operators/nobody",
                "/console/static/..%2flayout.html",
                "/console/static/unknown.css")) {
            assertThat(admin.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void aKidByName_leadsToItsKey() throws Exception {
        HttpResponse<String> response = browser(Role.VIEWER)
                .get("/console/keys?account=" + number + "&kid=%5E"
                        + java.net.URLEncoder.encode(
                                HOSTILE.substring(0, 40), java.nio.charset.StandardCharsets.UTF_8));

        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location"))
                .contains("/console/keys/" + number + "/production/" + kid);
    }

    @Test
    void staticFiles_areKeptForEver_andHaveNoSecret() throws Exception {
        Browser nobody = console.newBrowser();
        String page = nobody.get("/console/sign-in").body();
        String style = new StaticFiles().url("style");

        HttpResponse<String> file = nobody.get(style);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(file.headers().firstValue("Content-Type")).contains("text/css; charset=utf-8");
        String etag = file.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again =
                console.newBrowser().with("If-None-Match", etag).get(style);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(page).contains(style);
        assertThat(nobody.get("/console/static/console.css").statusCode()).isEqualTo(404);
    }

    private Browser browser(Role role) {
        return Objects.requireNonNull(browsers.get(role));
    }
}
