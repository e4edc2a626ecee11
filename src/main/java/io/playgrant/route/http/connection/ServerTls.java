package io.playgrant.route.http.connection;

import io.playgrant.tls.TlsFiles;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Has Camel's HTTP server speak TLS. Of the parameters it takes the key managers only; versions and ciphers are Vert.x's. */
public final class ServerTls implements CamelConfiguration {

    private final TlsFiles files;

    private ServerTls(TlsFiles files) {
        this.files = files;
    }

    /** Adds TLS to what is not started yet. */
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
        // The one of the JDK's that looks into its store at each handshake.
        managers.setAlgorithm("PKIX");
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(managers);
        return parameters;
    }
}
