package io.playgrant.route;

import io.playgrant.config.Settings;
import io.playgrant.tls.TlsFiles;
import java.time.Clock;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.service.ServiceSupport;

/** Has Camel's HTTP server speak TLS. Of the parameters it takes the key managers only; versions and ciphers are Vert.x's. */
final class ServerTls implements CamelConfiguration {

    private final Settings.Tls settings;
    private final Clock clock;

    private ServerTls(Settings.Tls settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Adds TLS to what is not started yet. */
    static void configure(Main main, Settings.Tls settings, Clock clock) {
        main.configure().addConfiguration(new ServerTls(settings, clock));
        main.addOverrideProperty("camel.server.useGlobalSslContextParameters", "true");
    }

    @Override
    public void configure(CamelContext context) throws Exception {
        TlsFiles files = TlsFiles.open(settings.certificate(), settings.key(), clock);
        context.addService(new ServiceSupport() {
            @Override
            protected void doStop() {
                files.close();
            }
        });
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
