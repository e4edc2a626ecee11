package io.playgrant.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorityTest {

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost:80",
        "127.0.0.1, 127.0.0.1:80",
        "::1, [::1]:80",
        "fe80::1%eth0, [fe80::1%25eth0]:80"
    })
    void of_putsIpv6IntoBrackets(String host, String authority) {
        assertThat(Authority.of(host, 80)).isEqualTo(authority);
    }
}
