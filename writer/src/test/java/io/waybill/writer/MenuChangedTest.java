package io.waybill.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.order.v1.ApproveOrder;
import io.waybill.proto.order.v1.DeclineOrder;
import io.waybill.proto.restaurant.v1.SetItem;
import io.waybill.writer.SagaWorld.Standing;
import io.waybill.writer.account.Account;
import io.waybill.writer.money.Money;
import io.waybill.writer.order.Order;
import io.waybill.writer.restaurant.MenuItem;
import io.waybill.writer.restaurant.Stock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** A menu changes while an order waits for its review: the order stays what it was. */
class MenuChangedTest {

    private final SagaWorld world = new SagaWorld("MANUAL");
    private Standing before;

    @BeforeEach
    void the_price_rises_while_an_order_is_under_review() {
        before = world.standing();
        world.order(world.twoSoups());
        world.runUntilHappened("OrderReviewRequested");
        Order ordered = world.orderNow();
        world.send(
                SetItem.newBuilder()
                        .setId(world.restaurant())
                        .setCode("soup")
                        .setName("Bouillon")
                        .setUnitPrice("5")
                        .setCurrency("EUR")
                        .setOnHand(20)
                        .build());
        world.world.run(Duration.ofMillis(50));
        assertThat(world.standing().menu().get("soup"))
                .isEqualTo(new MenuItem(Money.of("EUR", 500), new Stock(20, 2)));
        assertThat(world.orderNow()).isEqualTo(ordered);
    }

    @Test
    void it_is_carried_out_at_the_price_that_was_ordered() {
        world.send(ApproveOrder.newBuilder().setId(world.order()).build());
        world.runUntilEnded();

        assertThat(world.history()).last().isEqualTo("OrderApproved");
        assertThat(((Account.Open) world.standing().account()).totals().debited())
                .isEqualTo(Money.of("EUR", 600));
        assertThat(world.standing().menu().get("soup"))
                .isEqualTo(new MenuItem(Money.of("EUR", 500), new Stock(18, 0)));
    }

    @Test
    void undone_it_gives_back_what_was_paid_and_kept() {
        world.send(DeclineOrder.newBuilder().setId(world.order()).build());
        world.runUntilEnded();

        assertThat(world.history()).last().isEqualTo("OrderRejected");
        assertThat(world.standing().account()).isEqualTo(before.account());
        assertThat(world.standing().menu().get("soup"))
                .isEqualTo(new MenuItem(Money.of("EUR", 500), new Stock(20, 0)));
    }
}
