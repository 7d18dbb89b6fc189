package dev.mapwright.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;

/// The rules that hold the architecture together; ARCHITECTURE.md says why each of them is there.
class ArchitectureTest {
    private static final String ROOT = "dev.mapwright.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.mapwright");

    /// Each library, and the one package (with what is below it) that may use it. Jackson is two:
    /// the core is the interface of each of its formats.
    static List<Map.Entry<String, List<String>>> libraries() {
        return List.of(
                library("tools.jackson.core..", "asl.json", "server.cbor"),
                library("tools.jackson.dataformat.cbor..", "server.cbor"),
                library("tools.jackson.databind..", "asl.json"),
                library("com.dashjoin..", "asl.expression.jsonata"),
                library("com.jayway..", "asl.expression.jsonpath"),
                library("org.rocksdb..", "adapters.keyvalue"),
                library("dev.hardwood..", "adapters.items.parquet"),
                library("com.amazonaws..", "adapters.functions.inprocess"),
                library("org.duckdb..", "adapters.sql.duckdb"),
                library("java.sql..", "adapters.sql.duckdb"),
                library("io.helidon..", "server.http"),
                library("picocli..", "server.cli"));
    }

    private static Map.Entry<String, List<String>> library(String name, String... packages) {
        return Map.entry(name, List.of(packages));
    }

    @Test
    void modulesDependDownwardOnly() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("asl")
                .definedBy(ROOT + "asl..")
                .layer("engine")
                .definedBy(ROOT + "engine..")
                .layer("adapters")
                .definedBy(ROOT + "adapters..")
                .layer("server")
                .definedBy(ROOT + "server..")
                .whereLayer("server")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("adapters")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("adapters", "server")
                .whereLayer("asl")
                .mayOnlyBeAccessedByLayers("engine", "adapters", "server")
                .check(CLASSES);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theEngineKnowsTheJdkAndTheLanguageOnly() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "engine..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", ROOT + "asl..", ROOT + "engine..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.sql..", "java.nio.file..")
                .check(CLASSES);
    }

    @Test
    void languageAndEngineAskTheWorldForTimeChanceAndThreads() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "asl..", ROOT + "engine..")
                .and()
                .resideOutsideOfPackage(ROOT + "asl.expression.jsonata..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "startVirtualThread", Runnable.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, Executors.class, Clock.class)
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aLibraryIsUsedInOnePackage(Map.Entry<String, List<String>> library) {
        noClasses()
                .that()
                .resideOutsideOfPackages(library.getValue().stream()
                        .map(name -> ROOT + name + "..")
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library.getKey())
                .check(CLASSES);
    }

    @Test
    void theCommandLineIsAClient() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "server.cli..", ROOT + "server.demo..", ROOT + "server.client..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "engine..", ROOT + "adapters..")
                .check(CLASSES);
    }

    @Test
    void nothingIsNamedAfterNothing() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(CLASSES);
    }
}
