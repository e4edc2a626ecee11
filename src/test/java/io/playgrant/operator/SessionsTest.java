package io.playgrant.operator;

import static io.playgrant.operator.OperatorRoom.ADDRESS;
import static io.playgrant.operator.OperatorRoom.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class SessionsTest {

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
    void use_findsTheSessionOfItsIdOnly() {
        SignIn.SignedIn signedIn = room.signedIn(ada, ADDRESS);
        assertThat(signedIn.session()).isEqualTo(new Session(1, ada.operator(), ADDRESS, NOW, NOW));
        assertThat(room.sessions.use(signedIn.id())).contains(signedIn.session());
        assertThat(room.sessions.use(SessionId.draw(new SecureRandom()))).isEmpty();
    }

    @Test
    void parse_takesNothingButAnId() {
        SessionId id = SessionId.draw(new SecureRandom());
        assertThat(SessionId.parse(id.reveal()).orElseThrow().reveal()).isEqualTo(id.reveal());
        assertThat(SessionId.parse("")).isEmpty();
        assertThat(SessionId.parse(id.reveal() + "A")).isEmpty();
        assertThat(SessionId.parse("' or 1=1".repeat(5) + "abc")).isEmpty();
    }

    @Test
    void sessionEnds_whenItIsIdleFor30Minutes() {
        SessionId id = room.signedIn(ada, ADDRESS).id();
        assertIsOpen(id, NOW.plus(Duration.ofMinutes(29)));
        assertIsOpen(id, NOW.plus(Duration.ofMinutes(58)));
        room.clock.set(NOW.plus(Duration.ofMinutes(88)));
        assertThat(room.sessions.use(id)).isEmpty();
        assertThat(room.sessions.list(OptionalLong.empty())).isEmpty();
    }

    @Test
    void sessionEnds_12HoursAfterTheSignIn() {
        SessionId id = room.signedIn(ada, ADDRESS).id();
        for (int minutes = 20; minutes < 720; minutes += 20) {
            assertIsOpen(id, NOW.plus(Duration.ofMinutes(minutes)));
        }
        room.clock.set(NOW.plus(Duration.ofHours(12)));
        assertThat(room.sessions.use(id)).isEmpty();
    }

    private void assertIsOpen(SessionId id, Instant time) {
        room.clock.set(time);
        assertThat(room.sessions.use(id)).isPresent();
    }

    @Test
    void use_isStoredOnceAMinute() {
        SessionId id = room.signedIn(ada, ADDRESS).id();
        assertIsOpen(id, NOW.plusSeconds(59));
        assertThat(lastSeen()).isEqualTo(NOW);
        assertIsOpen(id, NOW.plusSeconds(60));
        assertThat(lastSeen()).isEqualTo(NOW.plusSeconds(60));
    }

    private Instant lastSeen() {
        return room.sessions.list(OptionalLong.empty()).get(0).lastSeenAt();
    }

    @Test
    void signIn_deletesSessionsThatHaveEnded() {
        room.signedIn(ada, ADDRESS);
        room.clock.set(NOW.plus(Duration.ofMinutes(30)));
        room.signedIn(ada, ADDRESS);
        assertThat(room.database.<Integer>withHandle(
                        handle -> handle.createQuery("select count(*) from operator_session")
                                .mapTo(Integer.class)
                                .one()))
                .isEqualTo(1);
    }

    @Test
    void revoke_endsOneSession_ofTheRightOperator() {
        SignIn.SignedIn first = room.signedIn(ada, ADDRESS);
        SignIn.SignedIn second = room.signedIn(ada, "192.0.2.2");
        Operators.Created bob = room.create("Bob", Role.VIEWER);
        long number = first.session().number();
        assertThat(room.sessions.revoke(number, OptionalLong.of(bob.operator().id())))
                .isFalse();
        assertThat(room.sessions.use(first.id())).isPresent();
        assertThat(room.sessions.revoke(number, OptionalLong.of(ada.operator().id())))
                .isTrue();
        assertThat(room.sessions.revoke(number, OptionalLong.empty())).isFalse();
        assertThat(room.sessions.use(first.id())).isEmpty();
        assertThat(room.sessions.use(second.id())).isPresent();
        assertThat(room.audited()).first().isEqualTo("tester: operator session revoke name=Ada session=1");
    }

    @Test
    void revokeOthers_keepsTheOneGiven() {
        SignIn.SignedIn first = room.signedIn(ada, ADDRESS);
        SignIn.SignedIn second = room.signedIn(ada, ADDRESS);
        SignIn.SignedIn bob = room.signedIn(room.create("Bob", Role.VIEWER), ADDRESS);
        room.sessions.revokeOthers(second.session());
        assertThat(room.sessions.list(OptionalLong.empty()))
                .containsExactly(bob.session(), second.session())
                .doesNotContain(first.session());
        assertThat(room.audited()).first().isEqualTo("tester: operator session revoke name=Ada all but session=2");
    }

    @Test
    void list_isThatOfAnOperatorOrOfAll() {
        SignIn.SignedIn first = room.signedIn(ada, ADDRESS);
        SignIn.SignedIn bob = room.signedIn(room.create("Bob", Role.VIEWER), ADDRESS);
        assertThat(room.sessions.list(OptionalLong.of(ada.operator().id()))).containsExactly(first.session());
        assertThat(room.sessions.list(OptionalLong.empty())).containsExactly(bob.session(), first.session());
    }
}
