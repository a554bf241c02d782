package io.waybill.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.account.v1.AuthorizePayment;
import io.waybill.writer.memory.MemoryLog;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What waits for a time is not forgotten, whatever else happens just then. */
class TimersTest {

    private static final Duration SOON = Duration.ofMillis(100);

    private final PipelineWorld world = PipelineWorld.started(Duration.ZERO);

    @Test
    void an_open_review_keeps_its_deadline_when_the_wake_up_of_the_question_comes_late() {
        Shop shop = new Shop(world, "MANUAL");
        String order = "order/" + shop.order();
        shop.runUntil("restaurant/" + shop.restaurant, "Reviewed");
        // The answer is on its way to the log when the question is due to be asked again.
        world.log.failures(() -> MemoryLog.Failure.BEFORE);
        world.run(Duration.ofSeconds(2));
        world.log.failures(() -> MemoryLog.Failure.NONE);
        world.run(Duration.ofSeconds(5));

        assertThat(shop.happened(order)).endsWith("OrderReviewRequested");
        assertThat(shop.timers(order)).containsExactly("saga");
        world.run(Duration.ofMinutes(16));
        assertThat(shop.happened(order)).endsWith("OrderRejected");
        assertThat(shop.happened("account/" + shop.customer))
                .containsExactly("Deposited", "PaymentDebited", "PaymentVoided");
    }

    @Test
    void an_open_review_keeps_its_deadline_when_the_clock_steps_back_just_as_it_passes() {
        Shop shop = new Shop(world, "MANUAL");
        String order = "order/" + shop.order();
        shop.runUntil(order, "OrderReviewRequested");
        stepBackAsItFires(Duration.ofMinutes(15));

        assertThat(shop.timers(order)).containsExactly("saga");
        world.run(Duration.ofMinutes(2));
        assertThat(shop.happened(order)).endsWith("OrderRejected");
    }

    @Test
    void an_authorization_expires_though_the_clock_stepped_back_just_as_it_did() {
        Shop shop = new Shop(world, "AUTO");
        String account = "account/" + shop.customer;
        world.send(
                AuthorizePayment.newBuilder()
                        .setCustomerId(shop.customer)
                        .setAmount("5")
                        .setCurrency("EUR")
                        .setExpiresIn(600)
                        .build(),
                1);
        shop.runUntil(account, "PaymentAuthorized");
        stepBackAsItFires(Duration.ofMinutes(10));

        assertThat(shop.happened(account)).endsWith("PaymentAuthorized");
        assertThat(shop.timers(account)).hasSize(1);
        world.run(Duration.ofMinutes(2));
        assertThat(shop.happened(account)).endsWith("PaymentReleased");
        assertThat(shop.timers(account)).isEmpty();
    }

    /**
     * Lets time pass until a timer fires that was just set for so long, and the clock step back a
     * minute before what it causes is decided.
     */
    private void stepBackAsItFires(Duration length) {
        world.run(length.minusSeconds(1));
        int before = world.log.dueCalls();
        assertThat(world.time.runUntil(() -> world.log.dueCalls() > before, Duration.ofSeconds(2)))
                .isTrue();
        world.loop.stepClock(Duration.ofMinutes(-1));
        world.run(SOON);
    }
}
