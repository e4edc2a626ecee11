package io.playgrant;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Dependencies point one way: routes, then {@code route}, then the rooms. */
@AnalyzeClasses(packages = "io.playgrant", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] ROOMS = {
        "io.playgrant.token..",
        "io.playgrant.contentkey..",
        "io.playgrant.keystore..",
        "io.playgrant.account..",
        "io.playgrant.revocation..",
        "io.playgrant.audit..",
        "io.playgrant.backup..",
        "io.playgrant.batch..",
        "io.playgrant.error..",
        "io.playgrant.record..",
        "io.playgrant.storage..",
        "io.playgrant.time..",
        "io.playgrant.tls.."
    };

    @ArchTest
    static final ArchRule onlyRouteKnowsCamel = noClasses()
            .that()
            .resideOutsideOfPackage("io.playgrant.route..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule onlyRouteAndObserveKnowHttpAndMetrics = noClasses()
            .that()
            .resideOutsideOfPackages("io.playgrant.route..", "io.playgrant.observe..")
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
                    "io.playgrant.route..", "io.playgrant.observe..", "io.playgrant.cli..", "io.playgrant.config..");

    @ArchTest
    static final ArchRule roomsKnowNeitherFlowNorCommandLine = noClasses()
            .that()
            .resideInAnyPackage(ROOMS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.playgrant.route..",
                    "io.playgrant.observe..",
                    "io.playgrant.client..",
                    "io.playgrant.cli..",
                    "io.playgrant.config..",
                    "io.playgrant");

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
                    "io.playgrant.revocation..");

    @ArchTest
    static final ArchRule theFlowDoesNotKnowTheCommandLine = noClasses()
            .that()
            .resideInAPackage("io.playgrant.route..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.playgrant.cli..");

    /** The tools of the parameters' rules know no parameter; the table, which does, knows the tools. */
    @ArchTest
    static final ArchRule tokenHasNoCircleWithItsSubpackages =
            slices().assignedFrom(new PackagesOf("io.playgrant.token")).should().beFreeOfCycles();

    /** A slice for a package and one for each of its subpackages. */
    private record PackagesOf(String parent) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return name.equals(parent) || name.startsWith(parent + ".")
                    ? SliceIdentifier.of(name)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return parent + " and its subpackages";
        }
    }
}
