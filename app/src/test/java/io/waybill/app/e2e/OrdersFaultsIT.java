package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.app.simulation.OrderAudit;
import io.waybill.wire.identity.Role;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/** The five roles as five processes, each killed and started again while 200 orders run. */
class OrdersFaultsIT {

    private static final int CLIENTS = 16;
    private static final int RUNNING = 200;

    /** A quarter of them wait for a person, whom the kill comes before: those are enough. */
    private static final int MOST_UNTIL_A_KILL = 4 * RUNNING;

    /** Orders that are accepted while a role is away, or wait for it. */
    private static final int MEANWHILE = 40;

    private static final List<Role> ROLES =
            List.of(Role.BROKER, Role.DATABASE, Role.WRITER, Role.READER, Role.GATEWAY);
    private static final int MOST_ORDERS = ROLES.size() * (MOST_UNTIL_A_KILL + MEANWHILE + CLIENTS);

    @Test
    void every_order_ends_once_and_as_it_must_though_each_role_is_killed_while_they_run()
            throws Exception {
        try (FiveProcesses five = new FiveProcesses(Folders.fresh("orders-faults"), "500ms")) {
            five.start(ROLES);
            try (OrderMix mix = new OrderMix(five.graphQl(), MOST_ORDERS)) {
                for (Role role : ROLES) {
                    mix.order(CLIENTS, MOST_UNTIL_A_KILL);
                    mix.awaitRunning(RUNNING);
                    mix.enough(MEANWHILE);
                    mix.decide();
                    five.of(role).kill();
                    five.of(role).launch().awaitReady();
                    mix.finish();
                    mix.awaitEnds(Duration.ofMinutes(2));
                }

                assertThat(mix.accepted()).isGreaterThan(RUNNING * ROLES.size());
                assertThat(mix.ends()).isEqualTo(mix.expected());
                assertThat(audited(five.of(Role.DATABASE))).isEqualTo(mix.accepted());
            }
            for (Role role : ROLES.reversed()) {
                assertThat(five.of(role).terminate()).as(five.of(role).output()).isZero();
            }
        }
    }

    private static long audited(RunningWaybill database) {
        return new OrderAudit(EventLogReader.read(database.database(), database.data())).check();
    }
}
