package io.playgrant.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.playgrant.account.Accounts;
import io.playgrant.account.AddressRange;
import io.playgrant.account.Profile;
import io.playgrant.app.Application;
import io.playgrant.cli.TestHome;
import io.playgrant.cli.TestHome.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountCommandTest {

    private TestHome home;

    @BeforeEach
    void prepare(@TempDir Path path) throws IOException {
        home = TestHome.in(path);
    }

    @Test
    void create_printsOneLineOfJson() throws IOException {
        Run run = home.run("account", "create", "--name", "N", "--json");
        TestHome.markAll(run.out());
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        JsonNode json = run.json();
        String production = json.get("production").get("customerAuthenticator").textValue();
        String test = json.get("test").get("customerAuthenticator").textValue();
        assertThat(production).matches("1001,[0-9a-f]{32}").isNotEqualTo(test);
        assertThat(test).matches("1001,[0-9a-f]{32}");
        assertThat(run.out())
                .isEqualTo("{\"account\":1001,\"name\":\"N\",\"production\":{\"customerAuthenticator\":\"" + production
                        + "\"},\"test\":{\"customerAuthenticator\":\"" + test + "\"}}\n");
    }

    @Test
    void create_printsText() {
        Run run = home.run("account", "create", "--name", "The first", "--profile", "lenient");
        TestHome.markAll(run.out());
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEqualTo("Save the authenticators now: they cannot be shown again.\n");
        assertThat(run.out().replaceAll("1001,[0-9a-f]{32}", "AUTHENTICATOR")).isEqualTo("""
                account         1001
                name            The first
                profile         lenient
                enabled         yes
                widevine        on
                networks        any
                credits         any
                rate            any
                authenticators  1 production, 1 test
                packaging       off
                packagers       0 production, 0 test
                signers         none
                production      AUTHENTICATOR
                test            AUTHENTICATOR
                """);
    }

    @Test
    void create_isStrictByDefault() throws IOException {
        home.createAccount("N");
        assertThat(home.run("account", "show", "1001", "--json")
                        .json()
                        .get("profile")
                        .textValue())
                .isEqualTo("strict");
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"", " ", "\t", "a\nb", "a\u0000b", "a\u0085b", "a\u001b[31mb", "a\ud83cb"})
    void create_refusesAName(String name) {
        assertFailed(
                home.run("account", "create", "--name", name),
                "--name must have 1 to 200 characters, and no control character");
    }

    @Test
    void create_takesNamesOf200Characters() throws IOException {
        assertFailed(
                home.run("account", "create", "--name", "x".repeat(201)),
                "--name must have 1 to 200 characters, and no control character");
        assertFailed(
                home.run("account", "create", "--name", "🎬".repeat(101)),
                "--name must have 1 to 200 characters, and no control character");
        home.createAccount("x".repeat(200));
        home.createAccount("🎬".repeat(100));
        home.createAccount("日".repeat(200));
    }

    @Test
    void create_isAskedWronglyWithoutAName() {
        assertAskedWrongly(home.run("account", "create"), "Missing required option: '--name=NAME'");
    }

    @Test
    void create_isAskedWronglyWithAnotherProfile() {
        assertAskedWrongly(
                home.run("account", "create", "--name", "N", "--profile", "Strict"),
                "Invalid value for option '--profile': 'Strict' is neither strict nor lenient");
    }

    @Test
    void list_isATable() throws IOException {
        home.createAccount("Zebra");
        home.createAccount("Ape");
        home.run("account", "set", "1002", "--packaging", "on", "--environment", "test");
        home.run("account", "set", "1002", "--disabled", "--widevine", "off", "--profile", "lenient", "--credits", "7");
        Run run = home.run("account", "list");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("""
                ACCOUNT    PROFILE  STATE    WIDEVINE PACKAGING  CREDITS    NAME
                1001       strict   enabled  on       off        any        Zebra
                1002       lenient  disabled off      test       7          Ape
                """);
    }

    @Test
    void list_ofNoAccount() {
        home.openApplication().close();
        assertThat(home.run("account", "list").out())
                .isEqualTo("ACCOUNT    PROFILE  STATE    WIDEVINE PACKAGING  CREDITS    NAME\n");
        assertThat(home.run("account", "list", "--json").out()).isEqualTo("[]\n");
    }

    @Test
    void list_printsOneLineOfJson() throws IOException {
        home.createAccount("Zebra");
        home.createAccount("Ape");
        assertThat(home.run("account", "list", "--json").out())
                .isEqualTo("[" + json(1001, "Zebra") + "," + json(1002, "Ape") + "]\n");
    }

    @Test
    void show_printsTheAccount() throws IOException {
        home.createAccount("N");
        Run text = home.run("account", "show", "1001");
        assertThat(text.exit()).isZero();
        assertThat(text.out()).isEqualTo("""
                account         1001
                name            N
                profile         strict
                enabled         yes
                widevine        on
                networks        any
                credits         any
                rate            any
                authenticators  1 production, 1 test
                packaging       off
                packagers       0 production, 0 test
                signers         none
                """);
        assertThat(home.run("account", "show", "--json", "1001").out()).isEqualTo(json(1001, "N") + "\n");
    }

    @Test
    void show_printsNetworks() {
        try (Application application = home.openApplication()) {
            List<AddressRange> networks = List.of(
                    AddressRange.parse("10.0.0.0/8").orElseThrow(),
                    AddressRange.parse("2001:db8::/32").orElseThrow());
            Accounts.Created created = application.accounts().create("N", Profile.STRICT, networks);
            TestHome.mark(created.authenticators().values());
        }
        assertThat(home.run("account", "show", "1001").out()).contains("networks        10.0.0.0/8,2001:db8::/32\n");
        assertThat(home.run("account", "show", "1001", "--json").out())
                .contains("\"networks\":[\"10.0.0.0/8\",\"2001:db8::/32\"]");
    }

    @Test
    void show_failsForAnUnknownAccount() {
        home.openApplication().close();
        assertFailed(home.run("account", "show", "1001"), "There is no account 1001");
    }

    @Test
    void show_isAskedWronglyWithoutANumber() {
        assertAskedWrongly(home.run("account", "show"), "Missing required parameter: 'ACCOUNT'");
        assertAskedWrongly(
                home.run("account", "show", "first"),
                "Invalid value for positional parameter at index 0 (ACCOUNT): 'first' is not a whole number");
        assertAskedWrongly(
                home.run("account", "show", "\uff11\uff10\uff10\uff11"),
                "Invalid value for positional parameter at index 0 (ACCOUNT): '\uff11\uff10\uff10\uff11' is not a whole number");
    }

    @Test
    void set_changesEverything() throws IOException {
        home.createAccount("N");
        Run run = home.run("account", "set", "1001", "--profile", "lenient", "--disabled", "--widevine", "off");
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                account         1001
                name            N
                profile         lenient
                enabled         no
                widevine        off
                networks        any
                credits         any
                rate            any
                authenticators  1 production, 1 test
                packaging       off
                packagers       0 production, 0 test
                signers         none
                """);
        assertThat(home.run("account", "show", "1001").out()).isEqualTo(run.out());
        assertThat(home.run("account", "set", "1001", "--profile=strict", "--enabled", "--widevine=on", "--json")
                        .out())
                .isEqualTo(json(1001, "N") + "\n");
    }

    @Test
    void set_leavesWhatIsNotNamed() throws IOException {
        home.createAccount("N");
        assertThat(home.run("account", "set", "1001", "--disabled", "--json").out())
                .isEqualTo(json(1001, "N").replace("\"enabled\":true", "\"enabled\":false") + "\n");
        assertThat(home.run("account", "set", "1001", "--profile", "lenient", "--json")
                        .out())
                .isEqualTo(json(1001, "N")
                                .replace("\"enabled\":true", "\"enabled\":false")
                                .replace("strict", "lenient") + "\n");
        assertThat(home.run("account", "set", "1001", "--enabled", "--json").out())
                .isEqualTo(json(1001, "N").replace("strict", "lenient") + "\n");
        assertThat(home.run("account", "set", "1001", "--widevine", "off", "--json")
                        .out())
                .isEqualTo(
                        json(1001, "N").replace("strict", "lenient").replace("\"widevine\":true", "\"widevine\":false")
                                + "\n");
    }

    @Test
    void set_isAskedWronglyWhenNothingIsNamed() {
        assertAskedWrongly(home.run("account", "set", "1001"), "Give at least one property to change.");
        assertAskedWrongly(home.run("account", "set", "1001", "--json"), "Give at least one property to change.");
        assertThat(home.data()).doesNotExist();
    }

    @Test
    void set_isAskedWronglyWithBothStates() {
        assertAskedWrongly(
                home.run("account", "set", "1001", "--enabled", "--disabled"),
                "Error: --enabled, --disabled are mutually exclusive (specify only one)");
    }

    @Test
    void set_isAskedWronglyWithAnotherValue() {
        assertAskedWrongly(
                home.run("account", "set", "1001", "--widevine", "maybe"),
                "Invalid value for option '--widevine': 'maybe' is neither on nor off");
        assertAskedWrongly(
                home.run("account", "set", "1001", "--profile", "none"),
                "Invalid value for option '--profile': 'none' is neither strict nor lenient");
    }

    @Test
    void create_takesNetworksAndLimits() throws IOException {
        Run run = home.run(
                "account", "create", "--name", "N", "--networks", "10.0.0.0/8, ::1", "--credits", "0", "--rate", "5");
        TestHome.markAll(run.out());
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("networks        10.0.0.0/8,::1\ncredits         0\nrate            5 a second\n");
        assertThat(home.run("account", "show", "1001", "--json").out())
                .contains("\"networks\":[\"10.0.0.0/8\",\"::1\"],\"credits\":0,\"rate\":5,");
    }

    @Test
    void set_changesNetworksAndLimits_andTakesThemAway() throws IOException {
        home.createAccount("N");
        assertThat(home.run(
                                "account",
                                "set",
                                "1001",
                                "--networks",
                                "192.0.2.1",
                                "--credits",
                                "7",
                                "--rate",
                                "1",
                                "--json")
                        .out())
                .isEqualTo(json(1001, "N")
                                .replace(
                                        "\"networks\":[],\"credits\":null,\"rate\":null",
                                        "\"networks\":[\"192.0.2.1\"],\"credits\":7,\"rate\":1")
                        + "\n");
        assertThat(home.run("account", "set", "1001", "--networks", "", "--credits", "any", "--rate", "any", "--json")
                        .out())
                .isEqualTo(json(1001, "N") + "\n");
    }

    @Test
    void set_addsCredits() throws IOException {
        home.createAccount("N");
        assertFailed(
                home.run("account", "set", "1001", "--add-credits", "5"),
                "Account 1001 has no limit to raise; set its credits");
        home.run("account", "set", "1001", "--credits", "10");
        assertThat(home.run("account", "set", "1001", "--add-credits", "5", "--json")
                        .json()
                        .get("credits")
                        .longValue())
                .isEqualTo(15);
        assertFailed(
                home.run("account", "set", "1001", "--add-credits", "1000000000000"),
                "An account has at most 1000000000000 credits");
        assertThat(home.run("account", "show", "1001", "--json")
                        .json()
                        .get("credits")
                        .longValue())
                .isEqualTo(15);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "localhost", "10.0.0.1-10.0.0.9", "10.0.0.0/8,x", "1.2.3", "*", ",", " ", "::1,"})
    void networks_areAskedWrongly(String text) throws IOException {
        home.createAccount("N");
        String wrong = text.substring(text.indexOf(',') + 1).trim();
        assertAskedWrongly(
                home.run("account", "create", "--name", "N", "--networks", text),
                "Invalid value for option '--networks': '" + wrong
                        + "' is not an IPv4 or IPv6 address or CIDR range; brackets, ports and zones are not allowed");
        assertAskedWrongly(
                home.run("account", "set", "1001", "--networks", text),
                "Invalid value for option '--networks': '" + wrong
                        + "' is not an IPv4 or IPv6 address or CIDR range; brackets, ports and zones are not allowed");
        assertThat(home.run("account", "list", "--json").out()).isEqualTo("[" + json(1001, "N") + "]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000000000001", "1.5", "many", "", "99999999999999999999"})
    void credits_areAskedWrongly(String text) {
        assertAskedWrongly(
                home.run("account", "create", "--name", "N", "--credits=" + text),
                "Invalid value for option '--credits': '" + text
                        + "' is neither a number from 0 to 1000000000000 nor any");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000001", "fast"})
    void rate_isAskedWrongly(String text) {
        assertAskedWrongly(
                home.run("account", "create", "--name", "N", "--rate=" + text),
                "Invalid value for option '--rate': '" + text + "' is neither a number from 1 to 1000000 nor any");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "1000000000001"})
    void moreCredits_areAskedWrongly(String text) {
        assertAskedWrongly(
                home.run("account", "set", "1001", "--add-credits=" + text),
                "--add-credits must be a number from 1 to 1000000000000");
    }

    @Test
    void set_isAskedWronglyWithBothKindsOfCredits() {
        assertAskedWrongly(
                home.run("account", "set", "1001", "--credits", "1", "--add-credits", "1"),
                "Error: --credits=N|any, --add-credits=N are mutually exclusive (specify only one)");
    }

    @Test
    void delete_takesTheAccountAway() throws IOException {
        home.createAccount("First");
        home.createAccount("Second");
        Run run = home.run("account", "delete", "1001");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("Account 1001 is deleted.\n");
        assertThat(home.run("account", "list", "--json").out()).isEqualTo("[" + json(1002, "Second") + "]\n");
        assertFailed(home.run("account", "delete", "1001"), "There is no account 1001");
        assertThat(home.run("account", "delete", "1002", "--json").out()).isEqualTo("{\"deleted\":1002}\n");
        assertThat(home.createAccount("Third")).startsWith("1003,");
    }

    @Test
    void authenticators_areAddedListedAndRevoked() throws IOException {
        home.createAccount("N");
        Run added = home.run("account", "authenticator", "add", "1001", "--environment", "test", "--json");
        TestHome.markAll(added.out());
        assertThat(added.exit()).isZero();
        assertThat(added.out())
                .matches(
                        "\\{\"id\":3,\"environment\":\"test\",\"for\":\"tokens\",\"customerAuthenticator\":\"1001,[0-9a-f]{32}\"}\n");
        Run text = home.run("account", "authenticator", "add", "1001");
        TestHome.markAll(text.out());
        assertThat(text.out())
                .matches("id              4\nfor             tokens\nproduction      1001,[0-9a-f]{32}\n");
        assertThat(text.err()).isEqualTo("Save the authenticator now: it cannot be shown again.\n");

        Run revoked = home.run("account", "authenticator", "revoke", "1001", "1");
        assertThat(revoked.exit()).isZero();
        assertThat(revoked.out()).isEqualTo("Authenticator 1 of account 1001 is revoked.\n");
        assertThat(home.run("account", "authenticator", "revoke", "1001", "2", "--json")
                        .out())
                .isEqualTo("{\"revoked\":2}\n");

        assertThat(home.run("account", "authenticator", "list", "1001").out()).matches("""
                ID       ENVIRONMENT FOR       CREATED
                3        test        tokens    \\S+Z
                4        production  tokens    \\S+Z
                """);
        assertThat(home.run("account", "authenticator", "list", "1001", "--json")
                        .out())
                .matches(
                        "\\[\\{\"id\":3,\"environment\":\"test\",\"for\":\"tokens\",\"createdAt\":\"[^\"]+Z\"},"
                                + "\\{\"id\":4,\"environment\":\"production\",\"for\":\"tokens\",\"createdAt\":\"[^\"]+Z\"}]\n");
    }

    @Test
    void authenticators_failForWhatIsNotThere() throws IOException {
        home.createAccount("N");
        assertFailed(home.run("account", "authenticator", "add", "1002"), "There is no account 1002");
        assertFailed(home.run("account", "authenticator", "list", "1002"), "There is no account 1002");
        assertFailed(
                home.run("account", "authenticator", "revoke", "1001", "9"), "Account 1001 has no authenticator 9");
        assertAskedWrongly(
                home.run("account", "authenticator", "add", "1001", "--environment", "staging"),
                "Invalid value for option '--environment': 'staging' is neither production nor test");
    }

    @Test
    void packaging_isTurnedOnAndOff_inOneEnvironmentOrBoth() throws IOException {
        home.createAccount("N");
        assertThat(packaging("on", "test")).isEqualTo("{\"production\":false,\"test\":true}");
        assertThat(packaging("on", "production")).isEqualTo("{\"production\":true,\"test\":true}");
        assertThat(packaging("off", "test")).isEqualTo("{\"production\":true,\"test\":false}");
        assertThat(home.run("account", "show", "1001").out()).contains("packaging       production\n");
        assertThat(home.run("account", "set", "1001", "--packaging", "on").out())
                .contains("packaging       both\n");
        assertThat(home.run("account", "set", "1001", "--packaging", "off").out())
                .contains("packaging       off\n");
    }

    @Test
    void packaging_isAskedWrongly() {
        assertAskedWrongly(
                home.run("account", "set", "1001", "--environment", "test"),
                "Error: Missing required argument(s): --packaging=on|off");
        assertAskedWrongly(
                home.run("account", "set", "1001", "--packaging", "maybe"),
                "Invalid value for option '--packaging': 'maybe' is neither on nor off");
        assertAskedWrongly(
                home.run("account", "authenticator", "add", "1001", "--for", "both"),
                "Invalid value for option '--for': 'both' is neither tokens nor packaging");
    }

    private String packaging(String value, String environment) throws IOException {
        return home.run("account", "set", "1001", "--packaging", value, "--environment", environment, "--json")
                .json()
                .get("packaging")
                .toString();
    }

    @Test
    void authenticators_areAddedForPackaging() throws IOException {
        home.createAccount("N");
        Run added = home.run("account", "authenticator", "add", "1001", "--for", "packaging");
        TestHome.markAll(added.out());
        assertThat(added.out())
                .matches("id              3\nfor             packaging\nproduction      1001,[0-9a-f]{32}\n");
        assertThat(home.run("account", "show", "1001").out())
                .contains("authenticators  1 production, 1 test\n")
                .contains("packagers       1 production, 0 test\n");
        assertThat(home.run("account", "authenticator", "list", "1001").out())
                .contains("3        production  packaging ");
    }

    @Test
    void set_failsForAnUnknownAccount() {
        home.openApplication().close();
        assertFailed(home.run("account", "set", "1001", "--disabled"), "There is no account 1001");
    }

    private static String json(long number, String name) {
        return "{\"account\":" + number + ",\"name\":\"" + name + "\",\"profile\":\"strict\",\"enabled\":true,"
                + "\"widevine\":true,\"networks\":[],\"credits\":null,\"rate\":null,\"authenticators\":{\"production\":1,\"test\":1},"
                + "\"packaging\":{\"production\":false,\"test\":false},"
                + "\"packagingAuthenticators\":{\"production\":0,\"test\":0},\"signers\":[]}";
    }

    private static void assertFailed(Run run, String message) {
        assertThat(run.err()).isEqualTo("playgrant: " + message + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(1);
    }

    private static void assertAskedWrongly(Run run, String message) {
        assertThat(run.err()).startsWith(message + "\nUsage: playgrant account ");
        assertThat(run.out()).isEmpty();
        assertThat(run.exit()).isEqualTo(2);
    }
}
