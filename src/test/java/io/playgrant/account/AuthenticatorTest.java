package io.playgrant.account;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.account.Authenticator.Origin;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import io.playgrant.time.Schedule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EachDatabase
class AuthenticatorTest {

    private static final String WRONG_HEX = secret("00000000deadbeef00000000deadbeef");

    @AutoClose
    private final Schedule schedule = new Schedule();

    private AccountRoom room;
    private AccountCache cache;
    private Authenticator authenticator;
    private Accounts.Created created;

    @BeforeEach
    void open(TestDatabase databases) {
        room = new AccountRoom(databases);
        created = room.create("First", "10.0.0.0/8", "2001:db8::/32");
        cache = new AccountCache(room.accounts, Duration.ofMinutes(1), schedule);
        authenticator = new Authenticator(cache, room.accounts.authenticators());
    }

    @AfterEach
    void close() {
        cache.close();
        room.close();
    }

    @ParameterizedTest
    @EnumSource
    void identify_findsAccountAndEnvironment(Environment environment) {
        Caller caller = authenticator.identify(List.of(reveal(environment)));
        assertThat(caller.account().number()).isEqualTo(1001);
        assertThat(caller.environment()).isEqualTo(environment);
    }

    @Test
    void identify_takesEitherCase() {
        String upper = secret(reveal(Environment.TEST).toUpperCase(Locale.ROOT));
        assertThat(authenticator.identify(List.of(upper)).environment()).isEqualTo(Environment.TEST);
    }

    @Test
    void identify_refusesNone() {
        assertRefused(() -> authenticator.identify(List.of()), ErrorCode.MISSING_AUTHENTICATOR, 401, "");
    }

    @Test
    void identify_refusesTwo() {
        String good = reveal(Environment.PRODUCTION);
        assertRefused(
                () -> authenticator.identify(List.of(good, good)),
                ErrorCode.INVALID_AUTHENTICATOR,
                401,
                "customerAuthenticator must be given once");
    }

    @Test
    void identify_refusesEveryOtherForm() {
        String good = reveal(Environment.PRODUCTION);
        String hex = good.substring("1001,".length());
        for (String form : List.of(
                hex,
                "1001" + hex,
                "1001:" + hex,
                "1001;" + hex,
                "1001, " + hex,
                " " + good,
                good + " ",
                good + "\n",
                "01001," + hex,
                "+1001," + hex,
                "-1001," + hex,
                "1001.0," + hex,
                "0x3e9," + hex,
                "," + hex,
                "1001,",
                "1001",
                ",",
                "1001," + hex.substring(1),
                good + "0",
                good + "," + hex,
                "1001," + hex.substring(1) + "g",
                "1001,0x" + hex.substring(2),
                "9999999999999999999," + hex,
                "99999999999999999999999999999999," + hex,
                "١٠٠١," + hex,
                "*," + hex,
                "' or 1=1 --," + hex)) {
            assertRefused(() -> authenticator.identify(List.of(form)), ErrorCode.INVALID_AUTHENTICATOR, 401, "");
        }
    }

    @Test
    void identify_refusesAWrongSecret() {
        assertRefused(
                () -> authenticator.identify(List.of("1001," + WRONG_HEX)), ErrorCode.INVALID_AUTHENTICATOR, 401, "");
    }

    @Test
    void identify_refusesEveryOtherSecretOfOneDigit() {
        String good = reveal(Environment.PRODUCTION);
        for (int position = "1001,".length(); position < good.length(); position++) {
            String digit = good.charAt(position) == '0' ? "1" : "0";
            String other = good.substring(0, position) + digit + good.substring(position + 1);
            assertRefused(() -> authenticator.identify(List.of(other)), ErrorCode.INVALID_AUTHENTICATOR, 401, "");
        }
    }

