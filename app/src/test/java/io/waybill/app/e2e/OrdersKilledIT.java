package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.app.simulation.OrderAudit;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The whole system in one process, killed while two hundred orders run. */
class OrdersKilledIT {

    private static final int ORDERS = 200;

    @Test
    void every_order_is_carried_out_or_undone_once_after_kills() throws Exception {
        try (RunningWaybill waybill =
                RunningWaybill.start(Folders.fresh("orders-killed"), "--delay=0s")) {
            Restaurant restaurant = Restaurant.open(waybill.graphQl(), "AUTO", 300);
            List<String> customers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                customers.add(restaurant.customer(2_000));
            }
            for (int i = 0; i < ORDERS; i++) {
                // ten customers can pay a hundred orders of one, not two hundred of one or two
                restaurant.order(customers.get(i % customers.size()), 1 + i % 2);
                if (i == ORDERS / 2) {
                    waybill.kill().launch().awaitReady();
                }
            }
            waybill.kill().launch().awaitReady();

            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> ended(waybill.graphQl()) == ORDERS);

            assertThat(
                            new OrderAudit(EventLogReader.read(waybill.database(), waybill.data()))
                                    .check())
                    .isEqualTo(ORDERS);
            assertThat(waybill.terminate()).as(waybill.output()).isZero();
        }
    }

    /** How many orders are there and have come to their end. */
    private static long ended(GraphQl graphQl) {
        JsonNode nodes =
                graphQl.data("{ orders(first: 1000) { nodes { status } } }")
                        .get("orders")
                        .get("nodes");
        return nodes.findValuesAsString("status").stream()
                .filter(status -> !status.equals("PENDING"))
                .count();
    }
}
