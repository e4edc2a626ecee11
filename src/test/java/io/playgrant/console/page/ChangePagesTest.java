package io.playgrant.console.page;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Account;
import io.playgrant.account.AccountChange;
import io.playgrant.account.Environment;
import io.playgrant.account.Limit;
import io.playgrant.account.NewAccount;
import io.playgrant.account.Profile;
import io.playgrant.account.StoredAuthenticator;
import io.playgrant.audit.AuditEntry;
import io.playgrant.console.Browser;
import io.playgrant.console.RunningConsole;
import io.playgrant.operator.Operator;
import io.playgrant.operator.Operators;
import io.playgrant.operator.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of administrators, as a browser sends them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangePagesTest {

    private static final Pattern ONCE = Pattern.compile("name=\"once\" value=\"([0-9a-f]{32})\"");
    private static final Pattern AUTHENTICATOR = Pattern.compile("<code id=\"secret-1\">([0-9]+,[0-9a-f]+)</code>");

    private RunningConsole console;
    private Browser admin;
    private String name;
    private Account account;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        console = RunningConsole.start(data);
        Operators.Created operator = console.newOperator(Role.ADMIN);
        name = operator.operator().name();
        admin = console.newBrowser();
        admin.signIn(name, operator.password().reveal());
    }

    @AfterAll
    void stop() {
        console.close();
    }

    @BeforeEach
    void create() {
        account = console.application()
                .accounts()
                .create(new NewAccount("Harbour", Profile.STRICT, List.of(), Limit.of(10), Limit.NONE))
                .account();
    }

    private String path() {
        return "/console/accounts/" + account.number();
    }

    private Account now() {
        return console.application().accounts().find(account.number()).orElseThrow();
    }

    private AuditEntry lastChange(OptionalLong number) {
        return console.application().audit().list(number, 1).get(0);
    }

    private String once(String page) throws Exception {
        Matcher matcher = ONCE.matcher(admin.get(page).body());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static void assertRedirect(HttpResponse<String> response, String path) {
        assertThat(response.statusCode()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).contains(path);
    }

    @Test
    void newAccount_showsItsAuthenticatorsOnce() throws Exception {
        Map<String, String> form = new HashMap<>(Map.of(
                "name", "Kino am Fluss",
                "profile", "lenient",
                "networks", "192.0.2.0/24, 2001:db8::/32",
                "credits", "1000",
                "rate", "any",
                "once", once("/console/accounts/new")));

        HttpResponse<String> response = admin.post("/console/accounts", form);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        Matcher shown = AUTHENTICATOR.matcher(response.body());
        assertThat(shown.find()).isTrue();
        String authenticator = secret(shown.group(1));
        Account created = console.application()
                .accounts()
                .find(Long.parseLong(authenticator.substring(0, authenticator.indexOf(','))))
                .orElseThrow();
        assertThat(created.name()).isEqualTo("Kino am Fluss");
        assertThat(created.profile()).isEqualTo(Profile.LENIENT);
        assertThat(created.networks()).hasToString("[192.0.2.0/24, 2001:db8::/32]");
        assertThat(created.credits()).isEqualTo(Limit.of(1000));
        assertThat(lastChange(OptionalLong.of(created.number())).who())
                .isEqualTo("operator " + name + " from 127.0.0.1");

        int accounts = console.application().accounts().list().size();
        HttpResponse<String> again = admin.post("/console/accounts", form);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("This form was already sent").doesNotContain(authenticator);
        assertThat(console.application().accounts().list()).hasSize(accounts);
        assertThat(admin.get("/console/accounts/" + created.number()).body()).doesNotContain(authenticator);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                ''              | ''              | any  | any  | name-error
                Kino            | 192.0.2.0/24,   | any  | any  | networks-error
                Kino            | [::1]           | any  | any  | networks-error
                Kino            | ''              | -1   | any  | credits-error
                Kino            | ''              | many | any  | credits-error
                Kino            | ''              | any  | 0    | rate-error
                Kino            | ''              | any  | ''   | rate-error
                """)
    void newAccount_tellsWhichFieldIsWrong(String text, String networks, String credits, String rate, String error)
            throws Exception {
        int before = console.application().accounts().list().size();

        HttpResponse<String> response = admin.post(
                "/console/accounts",
                Map.of(
                        "name", text,
                        "profile", "strict",
                        "networks", networks,
                        "credits", credits,
                        "rate", rate,
                        "once", once("/console/accounts/new")));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("aria-invalid=\"true\"", "<p class=\"error\" id=\"" + error + "\">")
                .containsPattern("aria-describedby=\"[a-z -]*" + error + "\"");
        assertThat(console.application().accounts().list()).hasSize(before);
    }

    @Test
    void change_writesOnlyTheDifference() throws Exception {
        HttpResponse<String> response = admin.post(path() + "/change", changed("lenient", account.revision()));

        assertRedirect(response, path() + "?done=account-changed");
        assertThat(now().profile()).isEqualTo(Profile.LENIENT);
        assertThat(now().widevine()).isTrue();
        assertThat(now().credits()).isEqualTo(Limit.of(10));
        assertThat(lastChange(OptionalLong.of(account.number())).details()).isEqualTo("profile=lenient");
        assertThat(admin.get(path() + "?done=account-changed").body())
                .contains("<p class=\"notice good\" role=\"status\">The account was changed.</p>");
    }

    @Test
    void change_doesNotOverwriteAnother() throws Exception {
        long revision = account.revision();
        console.application().accounts().change(account.number(), AccountChange.rate(Limit.of(7)));

        HttpResponse<String> response = admin.post(path() + "/change", changed("lenient", revision));

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains("Somebody changed the account meanwhile", "name=\"rate\" value=\"7\"");
        assertThat(now().profile()).isEqualTo(Profile.STRICT);
        assertThat(now().rate()).isEqualTo(Limit.of(7));
    }

    @Test
    void changesAtTheSameTime_doNotOverwriteEachOther() throws Exception {
        ExecutorService browsers = Executors.newFixedThreadPool(4);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(browsers.submit(() -> admin.post(path() + "/change", changed("lenient", account.revision()))
                    .statusCode()));
        }

        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        browsers.shutdown();

        assertThat(statuses).containsOnlyOnce(303).containsOnly(303, 409);
    }

    private static Map<String, String> changed(String profile, long revision) {
        return Map.of(
                "profile", profile,
                "networks", "",
                "credits", "",
                "rate", "any",
                "widevine", "on",
                "revision", Long.toString(revision));
    }

    @Test
    void disable_andEnable() throws Exception {
        assertRedirect(
                admin.post(path() + "/disable", Map.of("revision", Long.toString(account.revision()))),
                path() + "?done=account-disabled");
        assertThat(now().enabled()).isFalse();
        assertThat(admin.get(path()).body()).contains("All requests of this account are refused");
        assertThat(admin.post(path() + "/enable", Map.of("revision", Long.toString(account.revision())))
                        .statusCode())
                .isEqualTo(409);
        assertRedirect(
                admin.post(path() + "/enable", Map.of("revision", Long.toString(now().revision()))),
                path() + "?done=account-enabled");
        assertThat(now().enabled()).isTrue();
    }

    @Test
    void credits_areAddedOnce() throws Exception {
        Map<String, String> form = Map.of("credits", "5", "once", once(path()));

        assertRedirect(admin.post(path() + "/credits", form), path() + "?done=credits-added");
        assertThat(admin.post(path() + "/credits", form).statusCode()).isEqualTo(409);
        assertThat(now().credits()).isEqualTo(Limit.of(15));
        assertThat(admin.post(path() + "/credits", Map.of("credits", "0", "once", once(path())))
                        .statusCode())
                .isEqualTo(400);
        assertThat(admin.post(path() + "/credits", Map.of("credits", "5")).statusCode())
                .isEqualTo(400);
        assertThat(now().credits()).isEqualTo(Limit.of(15));
    }

    @Test
    void delete_needsTheNumber() throws Exception {
        HttpResponse<String> wrong = admin.post(path() + "/delete", Map.of("typed", "Harbour"));

        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("Nothing was deleted.");
        assertThat(now().name()).isEqualTo("Harbour");
        assertRedirect(
                admin.post(path() + "/delete", Map.of("typed", Long.toString(account.number()))),
                "/console/accounts?done=account-deleted");
        assertThat(console.application().accounts().find(account.number())).isEmpty();
    }

    @Test
    void authenticator_isShownOnceAndRevoked() throws Exception {
        Map<String, String> form = Map.of("environment", "test", "purpose", "packaging", "once", once(path()));

        HttpResponse<String> added = admin.post(path() + "/authenticators", form);

        Matcher shown = AUTHENTICATOR.matcher(added.body());
        assertThat(shown.find()).isTrue();
        secret(shown.group(1));
        assertThat(admin.post(path() + "/authenticators", form).statusCode()).isEqualTo(409);
        assertThat(now().authenticators()).hasSize(3);
        StoredAuthenticator stored = now().authenticators().get(2);
        assertThat(stored.environment()).isEqualTo(Environment.TEST);
        assertRedirect(
                admin.post(path() + "/authenticators/" + stored.id() + "/revoke", Map.of()),
                path() + "?done=authenticator-revoked");
        assertThat(now().authenticators()).hasSize(2);
        assertThat(admin.post(path() + "/authenticators/" + stored.id() + "/revoke", Map.of())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void ring_isRotated() throws Exception {
        assertRedirect(
                admin.post("/console/rings/test/add", Map.of("once", once("/console/rings"))),
                "/console/rings?done=ring-added");
        List<String> ids = io.playgrant.token.sealing.KeyRingFile.readIn(
                        console.application().dataFolder().path())
                .ids(Environment.TEST);
        assertThat(ids).hasSize(2);
        assertThat(lastChange(OptionalLong.empty()).action()).isEqualTo("ring add");
        assertThat(lastChange(OptionalLong.empty()).details()).isEqualTo("environment=test key=" + ids.get(1));
    }

    @Test
    void operator_isCreatedChangedAndDeleted() throws Exception {
        HttpResponse<String> created = admin.post(
                "/console/operators",
                Map.of("name", "ann..b+c@d", "role", "viewer", "once", once("/console/new-operator")));

        assertThat(created.statusCode()).isEqualTo(200);
        Matcher password =
                Pattern.compile("<code id=\"secret-1\">([^<]+)</code>").matcher(created.body());
        assertThat(password.find()).isTrue();
        secret(password.group(1));
        Browser ann = console.newBrowser();
        ann.signIn("ann..b+c@d", password.group(1));
        assertThat(ann.get("/console/operators").statusCode()).isEqualTo(403);

        String page = "/console/operators/ann%2E%2Eb+c@d";
        Operator operator = console.application().operators().find("ann..b+c@d").orElseThrow();
        assertThat(admin.get(page).body()).contains("127.0.0.1", "value=\"" + operator.revision() + "\"");
        assertRedirect(
                admin.post(page + "/change", Map.of("role", "support", "enabled", "on", "revision", "1000")), 409);
        assertRedirect(
                admin.post(
                        page + "/change",
                        Map.of("role", "support", "enabled", "on", "revision", Long.toString(operator.revision()))),
                page + "?done=operator-changed");
        assertThat(console.application()
                        .operators()
                        .find("ann..b+c@d")
                        .orElseThrow()
                        .role())
                .isEqualTo(Role.SUPPORT);
        assertRedirect(admin.post(page + "/sign-out", Map.of()), page + "?done=sessions-ended");
        assertThat(ann.get("/console/").statusCode()).isEqualTo(303);
        assertRedirect(admin.post(page + "/delete", Map.of("typed", "ann")), 400);
        assertRedirect(
                admin.post(page + "/delete", Map.of("typed", "ann..b+c@d")),
                "/console/operators?done=operator-deleted");
        assertThat(console.application().operators().find("ann..b+c@d")).isEmpty();
    }

    private static void assertRedirect(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void operator_cannotShutOutItself() throws Exception {
        Operator self = console.application().operators().find(name).orElseThrow();

        assertThat(admin.post(
                                "/console/operators/" + name + "/change",
                                Map.of("role", "viewer", "revision", Long.toString(self.revision())))
                        .statusCode())
                .isEqualTo(409);
        assertThat(admin.post("/console/operators/" + name + "/delete", Map.of("typed", name))
                        .statusCode())
                .isEqualTo(409);
        assertThat(console.application().operators().find(name)).contains(self);
    }

    @Test
    void aMalformedName_isTold() throws Exception {
        HttpResponse<String> response = admin.post(
                "/console/operators", Map.of("name", "<b>", "role", "viewer", "once", once("/console/new-operator")));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .contains("id=\"name-error\">The name of an operator must have")
                .contains("&lt;b&gt;");
    }
}
