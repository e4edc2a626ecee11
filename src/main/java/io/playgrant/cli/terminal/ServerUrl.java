package io.playgrant.cli.terminal;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The URL of a server.
 *
 * @param uri scheme and host, optionally a port and a path, nothing else
 */
public record ServerUrl(URI uri) {

    public boolean isSecure() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** Reads a URL. Errors do not quote it, because it may contain a password. */
    public static final class Converter implements ITypeConverter<ServerUrl> {

        private static final int HIGHEST_PORT = 65_535;

        @Override
        public ServerUrl convert(String text) {
            URI uri = parse(text);
            // Java's HTTP client accepts no other host.
            if (uri.getHost() == null || uri.getPort() > HIGHEST_PORT) {
                throw new TypeConversionException(
                        "its host must be a name of letters, digits, - and ., without underscores,"
                                + " or an address, IPv6 in brackets; its port is at most " + HIGHEST_PORT);
            }
            return new ServerUrl(URI.create(uri.toASCIIString()));
        }

        private static URI parse(String text) {
            try {
                URI uri = new URI(text);
                boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
                if (isHttp
                        && uri.getRawAuthority() != null
                        && uri.getUserInfo() == null
                        && uri.getQuery() == null
                        && uri.getFragment() == null) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // Reported below.
            }
            throw new TypeConversionException("it must be http://HOST:PORT or https://HOST:PORT");
        }
    }
}
