package io.playgrant.route.http;

import static io.playgrant.TestSecrets.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.AddressRange;
import io.playgrant.account.Profile;
import io.playgrant.route.RunningService;
import io.playgrant.route.RunningService.Customer;
import io.playgrant.route.http.RawHttp.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service behind a proxy on this machine, played by the tests. */
class ProxiedServiceTest {

    private static final String KEY = secret("0f1e2d3c4b5a69788796a5b4c3d2e1f0");
    private static final String GOOD =
            "kid=%5Efilm&contentKey=" + KEY + "&securityLevel=1&hdcpOutputControl=0&errorFormat=json";
    private static final String WRONG_ADDRESS =
            "{\"code\":-2003,\"message\":\"[-2003] Invalid IP address: the account may not be used from this address\"}";

    @TempDir
    static Path data;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(data, Map.of("PLAYGRANT_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void networks_areComparedWithTheForwardedAddress() throws Exception {
        Customer customer = restrictedTo("192.0.2.0/24", "2001:db8::/32");
        assertThat(ask(customer.production(), "X-Forwarded-For: 192.0.2.7").status())
                .isEqualTo(200);
        assertThat(ask(customer.production(), "X-Forwarded-For: [2001:db8::7]:443")
                        .status())
                .isEqualTo(200);
        Answer refused = ask(customer.production(), "X-Forwarded-For: 198.51.100.7");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo(WRONG_ADDRESS);
    }

    @Test
    void whatTheClientItselfForwards_isNotBelieved() throws Exception {
        Customer customer = restrictedTo("192.0.2.0/24");
        Answer refused = ask(customer.production(), "X-Forwarded-For: 192.0.2.7, 198.51.100.7");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()).isEqualTo(WRONG_ADDRESS);
        assertThat(ask(customer.production(), "X-Forwarded-For: 192.0.2.7", "X-Forwarded-For: 198.51.100.7")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void otherProxies_arePassedOver() throws Exception {
        Customer customer = restrictedTo("192.0.2.0/24");
        assertThat(ask(customer.production(), "X-Forwarded-For: 192.0.2.7, 10.1.2.3")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void accountOfThisMachine_isNotOpenThroughTheProxy() throws Exception {
        Customer customer = restrictedTo("127.0.0.0/8", "::1");
        assertThat(ask(customer.production()).status()).isEqualTo(200);
        assertThat(ask(customer.production(), "X-Forwarded-For: 198.51.100.7").body())
                .isEqualTo(WRONG_ADDRESS);
    }

    @Test
    void addressThatIsNone_isRefused_andDoesNotPassForTheProxys() throws Exception {
        Customer customer = restrictedTo("127.0.0.0/8", "::1");
        Answer refused = ask(customer.production(), "X-Forwarded-For: unknown");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo("{\"code\":400,\"message\":\"[400] Bad Request: X-Forwarded-For of a trusted proxy"
                        + " must be IP addresses\"}");
    }

    @Test
    void licenseUrl_hasTheForwardedSchemeAndHost() throws Exception {
        Customer customer = service.newCustomer(Profile.STRICT);
        assertThat(ask(customer.production(), "Host: drm.example", "X-Forwarded-Proto: https")
                        .body())
                .startsWith("https://drm.example/hms/wv/rights/?");
        assertThat(ask(
                                customer.production(),
                                "Host: playgrant.internal",
                                "X-Forwarded-Proto: https",
                                "X-Forwarded-Host: drm.example:8443")
                        .body())
                .startsWith("https://drm.example:8443/hms/wv/rights/?");
        assertThat(ask(customer.production(), "Host: drm.example").body())
                .startsWith("http://drm.example/hms/wv/rights/?");
    }

    @ParameterizedTest
    @CsvSource({
        "drm.example:80, https, https://drm.example:80",
        "drm.example:443, https, https://drm.example",
        "drm.example:443, http, http://drm.example:443",
        "drm.example:80, http, http://drm.example",
        "[::1]:80, https, https://[::1]:80",
        "[::1]:443, https, https://[::1]"
    })
    void licenseUrl_hasThePort_unlessTheForwardedSchemeImpliesIt(String host, String scheme, String origin)
            throws Exception {
        Customer customer = service.newCustomer(Profile.STRICT);
        String proto = "X-Forwarded-Proto: " + scheme;
        assertThat(ask(customer.production(), "Host: " + host, proto).body()).startsWith(origin + "/hms/wv/rights/?");
        assertThat(ask(customer.production(), "Host: playgrant.internal", "X-Forwarded-Host: " + host, proto)
                        .body())
                .startsWith(origin + "/hms/wv/rights/?");
        assertThat(service.http()
                        .get(
                                "http://" + host + "/hms/wv/token?" + GOOD + "&customerAuthenticator="
                                        + customer.production(),
                                proto)
                        .body())
                .startsWith(origin + "/hms/wv/rights/?");
    }

    @Test
    void environment_isThatOfTheForwardedHost() throws Exception {
        Customer customer = service.newCustomer(Profile.STRICT);
        String[] test = {"Host: playgrant.internal", "X-Forwarded-Host: drm.test.example"};
        assertThat(ask(customer.test(), test).status()).isEqualTo(200);
        assertThat(ask(customer.production(), test).body()).startsWith("{\"code\":-2018,");
        String[] production = {"Host: drm.test.example", "X-Forwarded-Host: drm.example"};
        assertThat(ask(customer.production(), production).status()).isEqualTo(200);
        assertThat(ask(customer.test(), production).body()).startsWith("{\"code\":-2018,");
    }

    @Test
    void forwardedHost_keepsToTheRulesOfHost() throws Exception {
        Customer customer = service.newCustomer(Profile.STRICT);
        for (String host : List.of("", "a!b", "drm.example:0x1", "drm example", "drm.example/")) {
            assertThat(ask(customer.production(), "X-Forwarded-Host: " + host).status())
                    .isEqualTo(400);
        }
        assertThat(ask(customer.production(), "Host: a.example", "Host: b.example", "X-Forwarded-Host: drm.example")
                        .status())
                .isEqualTo(400);
    }

    private static Customer restrictedTo(String... networks) {
        return Customer.of(service.application()
                .accounts()
                .create(
                        "Restricted",
                        Profile.STRICT,
                        Stream.of(networks)
                                .flatMap(network -> AddressRange.parse(network).stream())
                                .toList()));
    }

    private static Answer ask(String authenticator, String... headers) throws Exception {
        return service.http().get("/hms/wv/token?" + GOOD + "&customerAuthenticator=" + authenticator, headers);
    }
}
