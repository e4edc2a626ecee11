package io.playgrant.route;

import io.playgrant.account.AccountCache;
import io.playgrant.account.CreditBlocks;
import io.playgrant.account.CustomerAuthenticator;
import io.playgrant.app.Application;
import io.playgrant.config.Settings;
import io.playgrant.config.SettingsException;
import io.playgrant.keystore.HeldKeyRewrap;
import io.playgrant.keystore.KeyCache;
import io.playgrant.keystore.KeyLookup;
import io.playgrant.keystore.packaging.SignerRewrap;
import io.playgrant.license.RedemptionRetention;
import io.playgrant.observe.ManagementEndpoint;
import io.playgrant.observe.ManagementPages;
import io.playgrant.record.RecordRetention;
import io.playgrant.record.RecordWriter;
import io.playgrant.revocation.RevocationCache;
import io.playgrant.route.demo.DemoRoutes;
import io.playgrant.route.exchange.RouteShutdown;
import io.playgrant.route.exchange.Source;
import io.playgrant.route.exchange.SourceMeters;
import io.playgrant.route.http.HttpServing;
import io.playgrant.route.http.NotFoundRoute;
import io.playgrant.route.jms.JmsServing;
import io.playgrant.route.kafka.KafkaServing;
import io.playgrant.route.license.LicenseServing;
import io.playgrant.route.packager.PackagerServing;
import io.playgrant.tls.TlsFiles;
import io.playgrant.usage.UsageRetention;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** Runs the routes: all of them as a server, or those that issue tokens without one. */
public final class Flow {

    private Flow() {}

    /**
     * Runs the server.
     *
     * @param whenReady gets the ports once requests are served
     * @param end ends the server when it reaches zero; open requests are answered first
     * @throws SettingsException if no route was found, or a port cannot be listened on
     * @throws Exception if the start fails otherwise
     */
    public static void serve(Application application, Consumer<Ports> whenReady, CountDownLatch end) throws Exception {
        try (KeyCache keys = application.newKeyCache()) {
            serve(application, keys, whenReady, end);
        }
    }

    /**
     * The same, with pages on the management port.
     *
     * @param pages opens them; null for none
     * @param issuer issues tokens for operators while the server runs
     */
    public static void serve(
            Application application,
            ManagementPages.@Nullable Opener pages,
            ServerIssuer issuer,
            Consumer<Ports> whenReady,
            CountDownLatch end)
            throws Exception {
        try (KeyCache keys = application.newKeyCache()) {
            serve(application, keys, pages, issuer, revocations -> List.of(new NotFoundRoute()), whenReady, end);
        }
    }

    /**
     * The same, with the page of the demo.
     *
     * @param authenticator that of the demo's account, which the page shows
     */
    public static void serveDemo(
            Application application, CustomerAuthenticator authenticator, Consumer<Ports> whenReady, CountDownLatch end)
            throws Exception {
        try (KeyCache keys = application.newKeyCache()) {
            serve(
                    application,
                    keys,
                    null,
                    new ServerIssuer(),
                    revocations -> List.of(
                            new DemoRoutes(application, authenticator, revocations),
                            new NotFoundRoute(DemoRoutes.HOME)),
                    whenReady,
                    end);
        }
    }

    /** The same without them, with another lookup of stored keys. */
    static void serve(Application application, KeyLookup keys, Consumer<Ports> whenReady, CountDownLatch end)
            throws Exception {
        serve(application, keys, null, new ServerIssuer(), revocations -> List.of(new NotFoundRoute()), whenReady, end);
    }

