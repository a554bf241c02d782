package io.waybill.writer;

import static io.waybill.writer.memory.Commands.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** A creation that comes again with another content has no effect, not even on what follows it. */
class RepeatedCreationTest {

    private static final Duration SOON = Duration.ofMillis(100);

    private final PipelineWorld world = PipelineWorld.started(Duration.ZERO);

    @Test
    void what_follows_it_is_decided_on_what_was_recorded_the_first_time() {
        register("USD", 1);
        world.run(SOON);
        world.restartAfterCrash();
        register("EUR", 1);
        world.sendJson(
                "RESTAURANT/SET_ITEM",
                """
                {"id": "%s", "code": "soup", "name": "Soup", "unit_price": "3",
                 "currency": "EUR", "on_hand": 5}
                """
                        .formatted(Shop.madeBy("restaurant", 1)),
                2);
        world.run(SOON);

        assertThat(world.outcomes()).containsExactly("APPLIED", "REJECTED(CURRENCY_MISMATCH)");
        assertThat(world.replies())
                .anySatisfy(reply -> assertThat(reply).contains("IDEMPOTENCY_KEY_REUSED", id(1)));
    }

    private void register(String currency, int number) {
        world.sendJson(
                "RESTAURANT/REGISTER",
                "{\"name\": \"Luigi's\", \"currency\": \"%s\"}".formatted(currency),
                number);
    }
}
