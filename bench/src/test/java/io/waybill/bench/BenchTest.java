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

class BenchTest {

    private final StringWriter said = new StringWriter();

    private int bench(String... args) {
        CommandLine commandLine =
                new CommandLine(new Bench())
                        .setOut(new PrintWriter(said))
                        .setErr(new PrintWriter(said));
        return commandLine.execute(args);
    }

    private int quickly(PretendDoor door, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--http",
                                door.address(),
                                "--duration",
                                "1s",
                                "--warm-up",
                                "200ms",
                                "--patience",
                                "1s",
                                "--connections",
                                "8",
                                "--rate",
                                "200",
                                "--sustained",
                                "300"));
        args.addAll(List.of(more));
        return bench(args.toArray(String[]::new));
    }

    @Test
    void a_running_system_is_measured_through_its_door(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("figures.json");
        int code;
        try (PretendDoor door = new PretendDoor(PretendDoor.Flaw.NONE)) {
            code = quickly(door, "--json", json.toString());
        }

        assertThat(code).as(said.toString()).isZero();
        JsonNode found = new JsonMapper().readTree(Files.readString(json));
        assertThat(
                        found.path("figures")
                                .valueStream()
                                .map(figure -> figure.path("id").asString("")))
                .contains(
                        "mutations_accepted",
                        "mutations_applied",
                        "mutations_backlog_end",
                        "sustained_applied",
                        "sustained_backlog_grew",
                        "accept_p50",
                        "accept_p99",
                        "readable_p50",
                        "readable_p99",
                        "lists",
                        "nothing");
        assertThat(figure(found, "accept_p50")).isBetween(0.01, 100.0);
        assertThat(figure(found, "mutations_accepted")).isGreaterThan(100);
        assertThat(figure(found, "sustained_accepted")).isLessThanOrEqualTo(300);
        assertThat(found.path("faults").isEmpty()).isTrue();
        assertThat(said.toString())
                .contains("| mutations, as it runs: accepted", " 0 lost, 0 twice,")
                .contains("accept at 200/s: 200 accepted, 200 found in the list once")
                .contains("mutations at 300/s, as it runs: 300 accepted, 300 found in the list");
    }

    private static double figure(JsonNode found, String id) {
        return found.path("figures")
                .valueStream()
                .filter(figure -> figure.path("id").asString("").equals(id))
                .findFirst()
                .orElseThrow()
                .path("value")
                .asDouble();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOSES   | 2 lost, 0 twice",
                "TWICE   | 0 lost, 2 twice",
                "STALE   | 200 stale reads, the first: HTTP 200 {\"data\":{\"contact\":null}}",
                "REFUSES | nothing was accepted"
            })
    void what_must_not_be_is_found_and_fails_the_run(PretendDoor.Flaw flaw, String sentence)
            throws Exception {
        int code;
        try (PretendDoor door = new PretendDoor(flaw)) {
            code = quickly(door, "--only", "readable");
        }

        assertThat(code).isEqualTo(1);
        assertThat(said.toString()).contains("FAULT: ").contains(sentence);
    }

    @Test
    void an_add_whose_connection_breaks_is_in_doubt_and_no_loss() throws Exception {
        int code;
        try (PretendDoor door = new PretendDoor(PretendDoor.Flaw.BREAKS)) {
            code = quickly(door, "--only", "accept");
        }

        assertThat(code).as(said.toString()).isZero();
        assertThat(said.toString()).contains("2 left in doubt by broken connections", " 0 lost,");
    }

    @Test
    void a_system_that_is_not_there_is_named() {
        int code = bench("--http", "http://127.0.0.1:1", "--duration", "1s");

        assertThat(code).isEqualTo(1);
        assertThat(said.toString()).contains("no connection to 127.0.0.1:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--duration=0",
                "--duration=soon",
                "--connections=0",
                "--rate=0",
                "--sustained=0",
                "--starts=0",
                "--http=ftp://127.0.0.1",
                "--http=http://192.0.2.1:8080",
                "--only=nonsense",
                "--launcher=/nonexistent/launcher"
            })
    void wrong_options_are_refused_before_anything_is_sent(String option) {
        assertThat(bench(option)).isEqualTo(2);
        assertThat(said.toString()).isNotBlank();
    }
}