    @Test
    void identify_refusesAnUnknownAccountInTheSameWords() {
        assertRefused(
                () -> authenticator.identify(List.of("1002," + WRONG_HEX)), ErrorCode.INVALID_AUTHENTICATOR, 401, "");
        assertRefused(
                () -> authenticator.identify(List.of("999999999999999999," + WRONG_HEX)),
                ErrorCode.INVALID_AUTHENTICATOR,
                401,
                "");
    }

    @Test
    void identify_refusesAnotherAccountsSecret() {
        room.create("Second");
        String moved = "1002," + reveal(Environment.PRODUCTION).substring("1001,".length());
        assertRefused(() -> authenticator.identify(List.of(moved)), ErrorCode.INVALID_AUTHENTICATOR, 401, "");
    }

    @Test
    void identify_isAnAdminErrorWhenTheStorageIsAway() {
        room.database.close();
        assertRefused(
                () -> authenticator.identify(List.of(reveal(Environment.PRODUCTION))),
                ErrorCode.ADMIN_ERROR,
                503,
                "the account storage is out of reach, try again later",
                "The database failed: HikariDataSource HikariDataSource (database) has been closed.");
    }

    @Test
    void identify_goesOnWithKnownAccountsWhenTheStorageIsAway() {
        authenticator.identify(List.of(reveal(Environment.PRODUCTION)));
        room.database.close();
        assertThat(authenticator.identify(List.of(reveal(Environment.TEST))).environment())
                .isEqualTo(Environment.TEST);
        assertRefused(
                () -> authenticator.identify(List.of("1001," + WRONG_HEX)), ErrorCode.INVALID_AUTHENTICATOR, 401, "");
    }

    @Test
    void identify_doesNotLookAtTheAccountsState() {
        room.accounts.change(1001, new AccountChange(null, false, false, null, null, null, null));
        assertThat(authenticator
                        .identify(List.of(reveal(Environment.TEST)))
                        .account()
                        .enabled())
                .isFalse();
    }

    @Test
    void admit_letsCallersInFromInside() {
        assertThatCode(() -> authenticator.admit(caller(Environment.TEST), Origin.internal()))
                .doesNotThrowAnyException();
    }

