package io.playgrant.operator;

import static io.playgrant.TestSecrets.secret;
import static io.playgrant.operator.OperatorRoom.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.storage.EachDatabase;
import io.playgrant.storage.TestDatabase;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EachDatabase
class ApiTokensTest {

    private static final ApiTokens.Invalid INVALID = new ApiTokens.Invalid();

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
    void check_findsTheOperator_andHashesOnce() {
        long before = room.hash.computations();
        for (int i = 0; i < 3; i++) {
            assertThat(check(ada.apiToken())).isEqualTo(new ApiTokens.Valid(ada.operator()));
        }
        assertThat(room.hash.computations()).isEqualTo(before + 1);
    }

    @Test
    void changes_takeEffectAtOnce() {
        check(ada.apiToken());
        Operator viewer = room.operators
                .change("Ada", new OperatorChange(Role.VIEWER, null))
                .orElseThrow();
        assertThat(check(ada.apiToken())).isEqualTo(new ApiTokens.Valid(viewer));
        room.operators.change("Ada", new OperatorChange(null, false));
        assertThat(check(ada.apiToken())).isEqualTo(INVALID);
        room.operators.delete("Ada");
        assertThat(check(ada.apiToken())).isEqualTo(INVALID);
    }

    @Test
    void newApiToken_replacesTheOldOne() {
        check(ada.apiToken());
        OperatorSecret token = room.operators
                .newApiToken("Ada", renewed -> secret(renewed.secret().reveal()))
                .orElseThrow()
                .secret();
        assertThat(check(ada.apiToken())).isEqualTo(INVALID);
        assertThat(check(token)).isInstanceOf(ApiTokens.Valid.class);
    }

    @Test
    void passwordIsNoToken_andTokenIsNoPassword() {
        assertThat(check(ada.password())).isEqualTo(INVALID);
        assertThat(room.signIn.signIn("Ada", ada.apiToken(), ADDRESS)).isEqualTo(new SignIn.Refused());
    }

    @Test
    void unknownId_costsAsMuchAsAWrongToken() {
        long before = room.hash.computations();
        assertThat(check(token(1))).isEqualTo(INVALID);
        assertThat(check(token(99))).isEqualTo(INVALID);
        assertThat(room.hash.computations()).isEqualTo(before + 2);
    }

    @Test
    void tokenOfAnotherOperator_isNotHers() {
        Operators.Created bob = room.create("Bob", Role.VIEWER);
        String forged = ada.apiToken()
                .reveal()
                .replace("pgop_1_", "pgop_" + bob.operator().id() + "_");
        assertThat(check(OperatorSecret.of(secret(forged)))).isEqualTo(INVALID);
    }

    @Test
    void malformedToken_costsNothing() {
        long before = room.hash.computations();
        for (String text : new String[] {"", "pgop_", "pgop_1_", "pgop_0_" + "A".repeat(43), "x".repeat(10_000)}) {
            assertThat(check(OperatorSecret.of(text))).isEqualTo(INVALID);
        }
        assertThat(room.hash.computations()).isEqualTo(before);
    }

    @Test
    void invalidTokens_areSlowedDownAtTheirAddress() {
        IntStream.range(0, 10).forEach(i -> assertThat(check(token(1))).isEqualTo(INVALID));
        ApiTokens.Blocked blocked = new ApiTokens.Blocked(Duration.ofSeconds(5));
        assertThat(check(token(1))).isEqualTo(blocked);
        assertThat(check(ada.apiToken())).isEqualTo(blocked);
        assertThat(room.tokens.check(ada.apiToken(), "198.51.100.7")).isInstanceOf(ApiTokens.Valid.class);
        assertThat(check(room.create("Bob", Role.VIEWER).apiToken())).isInstanceOf(ApiTokens.Valid.class);
    }

    @Test
    void idsThatDoNotExist_areSlowedDownTogether() {
        IntStream.range(100, 110).forEach(id -> assertThat(check(token(id))).isEqualTo(INVALID));
        assertThat(check(token(200))).isEqualTo(new ApiTokens.Blocked(Duration.ofSeconds(5)));
    }

    @Test
    void tokenThatIsRemembered_isNotSlowedDown() {
        check(ada.apiToken());
        IntStream.range(0, 11).forEach(i -> check(token(1)));
        assertThat(check(ada.apiToken())).isInstanceOf(ApiTokens.Valid.class);
    }

    private ApiTokens.Result check(OperatorSecret token) {
        return room.tokens.check(token, ADDRESS);
    }

    private static OperatorSecret token(long id) {
        return OperatorSecret.of("pgop_" + id + "_" + "A".repeat(43));
    }
}
