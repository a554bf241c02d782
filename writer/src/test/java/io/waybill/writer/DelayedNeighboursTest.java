package io.waybill.writer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** The simulated delay of what clients ask is no delay of what orders ask. */
class DelayedNeighboursTest {

    private static final Duration DELAY = Duration.ofSeconds(3);

    @Test
    void an_order_waits_for_its_own_delay_and_for_no_other_at_its_restaurant() {
        PipelineWorld world = PipelineWorld.started(DELAY);
        Shop shop = new Shop(world, "AUTO");
        String order = "order/" + shop.order();
        for (int i = 0; i < 14; i++) {
            shop.countSoup();
            world.run(Duration.ofMillis(250));
        }

        assertThat(shop.happened(order)).endsWith("OrderApproved");
    }
}
