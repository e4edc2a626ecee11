package io.playgrant.console.request;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.dev.StandInBehaviour;
import io.playgrant.cli.dev.StandInCloud;
import io.playgrant.console.Browser;
import io.playgrant.console.RunningConsole;
import io.playgrant.console.http.Endpoint;
import io.playgrant.contentkey.KeyId;
import io.playgrant.license.challenge.SampleChallenge;
import io.playgrant.operator.Role;
import io.playgrant.record.RecordQuery;
import io.playgrant.record.RecordWriter;
import io.playgrant.record.RedemptionRecord;
import io.playgrant.record.TokenRecord;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of support on the real server, with records of real requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestPagesTest {

    private static final String KEY = secret("5ec2e7c0ffee5ec2e7c0ffee5ec2e7b2");
    private static final String HOSTILE = "<b onclick='x'>\"{{csrf}}&";
    private static final String ESCAPED = "&lt;b onclick&#x3D;&#39;x&#39;&gt;&quot;{{csrf}}&amp;";
    private static final Pattern SCRIPT =
            Pattern.compile("<script(?! src=\"/console/static/[a-z]+\\.[0-9a-f]{12}\\.js\" defer></script>)");

    private final Map<Role, Browser> browsers = new TreeMap<>();
    private StandInCloud cloud;
    private RunningService service;
    private RunningConsole console;
    private Customer customer;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        cloud = new StandInCloud(0, StandInBehaviour.GOOD);
        secret(StandInCloud.SIGNING_KEY);
        Map<String, String> settings = Map.of(
                "PLAYGRANT_RECORDS",
                "sync",
                "PLAYGRANT_LICENSE_SERVICE",
                "clear-key",
                "PLAYGRANT_CLEAR_KEY_IN_PRODUCTION",
                "true",
                "PLAYGRANT_TEST_LICENSE_SERVICE",
                "widevine-cloud",
                "PLAYGRANT_TEST_WIDEVINE_URL",
                cloud.url().toString(),
                "PLAYGRANT_TEST_WIDEVINE_PROVIDER",
                StandInCloud.PROVIDER,
                "PLAYGRANT_TEST_WIDEVINE_KEY",
                StandInCloud.KEY,
                "PLAYGRANT_TEST_WIDEVINE_IV",
                StandInCloud.IV);
        service = RunningService.start(data, settings);
        console = RunningConsole.start(RunningService.openApplication(data, settings));
        customer = service.newCustomer(Profile.STRICT);
        for (Role role : Role.values()) {
            browsers.put(role, console.signedIn(role));
        }
    }

    @AfterAll
    void stop() {
        console.close();
        service.close();
        cloud.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /console/requests, VIEWER",
        "POST, /console/requests, VIEWER",
        "GET, /console/requests/record, VIEWER",
        "GET, /console/requests/token, VIEWER",
        "POST, /console/requests/revoke, SUPPORT",
        "GET, /console/explain, SUPPORT",
        "POST, /console/explain, SUPPORT",
    })
    void endpoint_hasItsRole(String method, String path, Role least) {
        assertThat(console.endpoints())
                .filteredOn(endpoint ->
                        endpoint.path().equals(path) && endpoint.method().equals(method))
                .singleElement()
                .extracting(Endpoint::least)
                .isEqualTo(least);
    }

    @Test
    void viewer_mayNeitherExplainNorRevoke() throws Exception {
        String token = issue("cookie=viewer-explains");
        Browser viewer = browser(Role.VIEWER);

        assertThat(viewer.get("/console/explain").statusCode()).isEqualTo(403);
        assertThat(viewer.post("/console/explain", Map.of("text", token)).statusCode())
                .isEqualTo(403);
        assertThat(viewer.post("/console/requests/revoke", Map.of("token", tokenId("viewer-explains")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(viewer.get("/console/requests").body()).doesNotContain("Explain a token");
    }

    @Test
    void fromALicenceUrlInAMail_supportFindsTheReasonInTwoClicks() throws Exception {
        String url = issueUrl("cookie=two-clicks");
        redeem(token(url), KeyId.ofName("another film"));

        // One click to open the page, one to send what was pasted.
        Browser support = browser(Role.SUPPORT);
        support.get("/console/explain");
        HttpResponse<String> answer = support.post(
                "/console/explain", Map.of("text", "It does not play!\r\n\r\n<" + url + ">\r\n\r\nKind regards"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("<p><b>The token itself is valid, but the last licence request was refused, at ")
                .contains("<p>The token is for other content: none of the keys that the player asks for is in it.</p>")
                .contains(
                        "<p>The back end must ask for a token with the kid of the content that is played. Compare the kids of"
                                + " the token with those of the manifest. <span class=\"badge\">back end</span></p>")
                .contains("<b>issued</b>")
                .contains("<b>refused</b>")
                .contains("<b>expires</b>")
                .contains("contentKey&#x3D;***")
                .doesNotContain(KEY)
                .doesNotContain(token(url));
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void explanation_showsEveryCheck_andCountsNothing() throws Exception {
        String url = issueUrl("cookie=limited", "maxRedemptions=1");
        HttpResponse<String> answer = browser(Role.SUPPORT).post("/console/explain", Map.of("text", url));

        assertThat(checks(answer.body()))
                .containsExactly(
                        "token passed",
                        "time passed",
                        "environment passed",
                        "account passed",
                        "address passed",
                        "revocation passed",
                        "challenge skipped",
                        "redemptions passed",
                        "licence service passed");
        assertThat(answer.body())
                .contains(">0 of 1 used</td>")
                .contains("<p><b>It would play: every check that needs no player passes.</b></p>\n"
                        + "<p>No licence request with this token has arrived.</p>")
                .contains("<span class=\"badge good\">valid</span>");

        assertThat(redeem(token(url), KeyId.ofName("film"))).isEqualTo(200);
        assertThat(main(browser(Role.SUPPORT).post("/console/explain", Map.of("text", url))))
                .contains(">[-4010] Invalid token: 1 of 1 used</td>")
                .contains("<p>The token has been redeemed as often as maxRedemptions allows.</p>");
    }

    @Test
    void explanation_checksThePlayersRequestAndAddress() throws Exception {
        String url = issueUrl("cookie=player", "ipAddress=10.0.0.0/8");
        String challenge = Base64.getEncoder()
                .encodeToString(keyRequest(KeyId.ofName("another film")).getBytes(StandardCharsets.US_ASCII));

        assertThat(checks(browser(Role.SUPPORT)
                        .post(
                                "/console/explain",
                                Map.of("text", url, "challenge", challenge, "address", "192.0.2.1", "ask", "yes"))
                        .body()))
                .contains("address refused", "challenge refused");
        assertThat(main(browser(Role.SUPPORT).post("/console/explain", Map.of("text", url, "address", "somewhere"))))
                .contains(">The player&#39;s address must be an IPv4 or IPv6 address.</p>");
        assertThat(main(browser(Role.SUPPORT).post("/console/explain", Map.of("text", url, "challenge", "%"))))
                .contains(">The licence request must be Base64.</p>");
    }

    @Test
    void licenceService_isAskedOnlyByItsButton() throws Exception {
        String url = service.http()
                .get(target("cookie=asks").replace(customer.production(), customer.test()), "Host: test.localhost")
                .body();
        secret(token(url));
        String challenge = Base64.getEncoder()
                .encodeToString(SampleChallenge.of(KeyId.ofName("film")).bytes());
        Browser support = browser(Role.SUPPORT);
        Map<String, String> form = new TreeMap<>(Map.of("text", url, "challenge", challenge));
        int before = cloud.requests();

        String explained = main(support.post("/console/explain", form));
        assertThat(checks(explained)).contains("content passed", "licence service skipped");
        assertThat(cloud.requests()).isEqualTo(before);
        assertThat(explained)
                .contains("Message for Widevine’s licence service, without keys")
                .doesNotContain(KEY);

        form.put("ask", "yes");
        assertThat(main(support.post("/console/explain", form))).contains(">widevine-cloud answers OK</td>");
        assertThat(cloud.requests()).isEqualTo(before + 1);
    }

    @Test
    void unreadableToken_isExplained() throws Exception {
        Browser support = browser(Role.SUPPORT);

        assertThat(main(support.post("/console/explain", Map.of("text", "http://a.example/?ExpressPlayToken=AAAA"))))
                .contains(
                        "<p><b>It does not play.</b></p>\n<p>The text is not a token of this installation: it was cut or changed"
                                + " on its way, or another installation issued it.</p>")
                .contains("<p class=\"quiet\">not a COSE_Encrypt message of this service</p>");
        assertThat(main(support.post("/console/explain", Map.of("text", "hello"))))
                .contains(">There is no licence URL and no token in this text.</p>");
    }

    @Test
    void revokedToken_isRefused_andTheAuditNamesTheOperator() throws Exception {
        String token = issue("cookie=to-revoke");
        Browser support = browser(Role.SUPPORT);
        String page = support.post("/console/explain", Map.of("text", token)).body();
        assertThat(page).contains("<button type=\"submit\" class=\"danger\">Revoke this token</button>");

        HttpResponse<String> answer = support.post(
                "/console/requests/revoke",
                Map.of(
                        "token", tokenId("to-revoke"),
                        "account", hidden(page, "account"),
                        "environment", hidden(page, "environment"),
                        "reason", HOSTILE,
                        "back", hidden(page, "back")));

        assertThat(answer.statusCode()).isEqualTo(303);
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(location)
                .startsWith("/console/requests/token?token=" + tokenId("to-revoke"))
                .endsWith("&done=revoked");
        assertThat(main(support.get(location)))
                .contains("The token was revoked. Every redemption of it is refused from now on.")
                .contains("<p>The token was revoked.</p>")
                .contains(": " + ESCAPED)
                .doesNotContain(HOSTILE);
        assertThat(service.application()
                        .audit()
                        .list(OptionalLong.empty(), 1)
                        .get(0)
                        .who())
                .matches("operator operator\\d+ from 127\\.0\\.0\\.1");
        assertThat(main(support.get(location))).doesNotContain("Revoke this token");
        assertThat(main(support.post("/console/explain", Map.of("text", token))))
                .contains("<p><b>It does not play.</b></p>\n<p>The token was revoked.</p>")
                .doesNotContain(HOSTILE);
    }

    @Test
    void revocation_needsAnIdAndAReadableReason() throws Exception {
        Browser support = browser(Role.SUPPORT);

        assertThat(support.post("/console/requests/revoke", Map.of("token", "x"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(support.post("/console/requests/revoke", Map.of("token", "0".repeat(32), "reason", ""))
                        .statusCode())
                .isEqualTo(400);
        assertThat(support.post("/console/requests/revoke", revocation("0".repeat(32), "r".repeat(501)))
                        .statusCode())
                .isEqualTo(400);
        Map<String, String> form = new HashMap<>(revocation("1".repeat(32), ""));
        form.put("back", "//evil.example/");
        assertThat(support.post("/console/requests/revoke", form).headers().firstValue("Location"))
                .contains("/console/requests?id=" + "1".repeat(32) + "&done=revoked");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            find    | 1004,000102030405060708090a0b0c0d0e0f
            find    | http://x/hms/wv/token?customerAuthenticator=1&x=y
            find    | contentKey=00
            find    | kek=00
            find    | pgop_2_x
            find    | abcd-ef01-2345-6789-abcd
            find    | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
            content | pgop_2_x
            content | http://x/?ExpressPlayToken=AAAA
            """)
    void secret_isNotSearchedFor(String field, String text) throws Exception {
        HttpResponse<String> answer = browser(Role.SUPPORT).post("/console/requests", Map.of(field, text));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(main(answer)).contains("The text was not searched for").doesNotContain(text);
    }

    private static Map<String, String> revocation(String token, String reason) {
        return Map.of("token", token, "account", "1001", "environment", "production", "reason", reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            session 4711                         | cookie=session+4711
            0123456789abcdef                     | request=0123456789abcdef
            00112233445566778899AABBCCDDEEFF     | id=00112233445566778899aabbccddeeff
            00112233-4455-6677-8899-aabbccddeeff | id=00112233445566778899aabbccddeeff
            ^film                                | id=863d0db7
            192.0.2.1                            | address=192.0.2.1
            ::1                                  | address=0%3A0%3A0%3A0%3A0%3A0%3A0%3A1
            """)
    void search_recognizesTheText(String text, String parameter) throws Exception {
        String location = search(Map.of("find", text, "account", "1001"));

        assertThat(location)
                .startsWith("/console/requests?"
                        + parameter.replace("863d0db7", KeyId.ofName("film").toString()));
        assertThat(location).endsWith("&account=1001");
    }

    @Test
    void search_takesTheTextAsTheOperatorChose() throws Exception {
        assertThat(search(Map.of("find", "0123456789abcdef", "as", "cookie")))
                .isEqualTo("/console/requests?cookie=0123456789abcdef");
        assertThat(search(Map.of("find", "job-7", "as", "request"))).isEqualTo("/console/requests?request=job-7");
    }

    @Test
    void search_findsByEachCriterion() throws Exception {
        String cookie = "criterion";
        issue("cookie=" + cookie, "contentId=criterion-content");
        TokenRecord record = find(cookie);
        for (String criterion : List.of(
                "cookie=" + cookie,
                "request=" + record.requestId(),
                "id=" + record.tokenId(),
                "content=criterion-content",
                "content=criterion-content&account=" + customer.account(),
                "content=criterion-content&environment=production&operation=token&code=0&period=hour",
                "content=criterion-content&to=2999-01-01T00:00&period=all",
                "content=criterion-content&address=127.0.0.1")) {
            assertThat(get("/console/requests?" + criterion)).as(criterion).contains(">" + cookie + "</td>");
        }
        for (String criterion : List.of(
                "content=criterion-content&account=7",
                "content=criterion-content&environment=test",
                "content=criterion-content&operation=license",
                "content=criterion-content&code=-2019",
                "content=criterion-content&to=2020-01-01T00:00",
                "content=criterion-content&address=192.0.2.7")) {
            assertThat(get("/console/requests?" + criterion))
                    .as(criterion)
                    .doesNotContain(">" + cookie + "</td>")
                    .contains("<p>No request of this period matches.");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            account=x       | The number of an account consists of digits.
            code=x          | The code must be a number: 0, or that of an error.
            environment=x   | The environment is production or test.
            operation=x     | There is no such operation.
            to=x            | Until must be a time in UTC, such as 2026-11-23T12:00.
            id=x            | An id has 32 hexadecimal digits; the name of a key begins with ^.
            """)
    void malformedCriterion_isNamed(String criterion, String error) throws Exception {
        assertThat(get("/console/requests?" + criterion))
                .contains("<p class=\"error\" role=\"alert\">" + error + "</p>");
    }

    @Test
    void pastedToken_isInNoUrl() throws Exception {
        String url = issueUrl("cookie=pasted");
        HttpResponse<String> viewers =
                browser(Role.VIEWER).post("/console/requests", Map.of("find", url, "as", "cookie"));

        String location = viewers.headers().firstValue("Location").orElseThrow();
        assertThat(location)
                .startsWith("/console/requests/token?token=" + tokenId("pasted") + "&account=" + customer.account()
                        + "&environment=production&issued=")
                .doesNotContain(token(url));
        assertThat(get(location)).contains("<b>issued</b>");

        HttpResponse<String> supports = browser(Role.SUPPORT).post("/console/requests", Map.of("find", token(url)));
        assertThat(supports.statusCode()).isEqualTo(200);
        assertThat(supports.body()).contains("<h1>Explain</h1>").doesNotContain(token(url));
        assertThat(main(browser(Role.VIEWER).post("/console/requests", Map.of("find", "x?ExpressPlayToken=AAAA"))))
                .contains(
                        "<p class=\"error\" role=\"alert\">This token cannot be opened: not a COSE_Encrypt message of this"
                                + " service.</p>");
    }

    @Test
    void refusedRequest_hasItsReasonAndAdvice() throws Exception {
        issueRefused("cookie=" + "c".repeat(33));
        TokenRecord record = find("c".repeat(33));
        String list = get("/console/requests?cookie=" + record.cookie());
        assertThat(list).contains("<span class=\"badge bad\">-2033</span> Invalid cookie</td>");

        assertThat(get(recordPath(list)))
                .contains("<p><b>The cookie has more than 32 characters, or control characters.</b></p>")
                .contains(
                        "<p>The back end must send a shorter cookie, such as a hash of its session. <span class=\"badge\">back"
                                + " end</span></p>")
                .doesNotContain("Story of the token");
    }

    @Test
    void refusedRedemption_saysItsReasonOnce_andShowsTheStory() throws Exception {
        redeem(issue("cookie=once"), KeyId.ofName("another film"));
        String page = get(recordPath(get("/console/requests?cookie=once&operation=license")));

        assertThat(page)
                .contains(
                        "<p><b>The token is for other content: none of the keys that the player asks for is in it.</b></p>")
                .contains("<dt>Reason</dt><dd>wrong content</dd>")
                .contains("<b>issued</b>", "<b>refused</b>")
                .doesNotContain("<p><b>The token itself is valid");
    }

    @Test
    void unknownRecord_isNotFound() throws Exception {
        for (String query : List.of(
                "",
                "?account=1001&environment=production&time=2026-01-01T00:00:00Z&request=x",
                "?account=x&environment=production&time=2026-01-01T00:00:00Z&request=x")) {
            assertThat(browser(Role.VIEWER)
                            .get("/console/requests/record" + query)
                            .statusCode())
                    .isEqualTo(404);
            assertThat(browser(Role.VIEWER)
                            .get("/console/requests/token" + query)
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void textsOfClients_areOnlyText(Role role) throws Exception {
        String cookie = HOSTILE + role.label().charAt(0);
        String token =
                issue("cookie=" + encoded(cookie), "contentId=" + encoded(HOSTILE), "kid=" + encoded("^" + HOSTILE));
        service.http()
                .post(
                        "/hms/wv/tokens",
                        "{\"id\":\"%s\",\"parameters\":{\"kid\":\"^film\",\"cookie\":\"%s\",\"contentKey\":\"%s\",\"securityLevel\":1,\"hdcpOutputControl\":0}}\n"
                                .formatted(HOSTILE.replace("\"", "\\\""), cookie.replace("\"", "\\\""), KEY),
                        "Content-Type: application/x-ndjson",
                        "User-Agent: " + HOSTILE,
                        "X-Request-Id: " + HOSTILE,
                        basic());
        write(hostileDevice(find(cookie)));

        String list = get("/console/requests?cookie=" + encoded(cookie));
        assertThat(list).contains(">" + ESCAPED + role.label().charAt(0) + "</td>");
        assertHarmless(list);
        assertThat(records(cookie)).hasSize(3);
        for (String path : recordPaths(list)) {
            HttpResponse<String> page = browser(role).get(path);
            assertThat(page.statusCode()).isEqualTo(200);
            assertHarmless(page.body());
        }
        assertThat(recordPaths(list).stream().map(this::getQuietly))
                .anyMatch(page -> page.contains("<dt>Make</dt><dd>" + ESCAPED + "</dd>"))
                .anyMatch(page -> page.contains("<h1>Request <span class=\"mono\">" + ESCAPED + "</span></h1>"));
        if (role != Role.VIEWER) {
            assertHarmless(browser(role)
                    .post("/console/explain", Map.of("text", token))
                    .body());
        }
        assertHarmless(browser(role).get(search(Map.of("find", HOSTILE))).body());
    }

    @Test
    void tokens_areInNoRecordNorAudit() throws Exception {
        String url = issueUrl("cookie=nowhere");
        Browser support = browser(Role.SUPPORT);
        support.post("/console/explain", Map.of("text", url));
        support.post("/console/requests", Map.of("find", url));
        browser(Role.VIEWER).post("/console/requests", Map.of("find", url));

        Application application = service.application();
        assertThat(application.audit().list(OptionalLong.empty(), 1_000).toString())
                .doesNotContain(token(url));
        assertThat(records("nowhere").toString()).doesNotContain(token(url));
    }

    private static void assertHarmless(String page) {
        assertThat(page).doesNotContain(HOSTILE).doesNotContain("<b onclick").doesNotContainPattern(SCRIPT);
    }

    private static TokenRecord hostileDevice(TokenRecord token) {
        return new TokenRecord(
                Instant.now(),
                "device",
                token.tokenId(),
                token.account(),
                token.environment(),
                -4001,
                token.kids(),
                token.contentId(),
                token.cookie(),
                TokenRecord.Source.HTTP,
                "192.0.2.1",
                new RedemptionRecord(
                        RedemptionRecord.Kind.LICENSE,
                        HOSTILE,
                        "widevine-cloud",
                        HOSTILE,
                        new RedemptionRecord.Device(HOSTILE, HOSTILE, 3, 1L, HOSTILE, "0a0b")));
    }

    private void write(TokenRecord record) {
        try (RecordWriter writer = service.application().newRecordWriter()) {
            writer.add(record);
        }
    }

    private Browser browser(Role role) {
        return Objects.requireNonNull(browsers.get(role));
    }

    private String get(String path) throws Exception {
        HttpResponse<String> answer = browser(Role.VIEWER).get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return main(answer);
    }

    /** A page without what is around it. */
    private static String main(HttpResponse<String> page) {
        return page.body().replaceAll("(?s)^.*<main[^>]*>|</main>.*$|<svg.*?</svg>", "");
    }

    private String getQuietly(String path) {
        try {
            return get(path);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Where a search leads. */
    private String search(Map<String, String> form) throws Exception {
        HttpResponse<String> answer = browser(Role.VIEWER).post("/console/requests", form);
        assertThat(answer.statusCode()).isEqualTo(303);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static List<String> checks(String page) {
        return Pattern.compile(
                        "data-label=\"Check\">([^<]+)</th><td data-label=\"Outcome\"><span class=\"badge \\w+\">(\\w+)<")
                .matcher(page)
                .results()
                .map(match -> match.group(1) + " " + match.group(2))
                .toList();
    }

    private static String hidden(String page, String name) {
        return Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1)
                .replace("&amp;", "&")
                .replace("&#x3D;", "=");
    }

    private static List<String> recordPaths(String list) {
        return Pattern.compile("href=\"(/console/requests/record\\?[^\"]+)\"")
                .matcher(list)
                .results()
                .map(match -> match.group(1).replace("&amp;", "&").replace("&#x3D;", "="))
                .toList();
    }

    private static String recordPath(String list) {
        return recordPaths(list).get(0);
    }

    private String issue(String... parameters) throws IOException {
        return token(issueUrl(parameters));
    }

    private String issueUrl(String... parameters) throws IOException {
        String url = service.http().get(target(parameters)).body();
        assertThat(url).contains("?ExpressPlayToken=");
        // No log must have it. The service answers with it, but stores it nowhere.
        secret(token(url));
        return url;
    }

    private void issueRefused(String... parameters) throws IOException {
        assertThat(service.http().get(target(parameters)).status()).isEqualTo(400);
    }

    private String target(String... parameters) {
        String kid = String.join("&", parameters).contains("kid=") ? "" : "&kid=^film";
        return "/hms/wv/token?customerAuthenticator=" + customer.production() + kid + "&contentKey=" + KEY
                + "&securityLevel=1&hdcpOutputControl=0&" + String.join("&", parameters);
    }

    private String basic() {
        String credentials = customer.production().replace(',', ':');
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII));
    }

    private int redeem(String token, KeyId kid) throws IOException {
        return service.http()
                .post("/hms/wv/rights/?ExpressPlayToken=" + token, keyRequest(kid))
                .status();
    }

    private static String keyRequest(KeyId kid) {
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(kid.toByteArray());
        return "{\"kids\":[\"" + id + "\"],\"type\":\"temporary\"}";
    }

    private static String token(String url) {
        return url.strip().substring(url.indexOf("ExpressPlayToken=") + "ExpressPlayToken=".length());
    }

    private String tokenId(String cookie) {
        return String.valueOf(find(cookie).tokenId());
    }

    private TokenRecord find(String cookie) {
        return records(cookie).get(records(cookie).size() - 1);
    }

    private List<TokenRecord> records(String cookie) {
        return service.application()
                .records()
                .find(new RecordQuery(
                        customer.account(),
                        Environment.PRODUCTION,
                        new RecordQuery.Filter(cookie, null, null, null),
                        null,
                        null,
                        null,
                        100))
                .records();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
