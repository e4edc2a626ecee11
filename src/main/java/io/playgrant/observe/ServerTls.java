package io.playgrant.observe;

import io.playgrant.tls.TlsFiles;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/** The TLS options of an HTTP server. Versions and ciphers are the defaults of Vert.x. */
public final class ServerTls {

    /** The JDK's only algorithm that reads its store at each handshake, and so finds a certificate that was renewed. */
    private static final String ALGORITHM = "PKIX";

    private ServerTls() {}

    /** Adds TLS to the options of a server. */
    public static void configure(HttpServerOptions options, TlsFiles files) {
        options.setSsl(true).setKeyCertOptions(KeyCertOptions.wrap(keyManager(files)));
    }

    private static X509KeyManager keyManager(TlsFiles files) {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(ALGORITHM);
            factory.init(files.keyStore(), TlsFiles.password().toCharArray());
            return Arrays.stream(factory.getKeyManagers())
                    .filter(X509KeyManager.class::isInstance)
                    .map(X509KeyManager.class::cast)
                    .findFirst()
                    .orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no key manager for TLS", e);
        }
    }
}
