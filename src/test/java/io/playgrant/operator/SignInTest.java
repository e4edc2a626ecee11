package io.playgrant.operator;

import static io.playgrant.TestSecrets.secret;
import static io.playgrant.operator.OperatorRoom.ADDRESS;
import static io.playgrant.operator.OperatorRoom.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.playgrant.CapturedLog;
import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@EachDatabase
class SignInTest {

    private static final SignIn.Refused REFUSED = new SignIn.Refused();
    private static final String ELSEWHERE = "198.51.100.7";

    @RegisterExtension
    private final CapturedLog log = CapturedLog.of(SignIn.class);

    private OperatorRoom room;
    private Operators.Created ada;

    @BeforeEach
    void open(TestDatabase databases) {
        room = new OperatorRoom(databases);
        ada = room.create("Ada", Role.ADMIN);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void signIn_isAudited_withNameAndAddress() {
        SignIn.Result result = room.signIn.signIn("ada", ada.password(), ADDRESS);
        SignIn.SignedIn signedIn = (SignIn.SignedIn) result;
        secret(signedIn.id().reveal());
        assertThat(signedIn.session().operator()).isEqualTo(ada.operator());
        assertThat(room.audited()).first().isEqualTo("operator Ada from 192.0.2.1: operator sign-in session=1");
        assertThat(log.events()).isEmpty();
    }

    @Test
    void everySignIn_hasASessionOfItsOwn() {
        assertThat(room.signedIn(ada, ADDRESS).id().reveal())
                .isNotEqualTo(room.signedIn(ada, ADDRESS).id().reveal());
    }

    @Test
    void unknownName_costsAsMuchAsAWrongPassword() {
        assertThat(computationsOf(() -> assertThat(room.fail("Ada", ADDRESS)).isEqualTo(REFUSED)))
                .isEqualTo(1);
        assertThat(computationsOf(() -> assertThat(room.fail("nobody", ADDRESS)).isEqualTo(REFUSED)))
                .isEqualTo(1);
        room.operators.change("Ada", new OperatorChange(null, false));
        assertThat(computationsOf(() -> assertThat(room.signIn.signIn("Ada", ada.password(), ADDRESS))
                        .isEqualTo(REFUSED)))
                .isEqualTo(1);
    }

    private long computationsOf(Runnable attempt) {
        long before = room.hash.computations();
        attempt.run();
        return room.hash.computations() - before;
    }

    @Test
    void log_hasNoNameThatMayBeAPassword() {
        room.fail(secret("oops-my-password"), ADDRESS);
        room.fail("ADA", ADDRESS);
        room.operators.change("Ada", new OperatorChange(null, false));
        room.signIn.signIn("Ada", ada.password(), ADDRESS);
        assertThat(log.events())
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Sign-in from 192.0.2.1 refused: unknown operator",
                        "Sign-in of operator Ada from 192.0.2.1 refused: wrong password",
                        "Sign-in of operator Ada from 192.0.2.1 refused: disabled");
    }

    @Test
    void name_isSlowedDownAtAnAddress_after5Failures() {
        for (String name : List.of("Ada", "nobody")) {
            for (int i = 0; i < 5; i++) {
                assertThat(room.fail(name, ADDRESS)).isEqualTo(REFUSED);
            }
            assertThat(computationsOf(() -> assertThat(room.fail(name, ADDRESS)).isEqualTo(blocked(5))))
                    .isZero();
        }
        assertThat(room.signIn.signIn("Ada", ada.password(), ADDRESS)).isEqualTo(blocked(5));
        room.clock.set(NOW.plusSeconds(5));
        room.signedIn(ada, ADDRESS);
    }

    private static SignIn.Blocked blocked(long seconds) {
        return new SignIn.Blocked(Duration.ofSeconds(seconds));
    }

    @Test
    void delay_doubles_upTo15Minutes() {
        long at = 0;
        for (int i = 0; i < 4; i++) {
            room.fail("Ada", ADDRESS);
        }
        for (long delay : List.of(5, 10, 20, 40, 80, 160, 320, 640, 900, 900)) {
            assertThat(room.fail("Ada", ADDRESS)).isEqualTo(REFUSED);
            assertThat(room.fail("Ada", ADDRESS)).isEqualTo(blocked(delay));
            at += delay;
            room.clock.set(NOW.plusSeconds(at));
        }
    }

