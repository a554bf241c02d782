package io.waybill.gateway.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.standin.HttpDoor;
import io.waybill.gateway.standin.StandInGateway;
import io.waybill.gateway.subscription.SocketLimits;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A request ends in time, whatever the reader does; here with a limit of 300 ms. */
class TimeLimitsTest {

    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final String COMMAND = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";

    private static StandInGateway gateway;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        gateway = StandInGateway.start(StandInGateway.settings(SocketLimits.STANDARD, LIMIT));
        door = new HttpDoor(gateway.at("/graphql"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void the_reader_never_answers() {
        gateway.contacts().clear();
        gateway.contacts().answersAfter(CompletableFuture::new);
    }

    @Test
    void a_query_that_takes_too_long_is_given_up_with_a_code_of_its_own() {
        long began = System.nanoTime();

        var answer = door.execute("{ listContacts(count: 1) { id } }");

        assertThat(answer.code()).isEqualTo("TIMEOUT");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(LIMIT, Duration.ofSeconds(20));
    }

    @Test
    void one_that_waits_for_a_command_may_take_longer() {
        long began = System.nanoTime();

        var answer =
                door.execute(
                        "{ contact(id: \"%s\", afterCommand: \"%s\") { id } }"
                                .formatted(COMMAND, COMMAND));

        assertThat(answer.code()).isEqualTo("TIMEOUT");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThanOrEqualTo(LIMIT.multipliedBy(2));
    }
}
