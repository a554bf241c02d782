package io.waybill.app.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

/** The whole system in one process, killed with hundreds of accepted commands pending. */
class OneProcessKilledIT {

    @Test
    void every_accepted_command_ends_once_after_kills_and_in_order() throws Exception {
        try (RunningWaybill waybill = RunningWaybill.start(Folders.fresh("killed"), "--delay=2s");
                Load load = Load.start(waybill.graphQl(), ledger, 60, 20)) {
            load.awaitAccepted(300);
            waybill.kill().launch().awaitReady();
            load.awaitAccepted(800);
            waybill.kill().launch().awaitReady();
            load.finish();

            ledger.awaitOutcomes(waybill.graphQl(), Duration.ofSeconds(60));
            ledger.mustEqual(EventLogReader.read(waybill.database(), waybill.data()));
            ledger.lastNames()
                    .forEach(
                            (id, name) ->
                                    assertThat(
                                                    waybill.graphQl()
                                                            .data(
                                                                    "query($id: String!) { contact(id: $id) { name } }",
                                                                    Map.of("id", id))
                                                            .get("contact")
                                                            .get("name")
                                                            .asString())
                                            .isEqualTo(name));
            assertThat(waybill.terminate()).as(waybill.output()).isZero();
        }
    }

    private final Ledger ledger = new Ledger();
}
