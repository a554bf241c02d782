package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.waybill.gateway.standin.HttpDoor;
import io.waybill.wire.grpc.GrpcChannels;
import io.waybill.wire.identity.Credentials;
import io.waybill.wire.identity.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The whole gateway with its real outbox, while every other role is away. */
class GatewayAloneTest {

    /** Nobody listens there. */
    private static final int NOBODY = 1;

    private static final String UNKNOWN = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";

    @TempDir private Path folder;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(GatewayConfiguration.class)
    static class Application {

        @Bean(destroyMethod = "shutdownNow")
        ManagedChannel readerChannel(Credentials credentials) {
            return GrpcChannels.tcp("127.0.0.1:" + NOBODY, Role.GATEWAY, credentials);
        }
    }

    @Test
    void mutations_are_accepted_and_pending_reads_say_that_the_reader_is_away() {
        try (ConfigurableApplicationContext gateway = start()) {
            HttpDoor door = door(gateway);

            var added =
                    door.execute("mutation { addContact(name: \"Ada\") { status commandId id } }");
            String command = text(added, "addContact", "commandId");
            long began = System.nanoTime();
            var list = door.execute("{ listContacts(count: 10) { id } }");

            assertThat(text(added, "addContact", "status")).isEqualTo("OK");
            assertThat(status(door, command)).isEqualTo("PENDING");
            assertThat(list.code()).isEqualTo("UNAVAILABLE");
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void an_update_of_what_cannot_be_looked_up_is_accepted_too() {
        try (ConfigurableApplicationContext gateway = start()) {
            var updated =
                    door(gateway)
                            .execute(
                                    "mutation { updateContact(id: \"%s\", name: \"Ada\") { message } }"
                                            .formatted(UNKNOWN));

            assertThat(text(updated, "updateContact", "message")).isEqualTo("Queued to update");
        }
    }

    @Test
    void bad_input_is_refused_with_its_field_by_the_real_submission() {
        try (ConfigurableApplicationContext gateway = start()) {
            HttpDoor door = door(gateway);

            var blank = door.execute("mutation { addContact(name: \" \") { id } }");
            var malformed = door.execute("mutation { deleteContact(id: \"no id\") { id } }");
            var empty = door.execute("mutation { deleteContact(id: \"\") { id } }");

            assertThat(blank.code()).isEqualTo("BAD_USER_INPUT");
            assertThat(blank.field()).isEqualTo("name");
            assertThat(malformed.code()).isEqualTo("NOT_FOUND");
            assertThat(malformed.message()).isEqualTo("contact with id no id not found");
            assertThat(empty.code()).isEqualTo("NOT_FOUND");
            assertThat(empty.message()).isEqualTo("contact with id '' not found");
        }
    }

    @Test
    void what_was_accepted_is_there_again_after_a_restart() {
        String command;
        try (ConfigurableApplicationContext gateway = start()) {
            command =
                    text(
                            door(gateway)
                                    .execute(
                                            "mutation { addContact(name: \"Ada\") { commandId } }"),
                            "addContact",
                            "commandId");
        }
        try (ConfigurableApplicationContext gateway = start()) {
            assertThat(status(door(gateway), command)).isEqualTo("PENDING");
        }
    }

    @Test
    void an_order_is_shown_from_its_acceptance_on_and_its_key_gets_the_same_answer() {
        try (ConfigurableApplicationContext gateway = start()) {
            HttpResponse<String> first = order(gateway, 200);
            HttpResponse<String> again = order(gateway, 200);
            HttpResponse<String> other = order(gateway, 201);
            String location = first.headers().firstValue("Location").orElseThrow();
            HttpResponse<String> shown =
                    door(gateway).send(HttpRequest.newBuilder(at(gateway, location)));

            assertThat(first.statusCode()).isEqualTo(202);
            assertThat(first.body()).contains("\"amount\":400.00").contains("\"PENDING\"");
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.headers().firstValue("Location")).contains(location);
            assertThat(other.statusCode()).isEqualTo(409);
            assertThat(other.body())
                    .contains("IDEMPOTENCY_KEY_REUSED")
                    .contains("\"field\":\"Idempotency-Key\"");
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(first.body())
                    .startsWith(shown.body().substring(0, shown.body().length() - 1));
        }
    }

    @Test
    void an_order_that_nobody_placed_cannot_be_looked_for_while_the_reader_is_away() {
        try (ConfigurableApplicationContext gateway = start()) {
            HttpResponse<String> answer =
                    door(gateway)
                            .send(HttpRequest.newBuilder(at(gateway, "/api/orders/" + UNKNOWN)));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("\"code\":\"UNAVAILABLE\"");
        }
    }

    private static HttpResponse<String> order(ConfigurableApplicationContext gateway, int price) {
        String body =
                "{\"customer_id\": \"%s\", \"restaurant_id\": \"%s\", \"order_items\": [{\"code\": \"A\", \"unit_price\": %d, \"quantity\": 2}]}"
                        .formatted(UNKNOWN, UNKNOWN, price);
        return door(gateway)
                .send(
                        HttpRequest.newBuilder(at(gateway, "/api/orders"))
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", "till-7-receipt-1")
                                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void health_names_the_roles_and_what_it_waits_for() {
        try (ConfigurableApplicationContext gateway = start()) {
            String health =
                    door(gateway)
                            .send(HttpRequest.newBuilder(at(gateway, "/actuator/health")))
                            .body();

            assertThat(health).contains("\"gateway\"").contains("\"detail\"");
            assertThat(health)
                    .containsPattern("\"reader\":.\"details\":.\"detail\":\"the reader .*\"DOWN\"");
        }
    }

    private ConfigurableApplicationContext start() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setDefaultProperties(
                Map.of(
                        "server.port", 0,
                        "server.address", "127.0.0.1",
                        "spring.main.banner-mode", "off",
                        "logging.level.root", "WARN"));
        application.addInitializers(
                context -> {
                    var beans = context.getBeanFactory();
                    beans.registerSingleton(
                            "gatewaySettings",
                            new GatewaySettings(
                                    folder.resolve("gateway"),
                                    URI.create("mqtt://127.0.0.1:" + NOBODY),
                                    Duration.ZERO));
                    beans.registerSingleton(
                            "credentials", Credentials.open(folder.resolve("credentials")));
                });
        return application.run();
    }

    private static URI at(ConfigurableApplicationContext gateway, String path) {
        String port = gateway.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpDoor door(ConfigurableApplicationContext gateway) {
        return new HttpDoor(at(gateway, "/graphql"));
    }

    private static String status(HttpDoor door, String command) {
        return text(
                door.execute("{ command(id: \"%s\") { status } }".formatted(command)),
                "command",
                "status");
    }

    private static String text(HttpDoor.Answer answer, String field, String name) {
        return answer.data().path(field).path(name).asString();
    }
}
