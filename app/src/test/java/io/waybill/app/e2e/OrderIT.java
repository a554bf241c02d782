package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/**
 * Two commands for one contact are applied in the order they were accepted, a thousand times over.
 */
class OrderIT {

    private static final int CONTACTS = 1_000;

    @Test
    void commands_for_one_contact_are_applied_in_the_order_sent() throws Exception {
        try (RunningWaybill waybill =
                RunningWaybill.start(Folders.fresh("order"), "--delay=200ms")) {
            Ledger ledger = new Ledger();
            for (int round = 0; round < 10; round++) {
                try (Load load = Load.start(waybill.graphQl(), ledger, CONTACTS / 10, 3)) {
                    load.finish();
                }
            }

            ledger.awaitOutcomes(waybill.graphQl(), Duration.ofSeconds(60));
            ledger.mustEqual(EventLogReader.read(waybill.database(), waybill.data()));
            assertThat(ledger.lastNames()).hasSize(CONTACTS);
            assertThat(waybill.terminate()).isZero();
        }
    }
}
