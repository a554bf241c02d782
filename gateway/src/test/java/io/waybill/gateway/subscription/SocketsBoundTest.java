package io.waybill.gateway.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.gateway.standin.SocketClient;
import io.waybill.gateway.standin.StandInGateway;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** How many may be connected, and how they are sent home. */
class SocketsBoundTest {

    private static final SocketLimits TWO =
            new SocketLimits(2, 10, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(20));

    @Test
    void more_connections_than_allowed_are_told_to_try_later_and_a_stop_is_announced() {
        StandInGateway gateway =
                StandInGateway.start(StandInGateway.settings(TWO, Duration.ofSeconds(5)));
        try (SocketClient one = SocketClient.greeted(gateway);
                SocketClient two = SocketClient.greeted(gateway);
                SocketClient three = SocketClient.open(gateway)) {
            assertThat(three.closed().code()).isEqualTo(1013);

            gateway.close();

            assertThat(one.closed().code()).isEqualTo(1001);
            assertThat(two.closed().code()).isEqualTo(1001);
        } finally {
            gateway.close();
        }
    }
}
