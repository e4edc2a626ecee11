package io.playgrant.route.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.playgrant.account.AddressRange;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private static final TrustedProxies PROXIES = trusting("10.0.0.0/8", "fd00::/8");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1                            | 192.0.2.1",
                "198.51.100.9, 192.0.2.1              | 192.0.2.1",
                "198.51.100.9,192.0.2.1, 10.0.0.9     | 192.0.2.1",
                "192.0.2.1,10.0.0.8\t,\t10.0.0.9      | 192.0.2.1",
                "10.0.0.7, 10.0.0.8, 10.0.0.9         | 10.0.0.7",
                "10.0.0.9, 192.0.2.1, 10.0.0.9        | 192.0.2.1",
                "unknown, 192.0.2.1                   | 192.0.2.1",
                "unknown, 192.0.2.1, 10.0.0.9         | 192.0.2.1",
                "192.0.2.1:65535                      | 192.0.2.1",
                "192.0.2.1, 10.0.0.9:1                | 192.0.2.1",
                "2001:db8::1                          | 2001:db8::1",
                "[2001:db8::1]                        | 2001:db8::1",
                "[2001:DB8::1]:61234                  | 2001:db8::1",
                "2001:db8::1, fd00::1                 | 2001:db8::1",
                "::ffff:192.0.2.1                     | 192.0.2.1",
                "192.0.2.1, ::ffff:10.0.0.9           | 192.0.2.1",
                "127.0.0.1                            | 127.0.0.1"
            })
    void address_isTheRightmostThatIsNotTrusted(String header, String client) {
        assertThat(connection("10.0.0.1", forwarded("X-Forwarded-For", header)).address())
                .isEqualTo(address(client));
    }

    @Test
    void address_isReadFromAllLinesOfTheHeader() {
        MultiMap headers =
                forwarded("X-Forwarded-For", "198.51.100.9, 192.0.2.1").add("x-forwarded-for", "10.0.0.9");
        assertThat(connection("10.0.0.1", headers).address()).isEqualTo(address("192.0.2.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "192.0.2.1,",
                "192.0.2.1,,10.0.0.9",
                "unknown",
                "192.0.2.1, unknown",
                "192.0.2.1, unknown, 10.0.0.9",
                "_hidden",
                "localhost",
                "proxy.example",
                "192.0.2",
                "192.0.2.256",
                "0300.0.2.1",
                "192.0.2.1/32",
                "192.0.2.0/24",
                "192.0.2.1:",
                "192.0.2.1:http",
                "192.0.2.1:123456",
                "192.0.2.1:65536",
                "[2001:db8::1]:99999",
                "192.0.2.1 192.0.2.2",
                "[192.0.2.1",
                "[]",
                "[]:80",
                "2001:db8::1]:80",
                "2001:db8::1::2",
                "fe80::1%eth0",
                "for=192.0.2.1",
                ":",
                ".",
                "192.0.2.1;10.0.0.9"
            })
    void malformedAddress_refuses_insteadOfTakingTheProxys(String header) {
        assertRefused(forwarded("X-Forwarded-For", header), "X-Forwarded-For of a trusted proxy must be IP addresses");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"https | https", "HTTPS | https", "http | http", "http, https | https", "https,http | http"})
    void scheme_isTheNearestProxys(String header, String scheme) {
        assertThat(connection("10.0.0.1", forwarded("X-Forwarded-Proto", header))
                        .scheme())
                .isEqualTo(scheme);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https,", "ftp", "https, wss", "https;q=1", "on"})
    void malformedScheme_refuses(String header) {
        assertRefused(
                forwarded("X-Forwarded-Proto", header),
                "X-Forwarded-Proto of a trusted proxy must end in http or https");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "drm.example            | drm.example",
                "drm.example:8443       | drm.example:8443",
                "[2001:db8::1]:8443     | [2001:db8::1]:8443",
                "a.example, drm.example | drm.example"
            })
    void authority_isTheNearestProxys(String header, String authority) {
        assertThat(connection("10.0.0.1", forwarded("X-Forwarded-Host", header)).authority())
                .isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "drm.example:http", "drm.example:65536", "http://drm.example", "[::1", "a@b/c"})
    void malformedAuthority_refuses(String header) {
        assertRefused(forwarded("X-Forwarded-Host", header), "X-Forwarded-Host of a trusted proxy must end in a host");
    }

    @Test
    void authority_staysEmpty_ifTheRequestsOwnIsWrong() {
        ClientConnection connection = new ClientConnection("http", "", address("10.0.0.1"));
        assertThat(PROXIES.client(connection, forwarded("X-Forwarded-Host", "drm.example"))
                        .authority())
                .isEmpty();
    }

    @Test
    void trustedProxyThatSaysNothing_leavesTheRequestAsItCame() {
        ClientConnection connection = new ClientConnection("http", "drm.example", address("10.0.0.1"));
        assertThat(PROXIES.client(connection, MultiMap.caseInsensitiveMultiMap()))
                .isEqualTo(connection);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "127.0.0.1", "11.0.0.1", "2001:db8::1", "::1"})
    void stranger_isNotBelieved(String peer) {
        ClientConnection connection = new ClientConnection("http", "drm.example", address(peer));
        assertThat(PROXIES.client(connection, everything())).isSameAs(connection);
    }

    @Test
    void callerWithoutAnAddress_isNotBelieved() {
        ClientConnection connection = new ClientConnection("http", "drm.example", null);
        assertThat(PROXIES.client(connection, everything())).isSameAs(connection);
    }

    @Test
    void nobodyIsBelieved_ifNoProxyIsTrusted() {
        ClientConnection connection = new ClientConnection("http", "drm.example", address("127.0.0.1"));
        assertThat(trusting().client(connection, everything())).isSameAs(connection);
    }

    @Test
    void ipv4WrittenAsIpv6_isTrustedAsIpv4() throws UnknownHostException {
        byte[] mapped = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 1};
        ClientConnection connection = new ClientConnection("http", "drm.example", InetAddress.getByAddress(mapped));
        assertThat(PROXIES.client(connection, everything()))
                .isEqualTo(new ClientConnection("https", "test.example", address("192.0.2.1")));
    }

    private static void assertRefused(MultiMap headers, String details) {
        ClientConnection connection = connection("10.0.0.1", headers);
        TokenException refusal = Objects.requireNonNull(connection.refusal());
        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal.details()).isEqualTo(details);
        assertThat(connection.address()).isNull();
        assertThat(connection.authority()).isEmpty();
    }

    private static ClientConnection connection(String peer, MultiMap headers) {
        return PROXIES.client(new ClientConnection("http", "playgrant.internal:8080", address(peer)), headers);
    }

    private static MultiMap everything() {
        return forwarded("X-Forwarded-For", "192.0.2.1")
                .add("X-Forwarded-Proto", "https")
                .add("X-Forwarded-Host", "test.example");
    }

    private static MultiMap forwarded(String name, String value) {
        return MultiMap.caseInsensitiveMultiMap().add(name, value);
    }

    private static TrustedProxies trusting(String... ranges) {
        return new TrustedProxies(Stream.of(ranges)
                .flatMap(range -> AddressRange.parse(range).stream())
                .toList());
    }

    private static InetAddress address(String text) {
        return AddressRange.parseAddress(text).orElseThrow();
    }
}
