package io.playgrant.operator;

import static io.playgrant.TestSecrets.secret;
import static io.playgrant.operator.OperatorRoom.ADDRESS;
import static io.playgrant.operator.OperatorRoom.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class OperatorsTest {

    private OperatorRoom room;
    private Operators operators;

    @BeforeEach
    void open(TestDatabase databases) {
        room = new OperatorRoom(databases);
        operators = room.operators;
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void create_isFoundWithoutRegardToCase() {
        Operators.Created created = room.create("Ada", Role.ADMIN);
        assertThat(created.operator()).isEqualTo(new Operator(1, "Ada", Role.ADMIN, true, NOW, 1));
        assertThat(created.password().reveal()).matches("([0-9a-hjkmnp-tv-z]{4}-){4}[0-9a-hjkmnp-tv-z]{4}");
        assertThat(created.apiToken().reveal()).matches("pgop_1_[A-Za-z0-9_-]{43}");
        assertThat(operators.find("aDA")).contains(created.operator());
        assertThat(operators.find("Ad")).isEmpty();
    }

    @Test
    void create_refusesANameInUse() {
        room.create("Ada", Role.ADMIN);
        assertThatThrownBy(() -> room.create("ADA", Role.VIEWER))
                .isInstanceOf(OperatorException.class)
                .hasMessage("There is already an operator ADA");
        assertThat(operators.list()).hasSize(1);
    }

    @Test
    void create_refusesMalformedNames() {
        for (String name : List.of("", " ", "a b", "-a", "a\n", "ä", "a".repeat(65), "<b>")) {
            assertThatThrownBy(() -> room.create(name, Role.VIEWER)).isInstanceOf(OperatorException.class);
        }
        room.create("a".repeat(64), Role.VIEWER);
        room.create("ada.l+x@example-1_a", Role.VIEWER);
    }

    @Test
    void create_createsNobody_ifTheSecretsCannotBeHandedOver() {
        assertThatThrownBy(() -> operators.create("Ada", Role.ADMIN, created -> {
                    throw new IllegalStateException("the terminal has gone");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(operators.isEmpty()).isTrue();
        assertThat(room.audited()).isEmpty();
    }

    @Test
    void list_isSortedByName() {
        room.create("zoe", Role.VIEWER);
        room.create("Ada", Role.ADMIN);
        room.create("bob", Role.SUPPORT);
        assertThat(operators.list()).extracting(Operator::name).containsExactly("Ada", "bob", "zoe");
        assertThat(operators.isEmpty()).isFalse();
    }

    @Test
    void change_takesARevision_andKeepsTheRest() {
        room.create("Ada", Role.ADMIN);
        assertThat(operators.change("ada", new OperatorChange(Role.VIEWER, null)))
                .contains(new Operator(1, "Ada", Role.VIEWER, true, NOW, 2));
        assertThat(operators.change("ada", new OperatorChange(null, false)))
                .contains(new Operator(1, "Ada", Role.VIEWER, false, NOW, 3));
        assertThat(operators.change("nobody", new OperatorChange(null, false))).isEmpty();
        assertThat(room.audited())
                .containsExactly(
                        "tester: operator set name=Ada enabled=false",
                        "tester: operator set name=Ada role=viewer",
                        "tester: operator create name=Ada role=admin");
    }

    @Test
    void whoeverIsDisabled_isSignedOut() {
        SignIn.SignedIn signedIn = room.signedIn(room.create("Ada", Role.ADMIN), ADDRESS);
        operators.change("Ada", new OperatorChange(null, false));
        assertThat(room.sessions.use(signedIn.id())).isEmpty();
        operators.change("Ada", new OperatorChange(null, true));
        assertThat(room.sessions.use(signedIn.id())).isEmpty();
    }

    @Test
    void sessionHasTheRoleOfNow() {
        SignIn.SignedIn signedIn = room.signedIn(room.create("Ada", Role.ADMIN), ADDRESS);
        operators.change("Ada", new OperatorChange(Role.VIEWER, null));
        assertThat(room.sessions.use(signedIn.id()).orElseThrow().operator().role())
                .isEqualTo(Role.VIEWER);
    }

    @Test
    void delete_endsTheSessions_andFreesTheName() {
        SignIn.SignedIn signedIn = room.signedIn(room.create("Ada", Role.ADMIN), ADDRESS);
        assertThat(operators.delete("ada")).isTrue();
        assertThat(operators.delete("ada")).isFalse();
        assertThat(room.sessions.use(signedIn.id())).isEmpty();
        assertThat(room.create("Ada", Role.VIEWER).operator().id()).isEqualTo(2);
    }

    @Test
    void newPassword_replacesTheOldOne_andEndsTheSessions() {
        Operators.Created created = room.create("Ada", Role.ADMIN);
        SignIn.SignedIn signedIn = room.signedIn(created, ADDRESS);
        OperatorSecret password = operators
                .newPassword("ADA", renewed -> secret(renewed.secret().reveal()))
                .orElseThrow()
                .secret();
        assertThat(room.sessions.list(OptionalLong.empty())).isEmpty();
        assertThat(room.sessions.use(signedIn.id())).isEmpty();
        assertThat(room.signIn.signIn("Ada", created.password(), ADDRESS)).isInstanceOf(SignIn.Refused.class);
        assertThat(room.signIn.signIn("Ada", password, ADDRESS)).isInstanceOf(SignIn.SignedIn.class);
        assertThat(operators.newPassword("nobody", renewed -> {})).isEmpty();
    }

    @Test
    void newPassword_isNotGiven_ifItCannotBeHandedOver() {
        Operators.Created created = room.create("Ada", Role.ADMIN);
        assertThatThrownBy(() -> operators.newPassword("Ada", renewed -> {
                    throw new IllegalStateException("the terminal has gone");
                }))
                .isInstanceOf(IllegalStateException.class);
        room.signedIn(created, ADDRESS);
    }

    @Test
    void secretsAreNeitherStoredNorAuditedNorShown() {
        Operators.Created created = room.create("Ada", Role.ADMIN);
        SignIn.SignedIn signedIn = room.signedIn(created, ADDRESS);
        String stored = room.database.withHandle(handle ->
                handle.createQuery("select * from operator").mapToMap().list()
                        + ""
                        + handle.createQuery("select * from operator_session")
                                .mapToMap()
                                .list()
                        + room.audited());
        assertThat(stored).contains("$argon2id$v=19$m=64,t=1,p=1$");
        assertThat(stored + created + signedIn)
                .doesNotContain(created.password().reveal())
                .doesNotContain(created.apiToken().reveal())
                .doesNotContain(signedIn.id().reveal());
    }
}