    @Test
    void admit_letsCallersInFromTheirNetworks() {
        for (String address : List.of("10.0.0.1", "10.255.255.255", "2001:db8::1")) {
            assertThatCode(() -> authenticator.admit(
                            caller(Environment.TEST), new Origin(Environment.TEST, address(address))))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void admit_letsCallersInFromAnywhereWithoutNetworks() throws UnknownHostException {
        Accounts.Created open = room.create("Second");
        Caller caller = new Caller(open.account(), Environment.PRODUCTION);
        Origin origin = new Origin(null, address("192.0.2.1"));
        assertThatCode(() -> authenticator.admit(caller, origin)).doesNotThrowAnyException();
    }

    @Test
    void admit_refusesTheOtherEnvironment() {
        assertRefused(
                () -> authenticator.admit(caller(Environment.PRODUCTION), new Origin(Environment.TEST, null)),
                ErrorCode.INVALID_AUTHENTICATOR,
                401,
                "customerAuthenticator is of the production environment, the host is of the test environment");
        assertRefused(
                () -> authenticator.admit(caller(Environment.TEST), new Origin(Environment.PRODUCTION, null)),
                ErrorCode.INVALID_AUTHENTICATOR,
                401,
                "customerAuthenticator is of the test environment, the host is of the production environment");
    }

    @Test
    void admit_refusesADisabledAccount() {
        room.accounts.change(1001, AccountChange.enabled(false));
        assertRefused(
                () -> authenticator.admit(caller(Environment.TEST), Origin.internal()),
                ErrorCode.ACCOUNT_DISABLED,
                401,
                "");
    }

    @Test
    void admit_refusesAnAccountWithoutWidevine() {
        room.accounts.change(1001, AccountChange.widevine(false));
        assertRefused(
                () -> authenticator.admit(caller(Environment.TEST), Origin.internal()),
                ErrorCode.WIDEVINE_DISABLED,
                401,
                "");
    }

    @Test
    void admit_refusesAnotherNetwork() {
        for (String address : List.of("11.0.0.0", "9.255.255.255", "127.0.0.1", "2001:db9::", "::1", "::10.0.0.1")) {
            assertRefused(
                    () -> authenticator.admit(caller(Environment.TEST), new Origin(Environment.TEST, address(address))),
                    ErrorCode.INVALID_IP_ADDRESS,
                    401,
                    "the account may not be used from this address");
        }
    }

    @Test
    void admit_checksEnvironmentThenStateThenWidevineThenNetwork() throws UnknownHostException {
        InetAddress elsewhere = address("192.0.2.1");
        room.accounts.change(1001, new AccountChange(null, false, false, null, null, null, null));
        Caller disabled = new Caller(room.accounts.find(1001).orElseThrow(), Environment.TEST);
        assertRefused(
                () -> authenticator.admit(disabled, new Origin(Environment.PRODUCTION, elsewhere)),
                ErrorCode.INVALID_AUTHENTICATOR,
                401,
                "customerAuthenticator is of the test environment, the host is of the production environment");
        assertRefused(
                () -> authenticator.admit(disabled, new Origin(Environment.TEST, elsewhere)),
                ErrorCode.ACCOUNT_DISABLED,
                401,
                "");
        room.accounts.change(1001, AccountChange.enabled(true));
        Caller without = new Caller(room.accounts.find(1001).orElseThrow(), Environment.TEST);
        assertRefused(
                () -> authenticator.admit(without, new Origin(Environment.TEST, elsewhere)),
                ErrorCode.WIDEVINE_DISABLED,
                401,
                "");
    }

    @Test
    void identify_refusesAnAuthenticatorForPackaging() {
        String packaging = packaging(Environment.TEST).reveal();
        assertRefused(
                () -> authenticator.identify(List.of(packaging)),
                ErrorCode.INVALID_AUTHENTICATOR,
                401,
                "customerAuthenticator is for packaging; this call needs one for tokens");
        assertThat(authenticator.identify(List.of(packaging), Purpose.PACKAGING).environment())
                .isEqualTo(Environment.TEST);
    }

    @Test
    void identify_refusesAnAuthenticatorForTokensForPackaging() {
        assertRefused(
                () -> authenticator.identify(List.of(reveal(Environment.TEST)), Purpose.PACKAGING),
                ErrorCode.INVALID_AUTHENTICATOR,
                401,
                "customerAuthenticator is for tokens; this call needs one for packaging");
    }

    @Test
    void admitPackager_refusesUnlessPackagingIsOnInThisEnvironment() {
        room.accounts.change(1001, AccountChange.packaging(Environment.TEST, true));
        Account account = room.accounts.find(1001).orElseThrow();
        assertThatCode(() -> authenticator.admitPackager(new Caller(account, Environment.TEST), Origin.internal()))
                .doesNotThrowAnyException();
        assertRefused(
                () -> authenticator.admitPackager(new Caller(account, Environment.PRODUCTION), Origin.internal()),
                ErrorCode.FORBIDDEN,
                403,
                "packaging is off for the account in the production environment");
    }

    private CustomerAuthenticator packaging(Environment environment) {
        CustomerAuthenticator added = room.accounts
                .authenticators()
                .add(1001, environment, Purpose.PACKAGING)
                .orElseThrow()
                .authenticator();
        secret(HexFormat.of().formatHex(added.secret()));
        return added;
    }

    private Caller caller(Environment environment) {
        return authenticator.identify(List.of(reveal(environment)));
    }

    private String reveal(Environment environment) {
        return AccountRoom.authenticator(created, environment).reveal();
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getAllByName(text)[0];
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code, int status, String details) {
        assertRefused(call, code, status, details, "");
    }

    private static void assertRefused(
            ThrowingCallable call, ErrorCode code, int status, String details, String reason) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TokenException.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(code);
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.details()).isEqualTo(details);
            assertThat(refusal.reason()).isEqualTo(reason);
        });
    }
}
