package io.playgrant.route.http.connection;

import io.playgrant.tls.TlsFiles;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Adds TLS to Camel's HTTP server, which takes only the key managers from the parameters; versions and ciphers are Vert.x's. */
public final class ServerTls implements CamelConfiguration {

    private final TlsFiles files;

    private ServerTls(TlsFiles files) {
        this.files = files;
    }

    /** Adds TLS to a program that has not started. */
    public static void configure(Main main, TlsFiles files) {
        main.configure().addConfiguration(new ServerTls(files));
        main.addOverrideProperty("camel.server.useGlobalSslContextParameters", "true");
    }

    @Override
    public void configure(CamelContext context) {
        context.setSSLContextParameters(parameters(files));
    }

    private static SSLContextParameters parameters(TlsFiles files) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setKeyStore(files.keyStore());
        KeyManagersParameters managers = new KeyManagersParameters();
        managers.setKeyStore(store);
        managers.setKeyPassword(TlsFiles.password());
        // The JDK's only algorithm that reads its store at each handshake.
        managers.setAlgorithm("PKIX");
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(managers);
        return parameters;
    }
}
