package io.playgrant.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestHostsTest {

    private static final TestHosts DEFAULT = of(Map.of());
    private static final TestHosts CONFIGURED =
            of(Map.of("PLAYGRANT_TEST_HOSTS", "::1,[fd00::a],my_host,test.example."));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test.localhost",
                "TEST.localhost:8080",
                "test.localhost.",
                "a.test.example",
                "a.test.b.example:1"
            })
    void environment_isTest(String authority) {
        assertThat(DEFAULT.environment(authority)).isEqualTo(Environment.TEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "test.localhost.evil",
                "test.example",
                "a.testb.example",
                "[::1]:80",
                "testxlocalhost"
            })
    void environment_isProduction(String authority) {
        assertThat(DEFAULT.environment(authority)).isEqualTo(Environment.PRODUCTION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[::1]",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]",
                "[FD00::A]:1",
                "my_host:80",
                "test.example",
                "test.example.:80"
            })
    void environment_isTest_forAddressesAndNamesOfTheSetting(String authority) {
        assertThat(CONFIGURED.environment(authority)).isEqualTo(Environment.TEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::2]", "[", "[]", "[x]", "::1", "my-host", "1", ":1"})
    void environment_isProduction_forOthers(String authority) {
        assertThat(CONFIGURED.environment(authority)).isEqualTo(Environment.PRODUCTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "test.localhost"})
    void environment_isProductionForAll_ifNoPatternIsGiven(String authority) {
        assertThat(of(Map.of("PLAYGRANT_TEST_HOSTS", ",")).environment(authority))
                .isEqualTo(Environment.PRODUCTION);
    }

    private static TestHosts of(Map<String, String> environment) {
        return new TestHosts(Settings.load(Path.of("").toAbsolutePath(), new HashMap<>(environment))
                .testHosts());
    }
}
