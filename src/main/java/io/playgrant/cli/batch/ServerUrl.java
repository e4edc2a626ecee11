package io.playgrant.cli.batch;

import java.net.URI;
import java.net.URISyntaxException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a server is reached.
 *
 * @param uri scheme, host and perhaps a port and a path, nothing else
 */
record ServerUrl(URI uri) {

    boolean isSecure() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** Reads one; it is not quoted, since it may have a password. */
    static final class Converter implements ITypeConverter<ServerUrl> {

        private static final int HIGHEST_PORT = 65_535;

        @Override
        public ServerUrl convert(String text) {
            URI uri = parse(text);
            // Java's HTTP client asks no other.
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
                // Told below.
            }
            throw new TypeConversionException("it must be http://HOST:PORT or https://HOST:PORT");
        }
    }
}
