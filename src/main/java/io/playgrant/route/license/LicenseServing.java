package io.playgrant.route.license;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.playgrant.account.AccountCache;
import io.playgrant.account.Authenticator;
import io.playgrant.account.Environment;
import io.playgrant.app.Application;
import io.playgrant.config.LicenseSettings;
import io.playgrant.config.SettingsException;
import io.playgrant.license.LicenseService;
import io.playgrant.license.cloud.ServiceCertificate;
import io.playgrant.license.cloud.ServiceCertificates;
import io.playgrant.observe.Health;
import io.playgrant.observe.Metrics;
import io.playgrant.record.RecordWriter;
import io.playgrant.revocation.RevocationCache;
import io.playgrant.route.Steps;
import io.playgrant.route.exchange.StepRegistry;
import io.playgrant.route.exchange.Workers;
import io.playgrant.storage.StorageException;
import io.playgrant.token.TokenOpener;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects the routes of redemption to their licence services, steps and meters. To be configured after the {@link Steps}. */
public final class LicenseServing implements CamelConfiguration, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LicenseServing.class);

    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;

    /** Connections to the licence service. A service that takes 100 ms for a licence makes 2,000 a second over them. */
    private static final int CONNECTIONS = 200;

    private static final int IDLE_CONNECTION_SECONDS = 60;

    private final Application application;
    private final LicenseSettings settings;
    private final AccountCache accounts;
    private final RevocationCache revocations;
    private final RecordWriter records;
    private final Metrics metrics;
    private volatile @Nullable Circuits circuits;
    private volatile @Nullable ServiceCertificates certificates;

    public LicenseServing(
            Application application,
            AccountCache accounts,
            RevocationCache revocations,
            RecordWriter records,
            Metrics metrics) {
        this.application = application;
        this.settings = application.settings().license();
        this.accounts = accounts;
        this.revocations = revocations;
        this.records = records;
        this.metrics = metrics;
    }

    /** Adds the checks of the licence services. */
    public void watch(Health health) {
        for (Environment environment : Environment.values()) {
            LicenseSettings.Service service = settings.of(environment);
            if (service.kind() == LicenseService.WIDEVINE_CLOUD) {
                health.watch(environment.label() + "-license-service", () -> problem(environment));
                if (!service.ofAccounts().isEmpty()) {
                    health.watch(
                            environment.label() + "-license-service-of-accounts", () -> accountProblem(environment));
                }
            } else if (service.kind() == LicenseService.CLEAR_KEY) {
                health.note(environment.label() + "-license-service", clearKeyWarning(environment));
            }
        }
    }

    private Optional<String> problem(Environment environment) {
        return state(environment) == CircuitBreaker.State.OPEN
                ? Optional.of("most of the last calls of Widevine's licence service have failed; the log says why")
                : Optional.empty();
    }

    private Optional<String> accountProblem(Environment environment) {
        List<String> open = openOfAccountProviders(environment);
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "most of the last calls of Widevine's licence service have failed for the providers of single"
                                + " accounts: " + String.join(", ", open));
    }

    private List<String> openOfAccountProviders(Environment environment) {
        Circuits known = circuits;
        return known == null ? List.of() : known.openOfAccountProviders(environment);
    }

    private CircuitBreaker.State state(Environment environment) {
        Circuits known = circuits;
        return known == null ? CircuitBreaker.State.CLOSED : known.state(environment);
    }

    @Override
    public void configure(CamelContext context) {
        warnOfClearKey();
        circuits = Circuits.in(context);
        ServiceCertificates shared = new ServiceCertificates(
                application.database(),
                new CertificateFetch(context, settings),
                application.clock(),
                application.schedule());
        certificates = shared;
        preload(shared);
        // Requests for tokens need workers as well.
        Workers workers = Workers.named(
                "redemption", Math.max(1, application.settings().http().workerThreads() / 2));
        bind(new StepRegistry(context).waitingOn(workers), shared);
        measureCircuits();
    }

    private void bind(StepRegistry steps, ServiceCertificates shared) {
        LicenseMeters meters = new LicenseMeters(metrics.registry());
        new LicenseEndpoint(settings, meters).bind(steps);
        new TokenSteps(
                        new TokenOpener(application.keyRing()),
                        new Authenticator(accounts, application.accounts().authenticators()),
                        revocations,
                        application.clock())
                .bind(steps);
        new ChallengeSteps(shared).bind(steps);
        new ReservationSteps(application.redemptions()).bind(steps);
        new LicenseServiceSteps().bind(steps);
        new CloudSteps(application.clock(), settings.timeout()).bind(steps);
        new RedemptionRecordSteps(records, new RedemptionRecords(application.clock())).bind(steps);
        steps.bean("widevine-binding", new CloudBinding(settings.timeout(), meters));
        steps.bean(
                "widevine-client",
                new WebClientOptions()
                        .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                        .setMaxPoolSize(CONNECTIONS)
                        .setKeepAliveTimeout(IDLE_CONNECTION_SECONDS)
                        // Content keys must not go to another place than the one that is set.
                        .setFollowRedirects(false));
    }

    private void measureCircuits() {
        for (Environment environment : Environment.values()) {
            Gauge.builder("playgrant.widevine.circuit", () -> gauge(state(environment)))
                    .description("The circuit of Widevine's licence service: 0 closed, 1 half open, 2 open")
                    .tag("environment", environment.label())
                    .register(metrics.registry());
            Gauge.builder(
                            "playgrant.widevine.account.circuits.open",
                            () -> openOfAccountProviders(environment).size())
                    .description("Providers of single accounts whose circuit is open")
                    .tag("environment", environment.label())
                    .register(metrics.registry());
        }
    }

    private static int gauge(CircuitBreaker.State state) {
        return switch (state) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            default -> 0;
        };
    }

    private void warnOfClearKey() {
        for (Environment environment : Environment.values()) {
            if (settings.of(environment).kind() == LicenseService.CLEAR_KEY) {
                LOG.warn(
                        "{} ({}=clear-key)",
                        clearKeyWarning(environment),
                        settings.of(environment).variable());
            }
        }
    }

    private static String clearKeyWarning(Environment environment) {
        return "Clear Key: players of the " + environment.label()
                + " environment get content keys without any protection. For development and tests only";
    }

    private void preload(ServiceCertificates shared) {
        for (Environment environment : Environment.values()) {
            LicenseSettings.Service service = settings.of(environment);
            if (service.cloud().isPresent() && service.certificate().isPresent()) {
                shared.preload(
                        environment,
                        service.cloud().get(),
                        read(service.certificate().get()));
            }
        }
    }

    private static ServiceCertificate read(Path file) {
        try {
            return ServiceCertificate.readFile(file);
        } catch (IOException e) {
            throw new SettingsException(
                    "The service certificate " + file + " cannot be read: " + StorageException.reason(e));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("The file " + file + " is no service certificate: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        ServiceCertificates open = certificates;
        if (open != null) {
            open.close();
        }
    }
}