    private static void serve(
            Application application,
            KeyLookup keys,
            ManagementPages.@Nullable Opener pages,
            ServerIssuer issuer,
            Function<RevocationCache, List<RoutesBuilder>> more,
            Consumer<Ports> whenReady,
            CountDownLatch end)
            throws Exception {
        Settings.Http settings = application.settings().http();
        try (TlsFiles tls = tlsFiles(application);
                ManagementEndpoint observation = new ManagementEndpoint(application, tls, pages);
                AccountCache accounts = application.newAccountCache();
                CreditBlocks credits = application.newCreditBlocks();
                RecordRetention retention = application.newRecordRetention();
                UsageRetention usageRetention = application.newUsageRetention();
                RedemptionRetention redemptionRetention = application.newRedemptionRetention();
                HeldKeyRewrap rewrap = application.newHeldKeyRewrap();
                SignerRewrap signerRewrap = application.newSignerRewrap();
                RecordWriter records = application.newRecordWriter();
                RevocationCache revocations = application.newRevocationCache();
                LicenseServing licenses =
                        new LicenseServing(application, accounts, revocations, records, observation.metrics())) {
            PackagerServing packagers = new PackagerServing(application, accounts, keys, observation.metrics());
            observation.watch(records);
            observation.watch(rewrap);
            licenses.watch(observation.health());
            HttpServing serving = new HttpServing(settings, tls, observation.metrics());
            SourceMeters meters = SourceMeters.of(
                    observation.metrics(), List.of(Source.STREAM, Source.KAFKA, Source.JMS, Source.CONSOLE));
            Main main = routes(application, new Steps(application, accounts, credits, keys, records, meters));
            main.configure().addConfiguration(serving);
            main.configure().addConfiguration(licenses);
            main.configure().addConfiguration(packagers);
            more.apply(revocations).forEach(main.configure()::addRoutesBuilder);
            application
                    .settings()
                    .kafka()
                    .ifPresent(kafka -> serveKafka(main, new KafkaServing(kafka, application, meters), observation));
            application
                    .settings()
                    .jms()
                    .ifPresent(jms -> serveJms(main, new JmsServing(jms, application, meters), observation));
            try {
                main.start();
                requireRoutes(main.getCamelContext(), application.settings());
                issuer.serve(main.getCamelContext());
                observation.health().serves();
                whenReady.accept(new Ports(serving.port(), observation.port()));
                end.await();
                observation.health().ends();
                issuer.end();
                CamelContext context = main.getCamelContext();
                RouteShutdown kafka = RouteShutdown.begin(context, KafkaServing.ROUTE, settings.shutdownTimeout());
                RouteShutdown jms = RouteShutdown.begin(context, JmsServing.ROUTE, settings.shutdownTimeout());
                serving.shutDown(settings.shutdownTimeout());
                kafka.await();
                jms.await();
            } finally {
                main.stop();
            }
        }
    }

    private static void serveKafka(Main main, KafkaServing kafka, ManagementEndpoint observation) {
        kafka.properties().forEach((name, value) -> main.addOverrideProperty((String) name, (String) value));
        main.configure().addConfiguration(kafka);
        observation.health().watch("kafka", kafka::problem);
    }

    private static void serveJms(Main main, JmsServing jms, ManagementEndpoint observation) {
        jms.properties().forEach((name, value) -> main.addOverrideProperty((String) name, (String) value));
        main.configure().addConfiguration(jms);
        observation.health().watch("jms", jms.broker()::problem);
    }

    /** Camel with some of the routes, not started. */
    static Main withoutServer(Application application, Steps steps, List<String> routes) {
        Main main = routes(application, steps);
        main.addOverrideProperty(
                "camel.main.routesIncludePattern",
                routes.stream()
                        .map(route -> "file:" + application.settings().home() + "/routes/" + route + ".camel.yaml")
                        .collect(Collectors.joining(",")));
        return main;
    }

    private static @Nullable TlsFiles tlsFiles(Application application) {
        return application
                .settings()
                .http()
                .tls()
                .map(tls -> TlsFiles.open(tls.certificate(), tls.key(), application.clock(), application.schedule()))
                .orElse(null);
    }

    /** Camel with its settings and steps, not started. */
    private static Main routes(Application application, Steps steps) {
        Settings settings = application.settings();
        Main main = new Main();
        main.setDefaultPropertyPlaceholderLocation("file:" + settings.home().resolve("application.properties"));
        main.addOverrideProperty("playgrant.home", settings.home().toString());
        main.configure().addConfiguration(steps);
        main.addMainListener(new RouteCheck());
        return main;
    }

    /** Camel also starts without routes, and reports that only in the log. */
    private static void requireRoutes(CamelContext context, Settings settings) {
        if (context.getRoutes().stream().allMatch(route -> route.getId().equals(NotFoundRoute.ID))) {
            throw new SettingsException(
                    "No route was found in " + settings.home().resolve("routes"));
        }
    }
}
