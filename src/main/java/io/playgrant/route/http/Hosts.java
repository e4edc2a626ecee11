package io.playgrant.route.http;

import io.playgrant.account.AddressRange;
import io.playgrant.account.Environment;
import io.playgrant.config.Authority;
import io.playgrant.config.HostNames;
import io.playgrant.config.Settings;
import io.playgrant.config.TestHosts;
import io.playgrant.error.ErrorCode;
import io.playgrant.error.TokenException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the environment that a host stands for, and the URL where its tokens are redeemed (protocol section 1). */
public final class Hosts {

    private static final String RIGHTS_PATH = "/hms/wv/rights/";
    private static final List<String> SCHEMES = List.of("http://", "https://");

    private final Settings settings;
    private final TestHosts testHosts;

    public Hosts(Settings settings) {
        this.settings = settings;
        this.testHosts = new TestHosts(settings.testHosts());
    }

    /** The environment of a host; production if the host is empty. */
    public Environment environment(String authority) {
        return testHosts.environment(authority);
    }

    /**
     * The URL where the tokens of a call are redeemed: that of the settings, or the host that was called.
     *
     * @throws TokenException {@link ErrorCode#BAD_REQUEST} if the call names no host, which chooses the environment
     */
    public String rightsUrl(Environment environment, HttpCall call) {
        ClientConnection connection = call.connection();
        if (!HostNames.isAuthority(connection.authority())) {
            throw TokenException.of(ErrorCode.BAD_REQUEST, "one Host header must name a host");
        }
        Optional<URI> configured = configured(environment);
        if (configured.isPresent()) {
            return configured.get().toString();
        }
        return connection.scheme() + "://" + withoutDefaultPort(connection) + RIGHTS_PATH;
    }

    /** Leaves out the default port of the scheme, so that {@code useHttps} does not take the port of http into a URL of https. */
    private static String withoutDefaultPort(ClientConnection connection) {
        String authority = connection.authority();
        String port = connection.scheme().equals("https") ? ":443" : ":80";
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    /** The URL where tokens of other transports are redeemed: that of the settings, or this server. */
    public String rightsUrl(Environment environment) {
        return configured(environment)
                .map(URI::toString)
                .orElseGet(() -> settings.http().scheme() + "://" + ownHost(environment) + ":"
                        + settings.http().port() + RIGHTS_PATH);
    }

    /** The authority of a request target in absolute form, which overrides {@code Host} (RFC 9112 section 3.2.2); null if there is none. */
    static @Nullable HostAndPort ofTarget(HttpServerRequest request) {
        // Over HTTP/2 the target is a path, and a pseudo-header has the authority.
        if (request.version() == HttpVersion.HTTP_2) {
            return null;
        }
        String target = request.uri();
        for (String scheme : SCHEMES) {
            if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
                int end = target.indexOf('/', scheme.length());
                String authority = target.substring(scheme.length(), end < 0 ? target.length() : end);
                return HostAndPort.parseAuthority(authority, -1);
            }
        }
        return null;
    }

    /** Host and port as a URL has them; the port only if it is given. */
    static String authority(HostAndPort host) {
        return host.port() > 0 ? host.toString() : host.host();
    }

    private static boolean isEveryAddress(String host) {
        return AddressRange.parseAddress(host)
                .filter(InetAddress::isAnyLocalAddress)
                .isPresent();
    }

    private Optional<URI> configured(Environment environment) {
        return environment == Environment.TEST ? settings.testRightsUrl() : settings.rightsUrl();
    }

    private String ownHost(Environment environment) {
        String listening = settings.http().host();
        String host = isEveryAddress(listening) ? "localhost" : Authority.ofHost(listening);
        return environment == Environment.PRODUCTION
                ? host
                : settings.testHosts().stream()
                        .filter(pattern -> !pattern.contains("*"))
                        .findFirst()
                        .orElse(host);
    }
}
