package io.waybill.app.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which part of the house may use which: the table of the design, and what follows from it. */
class HouseRulesTest {

    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.waybill");

    private static final String[] DOMAIN =
            Stream.of(
                            "contact",
                            "account",
                            "restaurant",
                            "shopping",
                            "order",
                            "saga",
                            "money",
                            "domain")
                    .map(name -> "io.waybill.writer." + name)
                    .toArray(String[]::new);

    private static final Map<String, Set<String>> MAY_USE =
            Map.of(
                    "proto", Set.of(),
                    "catalogue", Set.of("proto"),
                    "wire", Set.of("proto", "catalogue"),
                    "broker", Set.of("proto", "catalogue", "wire"),
                    "database", Set.of("proto", "catalogue", "wire"),
                    "writer", Set.of("proto", "catalogue", "wire"),
                    "reader", Set.of("proto", "catalogue", "wire"),
                    "gateway", Set.of("proto", "catalogue", "wire"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proto",
                "catalogue",
                "wire",
                "broker",
                "database",
                "writer",
                "reader",
                "gateway"
            })
    void a_module_uses_what_the_table_says_and_no_other(String module) {
        Set<String> allowed = MAY_USE.getOrDefault(module, Set.of());
        String[] forbidden =
                Stream.concat(MAY_USE.keySet().stream(), Stream.of("app", "bench"))
                        .filter(other -> !other.equals(module) && !allowed.contains(other))
                        .map(other -> "io.waybill." + other + "..")
                        .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("io.waybill." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(HOUSE);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("io.waybill.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void spring_is_known_in_the_gateway_and_the_program_only() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.waybill.gateway..", "io.waybill.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(HOUSE);
    }

    @Test
    void within_the_program_spring_is_known_to_the_web_servers_only() {
        noClasses()
                .that()
                .resideInAPackage("io.waybill.app..")
                .and()
                .resideOutsideOfPackage("io.waybill.app.web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(HOUSE);
    }

    @Test
    void the_storage_engine_is_known_where_it_is_wrapped() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.waybill.database.engine.rocks..", "io.waybill.gateway.outbox..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rocksdb..")
                .check(HOUSE);
    }

    @Test
    void the_mqtt_client_is_known_to_the_wire_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.waybill.wire.mqtt..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.paho..")
                .check(HOUSE);
    }

    @Test
    void the_embedded_broker_is_known_to_the_broker_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.waybill.broker..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hivemq..")
                .check(HOUSE);
    }

    @Test
    void the_database_and_the_reader_know_no_mqtt() {
        noClasses()
                .that()
                .resideInAnyPackage("io.waybill.database..", "io.waybill.reader..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.waybill.wire.mqtt..")
                .check(HOUSE);
    }

    @Test
    void the_domain_depends_on_nothing_but_java() {
        classes()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat(
                        JavaClass.Predicates.resideInAnyPackage(DOMAIN)
                                .or(
                                        JavaClass.Predicates.resideInAnyPackage(
                                                "java..", "org.jspecify..")))
                .check(HOUSE);
    }

    @Test
    void the_domain_has_no_clock_and_no_chance() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.random..", "java.util.concurrent..")
                .check(HOUSE);
    }
}
