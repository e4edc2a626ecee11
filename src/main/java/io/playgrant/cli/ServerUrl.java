package io.playgrant.cli;

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

        @Override
        public ServerUrl convert(String text) {
            try {
                URI uri = new URI(text);
                boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
                if (isHttp
                        && uri.getHost() != null
                        && uri.getUserInfo() == null
                        && uri.getQuery() == null
                        && uri.getFragment() == null) {
                    return new ServerUrl(uri);
                }
            } catch (URISyntaxException e) {
                // Told below.
            }
            throw new TypeConversionException("it must be http://HOST:PORT or https://HOST:PORT");
        }
    }
}
