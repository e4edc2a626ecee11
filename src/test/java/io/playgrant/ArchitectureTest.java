package io.playgrant;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies point one way: routes, then {@code route}, then the rooms. */
@AnalyzeClasses(packages = "io.playgrant", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] ROOMS = {
        "io.playgrant.token..",
        "io.playgrant.contentkey..",
        "io.playgrant.keystore..",
        "io.playgrant.account..",
        "io.playgrant.revocation..",
        "io.playgrant.license..",
        "io.playgrant.operator..",
        "io.playgrant.audit..",
        "io.playgrant.backup..",
        "io.playgrant.cluster..",
        "io.playgrant.files..",
        "io.playgrant.batch..",
        "io.playgrant.error..",
        "io.playgrant.packager..",
        "io.playgrant.protobuf..",
        "io.playgrant.record..",
        "io.playgrant.storage..",
        "io.playgrant.time..",
        "io.playgrant.tls..",
        "io.playgrant.usage.."
    };

    private static final String[] ENDPOINTS = {
        "io.playgrant.route.token..",
        "io.playgrant.route.stream..",
        "io.playgrant.route.kafka..",
        "io.playgrant.route.jms..",
        "io.playgrant.route.keystore..",
        "io.playgrant.route.license..",
        "io.playgrant.route.packager..",
        "io.playgrant.route.records..",
        "io.playgrant.route.demo.."
    };

    @ArchTest
    static final ArchRule onlyRouteKnowsCamel = noClasses()
            .that()
            .resideOutsideOfPackage("io.playgrant.route..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..");

    /** The stand-in for a licence service, for tests, is a server of its own. */
    @ArchTest
    static final ArchRule onlyRouteAndObserveKnowHttpAndMetrics = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.playgrant.route..",
                    "io.playgrant.observe..",
                    "io.playgrant.console..",
                    "io.playgrant.cli.dev..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..", "io.micrometer..", "io.prometheus..");

    /** The command line asks a running server over HTTP. */
    @ArchTest
    static final ArchRule onlyClientRouteAndObserveAskOverHttp = noClasses()
            .that()
            .resideOutsideOfPackages("io.playgrant.client..", "io.playgrant.route..", "io.playgrant.observe..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net.http..");

    @ArchTest
    static final ArchRule clientKnowsRoomsOnly = noClasses()
            .that()
            .resideInAPackage("io.playgrant.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.playgrant.route..",
                    "io.playgrant.observe..",
                    "io.playgrant.cli..",
                    "io.playgrant.config..",
                    "io.playgrant.app..");

    @ArchTest
    static final ArchRule roomsKnowNeitherFlowNorCommandLine = noClasses()
            .that()
            .resideInAnyPackage(ROOMS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.playgrant.route..",
                    "io.playgrant.observe..",
                    "io.playgrant.view..",
                    "io.playgrant.client..",
                    "io.playgrant.cli..",
                    "io.playgrant.config..",
                    "io.playgrant.app..",
                    "io.playgrant");

    /** The command line and HTTP show the same. */
    @ArchTest
    static final ArchRule viewKnowsRoomsOnly = noClasses()
            .that()
            .resideInAPackage("io.playgrant.view..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.playgrant.route..",
                    "io.playgrant.observe..",
                    "io.playgrant.client..",
                    "io.playgrant.cli..",
                    "io.playgrant.config..",
                    "io.playgrant.app..");

    @ArchTest
    static final ArchRule observeKnowsRoomsOnly = noClasses()
            .that()
            .resideInAPackage("io.playgrant.observe..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.playgrant.route..", "io.playgrant.cli..");

    @ArchTest
    static final ArchRule contentKeyKnowsNobody = classes()
            .that()
            .resideInAnyPackage("io.playgrant.contentkey..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.playgrant.contentkey..", "java..", "org.bouncycastle..", "org.jspecify..");

    @ArchTest
    static final ArchRule errorKnowsNobody = classes()
            .that()
            .resideInAnyPackage("io.playgrant.error..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.playgrant.error..", "java..", "com.samskivert..", "org.jspecify..");

    @ArchTest
    static final ArchRule storageKnowsNoOtherRoom = noClasses()
            .that()
            .resideInAPackage("io.playgrant.storage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.playgrant.token..",
                    "io.playgrant.contentkey..",
                    "io.playgrant.keystore..",
                    "io.playgrant.account..",
                    "io.playgrant.revocation..",
                    "io.playgrant.license..",
                    "io.playgrant.audit..",
                    "io.playgrant.error..",
                    "io.playgrant.record..",
                    "io.playgrant.tls..");

    @ArchTest
    static final ArchRule accountKnowsNothingOfTokens = noClasses()
            .that()
            .resideInAPackage("io.playgrant.account..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.playgrant.token..",
                    "io.playgrant.contentkey..",
                    "io.playgrant.keystore..",
                    "io.playgrant.record..",
                    "io.playgrant.revocation..",
                    "io.playgrant.license..");

    /** Who serves puts both together. */
    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsTheConsole = noClasses()
            .that()
            .resideOutsideOfPackages("io.playgrant.console..", "io.playgrant.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.playgrant.console..");

    @ArchTest
    static final ArchRule consoleKnowsNeitherFlowNorCommandLine = noClasses()
            .that()
            .resideInAPackage("io.playgrant.console..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.playgrant.route..", "io.playgrant.cli..", "io.playgrant.client..");

    @ArchTest
    static final ArchRule theFlowDoesNotKnowTheCommandLine = noClasses()
            .that()
            .resideInAPackage("io.playgrant.route..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.playgrant.cli..");

    /** A new endpoint or transport touches no other. */
    @ArchTest
    static final ArchRule endpointsAndTransportsDoNotKnowEachOther = slices().matching(
                    "io.playgrant.route.(token|stream|kafka|jms|keystore|license|packager|records|demo)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule sharedPartsKnowNoEndpoint = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.playgrant.route.http..", "io.playgrant.route.queue..", "io.playgrant.route.exchange..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENDPOINTS);

    @ArchTest
    static final ArchRule packagesHaveNoCircles =
            slices().matching("io.playgrant.(**)").should().beFreeOfCycles();
}
