package io.playgrant.route.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.Environment;
import io.playgrant.config.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostsTest {

    @Test
    void rightsUrl_withoutAHost_isThisServer() {
        assertThat(hosts(Map.of()).rightsUrl(Environment.PRODUCTION)).isEqualTo("http://127.0.0.1:8080/hms/wv/rights/");
        assertThat(hosts(Map.of()).rightsUrl(Environment.TEST)).isEqualTo("http://test.localhost:8080/hms/wv/rights/");
        assertThat(hosts(Map.of("PLAYGRANT_HTTP_HOST", "0.0.0.0")).rightsUrl(Environment.PRODUCTION))
                .isEqualTo("http://localhost:8080/hms/wv/rights/");
        for (String host : List.of("::1", "[::1]")) {
            assertThat(hosts(Map.of("PLAYGRANT_HTTP_HOST", host)).rightsUrl(Environment.PRODUCTION))
                    .isEqualTo("http://[::1]:8080/hms/wv/rights/");
        }
        for (String host : List.of("::", "[::]", "0:0:0:0:0:0:0:0")) {
            assertThat(hosts(Map.of("PLAYGRANT_HTTP_HOST", host)).rightsUrl(Environment.PRODUCTION))
                    .isEqualTo("http://localhost:8080/hms/wv/rights/");
        }
        assertThat(configured().rightsUrl(Environment.TEST)).isEqualTo("http://[::1]:8080/hms/wv/rights/");
    }

    @Test
    void rightsUrl_withoutAHost_isHttpsWithTls() {
        assertThat(hosts(Map.of("PLAYGRANT_TLS_CERTIFICATE", "chain.pem", "PLAYGRANT_TLS_KEY", "key.pem"))
                        .rightsUrl(Environment.PRODUCTION))
                .isEqualTo("https://127.0.0.1:8080/hms/wv/rights/");
    }

    private static Hosts configured() {
        return hosts(Map.of("PLAYGRANT_TEST_HOSTS", "::1,[fd00::a],my_host,test.example."));
    }

    private static Hosts hosts(Map<String, String> environment) {
        return new Hosts(Settings.load(Path.of("").toAbsolutePath(), new HashMap<>(environment)));
    }
}