    @Test
    void attemptsDuringTheDelay_doNotProlongIt() {
        IntStream.range(0, 5).forEach(i -> room.fail("Ada", ADDRESS));
        room.clock.set(NOW.plusSeconds(4));
        IntStream.range(0, 20)
                .forEach(i -> assertThat(room.fail("Ada", ADDRESS)).isEqualTo(blocked(1)));
        room.clock.set(NOW.plusSeconds(5));
        room.signedIn(ada, ADDRESS);
    }

    @Test
    void success_forgetsTheFailures() {
        IntStream.range(0, 4).forEach(i -> room.fail("Ada", ADDRESS));
        room.signedIn(ada, ADDRESS);
        IntStream.range(0, 5).forEach(i -> assertThat(room.fail("Ada", ADDRESS)).isEqualTo(REFUSED));
        assertThat(room.fail("Ada", ADDRESS)).isEqualTo(blocked(5));
    }

    @Test
    void address_isSlowedDown_afterFailuresWithManyNames() {
        for (int i = 0; i < 20; i++) {
            assertThat(room.fail("nobody" + i, "2001:db8::" + i)).isEqualTo(REFUSED);
        }
        assertThat(room.signIn.signIn("Ada", ada.password(), "2001:db8::abcd")).isEqualTo(blocked(5));
        room.signedIn(ada, "2001:db8:1::1");
    }

    @Test
    void success_doesNotClearItsAddress() {
        for (int i = 0; i < 10; i++) {
            room.fail("nobody" + i, ADDRESS);
            room.fail("nobody" + i, ADDRESS);
            if (i < 9) {
                room.signedIn(ada, ADDRESS);
            }
        }
        assertThat(room.signIn.signIn("Ada", ada.password(), ADDRESS)).isEqualTo(blocked(5));
    }

    @Test
    void name_isSlowedDownEverywhere_exceptWhereItsOperatorSignedInBefore() {
        room.signedIn(ada, ADDRESS);
        for (int i = 1; i <= 10; i++) {
            assertThat(room.fail("Ada", "198.51.100." + i)).isEqualTo(REFUSED);
        }
        assertThat(room.signIn.signIn("Ada", ada.password(), ELSEWHERE)).isEqualTo(blocked(5));
        room.signedIn(ada, ADDRESS);
        room.signedIn(ada, "127.0.0.1");
        assertThat(room.signIn.signIn("Ada", ada.password(), ELSEWHERE)).isEqualTo(blocked(5));
    }

    @Test
    void addressIsForgotten_after30Days() {
        room.signedIn(ada, ADDRESS);
        room.clock.set(NOW.plus(Duration.ofDays(30)));
        IntStream.rangeClosed(1, 10).forEach(i -> room.fail("Ada", "198.51.100." + i));
        assertThat(room.signIn.signIn("Ada", ada.password(), ADDRESS)).isEqualTo(blocked(5));
    }

    @Test
    void newPassword_forgetsTheFailuresOfTheName() {
        IntStream.rangeClosed(1, 10).forEach(i -> room.fail("Ada", "198.51.100." + i));
        OperatorSecret password = room.operators
                .newPassword("ada", renewed -> secret(renewed.secret().reveal()))
                .orElseThrow()
                .secret();
        assertThat(room.signIn.signIn("Ada", password, ELSEWHERE)).isInstanceOf(SignIn.SignedIn.class);
    }

    @Test
    void failuresAreForgotten_afterADay() {
        IntStream.range(0, 6).forEach(i -> room.fail("Ada", ADDRESS));
        room.clock.set(NOW.plus(Duration.ofDays(1)).plusSeconds(1));
        room.signedIn(ada, ADDRESS);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void attemptsDuringTheDelay_leaveNoRows() {
        IntStream.range(0, 20).forEach(i -> room.fail("nobody" + i, ADDRESS));
        long before = rows();
        IntStream.range(0, 50).forEach(i -> room.fail("other" + i, ADDRESS));
        assertThat(rows()).isEqualTo(before);
    }

    private long rows() {
        return room.database.withHandle(handle -> handle.createQuery("select count(*) from sign_in_failure")
                .mapTo(Long.class)
                .one());
    }

    @Test
    void attemptsAtTheSameTime_gainNothing() {
        SignInLimits limits = new SignInLimits(room.database, room.clock);
        List<SignInSubject> subjects =
                List.of(SignInSubject.ofNameAt("Ada", ADDRESS), SignInSubject.ofAddress(ADDRESS));
        long begun = IntStream.range(0, 40)
                .parallel()
                .filter(i -> limits.begin(subjects).isEmpty())
                .count();
        assertThat(begun).isEqualTo(5);
    }
}
