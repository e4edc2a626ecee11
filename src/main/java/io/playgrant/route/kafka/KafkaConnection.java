package io.playgrant.route.kafka;

import io.playgrant.config.KafkaFiles;
import io.playgrant.config.KafkaSettings;
import io.playgrant.tls.TlsIdentity;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;

/** The settings of Kafka clients: brokers, security and timeouts. */
final class KafkaConnection {

    private static final String PEM = "PEM";

    /** Room for the key and the headers of a message. */
    private static final int ROOM_FOR_KEY = 64 * 1024;

    /** Heartbeats for each session timeout. */
    private static final int HEARTBEATS = 5;

    /** How long a send waits for a missing topic or an unresponsive broker. */
    private static final int BLOCK_MILLIS = 10_000;

    private final KafkaSettings settings;
    private final int shutdownMillis;

    KafkaConnection(KafkaSettings settings, Duration shutdownTimeout) {
        this.settings = settings;
        this.shutdownMillis = (int) shutdownTimeout.toMillis();
    }

    void configure(CamelContext context, PollFailures polls) {
        KafkaConfiguration configuration = new KafkaConfiguration();
        configuration.setSecurityProtocol(settings.security().protocol());
        configuration.setSaslMechanism(settings.security().mechanism());
        configuration.setHeaderFilterStrategy(new NoHeaders());
        configuration.setShutdownTimeout(shutdownMillis);
        configuration.setMaxBlockMs(BLOCK_MILLIS);
        int sessionMillis = (int) settings.session().toMillis();
        configuration.setSessionTimeoutMs(sessionMillis);
        configuration.setHeartbeatIntervalMs(sessionMillis / HEARTBEATS);
        Map<String, Object> properties = properties();
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, settings.resultBytes() + ROOM_FOR_KEY);
        configuration.setAdditionalProperties(properties);
        KafkaComponent component = context.getComponent("kafka", KafkaComponent.class);
        component.setConfiguration(configuration);
        component.setPollExceptionStrategy(polls);
        // Producers resolve the names of the brokers when they start, which is before the route does.
        component.setLazyStartProducer(true);
    }

    /** A client that describes topics. */
    KafkaTopics topics() {
        Map<String, Object> properties = properties();
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.brokers());
        properties.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                settings.security().protocol());
        properties.put(SaslConfigs.SASL_MECHANISM, settings.security().mechanism());
        return new KafkaTopics(properties);
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        KafkaSettings.Security security = settings.security();
        if (!security.user().isEmpty()) {
            properties.put(SaslConfigs.SASL_JAAS_CONFIG, jaas(security));
        }
        security.authorities().ifPresent(file -> {
            properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, PEM);
            properties.put(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, pem(KafkaFiles.authorities(file)));
        });
        security.identity().ifPresent(files -> {
            TlsIdentity identity = KafkaFiles.identity(files);
            properties.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, PEM);
            properties.put(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, pem(identity.chain()));
            properties.put(
                    SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
                    pem("PRIVATE KEY", identity.key().getEncoded()));
        });
        return properties;
    }

    private static String jaas(KafkaSettings.Security security) {
        String module = security.mechanism().equals("PLAIN")
                ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                : "org.apache.kafka.common.security.scram.ScramLoginModule";
        return module + " required username=" + quoted(security.user()) + " password=" + quoted(security.password())
                + ";";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String pem(List<X509Certificate> certificates) {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                pem.append(pem("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException(e);
            }
        }
        return pem.toString();
    }

    /** Encodes PEM again, since Kafka's client reads keys only in PKCS#8. */
    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }
}
