package io.waybill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class OrderBenchTest {

    private final StringWriter said = new StringWriter();

    @TempDir private Path folder;

    private int bench(String... args) {
        CommandLine commandLine =
                new CommandLine(new Bench())
                        .setOut(new PrintWriter(said))
                        .setErr(new PrintWriter(said));
        return commandLine.execute(args);
    }

    private int quickly(PretendKitchen.Flaw flaw, String... more) throws Exception {
        return quickly(flaw, false, more);
    }

    private int quickly(PretendKitchen.Flaw flaw, boolean timesOut, String... more)
            throws Exception {
        try (PretendKitchen kitchen = new PretendKitchen(flaw, timesOut)) {
            List<String> args =
                    new ArrayList<>(
                            List.of(
                                    "--ready-file=" + kitchen.readyFile(folder),
                                    "--duration=1s",
                                    "--warm-up=0",
                                    "--patience=500ms",
                                    "--connections=4",
                                    "--orders=200",
                                    "--order-rate=100",
                                    "--idle=150",
                                    "--few=500",
                                    "--many=1200"));
            args.addAll(List.of(more));
            return bench(args.toArray(String[]::new));
        }
    }

    @Test
    void orders_are_measured_through_their_doors() throws Exception {
        Path json = folder.resolve("figures.json");

        int code =
                quickly(
                        PretendKitchen.Flaw.NONE,
                        "--only=orders,order-latency,idle-orders,order-search",
                        "--json=" + json);

        assertThat(code).as(said.toString()).isZero();
        JsonNode found = new JsonMapper().readTree(Files.readString(json));
        assertThat(
                        found.path("figures")
                                .valueStream()
                                .map(figure -> figure.path("id").asString("")))
                .contains(
                        "orders_accepted",
                        "orders_approved",
                        "orders_running_grew",
                        "orders_approval_p50",
                        "order_latency_p50",
                        "order_latency_p99",
                        "idle_latency_p99",
                        "idle_latency_p50_ratio",
                        "idle_latency_p99_ratio",
                        "idle_as_done_ratio",
                        "order_search_customer",
                        "order_search_date_range",
                        "order_search_total_range",
                        "order_search_status_by_total");
        assertThat(said.toString())
                .contains(
                        "orders at 200/s: 200 accepted, 200 found once and approved, 0 lost,"
                                + " 0 there twice, 0 unknown, 0 left over or ended otherwise, 500"
                                + " accounts, 0 not balanced, 32 dishes, 0 with a wrong stock")
                .contains("150 accepted, 150 found once and waiting for a person, 0 lost")
                .contains("search among 1,200 / 500: customer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOSES           | 100 accepted, 99 found once and approved, 1 lost",
                "TWICE           | 1 there twice (",
                "LEAVES_OVER     | 1 left over or ended otherwise (",
                "MISCOUNTS_MONEY | not balanced (of ",
                "MISCOUNTS_STOCK | 32 dishes, 1 with a wrong stock (at ",
                "IS_SILENT       | of 1 accepted orders nothing was heard",
                "REFUSES         | nothing was accepted"
            })
    void what_does_not_balance_is_found_and_fails_the_run(PretendKitchen.Flaw flaw, String sentence)
            throws Exception {
        int code = quickly(flaw, "--only=order-latency");

        assertThat(code).as(said.toString()).isEqualTo(1);
        assertThat(said.toString()).contains("FAULT: ").contains(sentence);
    }

    @Test
    void how_late_timers_are_is_taken_from_the_events() throws Exception {
        Path json = folder.resolve("figures.json");

        int code = quickly(PretendKitchen.Flaw.NONE, true, "--only=timers", "--json=" + json);

        assertThat(code).as(said.toString()).isZero();
        JsonNode found = new JsonMapper().readTree(Files.readString(json));
        assertThat(found.path("figures").valueStream())
                .filteredOn(figure -> figure.path("id").asString("").startsWith("timers_late"))
                .hasSize(3)
                .allMatch(figure -> figure.path("value").asInt() == PretendKitchen.LATE_MILLIS);
        assertThat(said.toString())
                .contains("200 accepted, 200 found once and timed out and undone, 0 lost")
                .contains("recorded after due, the last")
                .contains("heard after due, p99");
    }

    @Test
    void a_timer_that_fires_early_fails_the_run() throws Exception {
        int code = quickly(PretendKitchen.Flaw.TIMES_OUT_EARLY, true, "--only=timers");

        assertThat(code).as(said.toString()).isEqualTo(1);
        assertThat(said.toString()).contains("FAULT: ", "200 before they were due");
    }

    @Test
    void where_a_person_has_long_timers_are_not_waited_for_and_that_is_said() throws Exception {
        assertThat(quickly(PretendKitchen.Flaw.NONE, "--only=timers")).isZero();

        assertThat(said.toString())
                .contains("timers are not measured: a person has 86400 s", "--manual-review 3s");
    }

    @Test
    void without_a_broker_that_is_known_orders_are_left_out_and_that_is_said() throws Exception {
        try (PretendDoor door = new PretendDoor(PretendDoor.Flaw.NONE)) {
            assertThat(bench("--http=" + door.address(), "--only=orders")).isZero();
        }

        assertThat(said.toString()).contains("orders are not measured", "--ready-file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--orders=0",
                "--order-rate=0",
                "--idle=0",
                "--few=10",
                "--many=999",
                "--only=order-nonsense"
            })
    void wrong_options_are_refused_before_anything_is_sent(String option) {
        assertThat(bench(option)).isEqualTo(2);
        assertThat(said.toString()).isNotBlank();
    }
}
