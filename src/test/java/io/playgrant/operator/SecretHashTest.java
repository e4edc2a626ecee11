package io.playgrant.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SecretHashTest {

    private final SecretHash hash = new SecretHash(new SecureRandom());

    /** A test vector of the reference implementation of Argon2. */
    @Test
    void matches_readsHashesOfOtherParameters() {
        String vector = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        assertThat(hash.matches(OperatorSecret.of("password"), vector)).isTrue();
        assertThat(hash.matches(OperatorSecret.of("Password"), vector)).isFalse();
    }

    @Test
    void of_hasItsParametersAndASaltOfItsOwn() {
        OperatorSecret secret = OperatorSecret.of("k7mq");
        String first = hash.of(secret);
        assertThat(first).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(hash.of(secret)).isNotEqualTo(first);
        assertThat(hash.matches(secret, first)).isTrue();
    }

    @Test
    void decoy_costsAsMuchAsAHash_andMatchesNothing() {
        assertThat(hash.decoy()).hasSameSizeAs(hash.of(OperatorSecret.of("k7mq")));
        assertThat(hash.matches(OperatorSecret.of(""), hash.decoy())).isFalse();
    }

    @Test
    void longText_isNoPrefixOfAnother() {
        String stored = hash.of(OperatorSecret.of("a".repeat(128)));
        assertThat(hash.matches(OperatorSecret.of("a".repeat(128)), stored)).isTrue();
        assertThat(hash.matches(OperatorSecret.of("a".repeat(100_000)), stored)).isFalse();
    }
}
