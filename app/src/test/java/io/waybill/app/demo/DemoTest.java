package io.waybill.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.app.demo.StandInWaybill.Asked;
import io.waybill.app.demo.StandInWaybill.Said;
import io.waybill.app.settings.Refusal;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The demo against a door that keeps what it is sent. */
class DemoTest {

    private final StandInWaybill waybill = new StandInWaybill();

    @AfterEach
    void close() {
        waybill.close();
    }

    @Test
    void what_is_played_is_shown_with_its_ids() {
        List<String> lines = play().lines().toList();

        assertThat(lines).contains("adding customers and restaurants ...", "ordering ...");
        assertThat(lines)
                .anyMatch(line -> line.matches("WHAT +NAME +ID +STATE"))
                .anyMatch(
                        line ->
                                line.matches(
                                        "customer +Customer 4 +%s  balance 12.50 EUR, disabled"
                                                .formatted(StandInWaybill.id("demo-customer-4"))))
                .anyMatch(
                        line ->
                                line.matches(
                                        "restaurant +Noodle bar +%s  open, 2 on the menu, review AUTO"
                                                .formatted(StandInWaybill.id("demo-noodle-bar"))))
                .anyMatch(
                        line ->
                                line.matches(
                                        "order +Order 1 +%s  APPROVED, 7.50 EUR"
                                                .formatted(StandInWaybill.id("demo-order-1"))));
    }

    @Test
    void played_again_it_sends_the_very_same_under_the_same_keys_and_adds_nothing() {
        String first = play();
        Map<String, String> applied = waybill.applied();
        List<Asked> asked = List.copyOf(waybill.submitted);
        waybill.submitted.clear();
        String second = play();

        assertThat(waybill.applied()).isEqualTo(applied).hasSize(Script.requests());
        assertThat(waybill.submitted)
                .usingRecursiveFieldByFieldElementComparatorOnFields("method", "path", "key")
                .isEqualTo(asked);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void every_request_has_a_key_of_its_own() {
        play();

        assertThat(waybill.submitted)
                .extracting(Asked::key)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("demo-[a-z0-9-]+"));
    }

    @Test
    void what_is_not_taken_at_first_is_sent_again_under_the_same_key() {
        AtomicInteger refused = new AtomicInteger();
        waybill.mood =
                asked ->
                        !asked.key().isEmpty() && refused.getAndIncrement() < 3
                                ? Optional.of(Said.problem(503, "the disk is opened again"))
                                : Optional.empty();

        assertThat(play()).contains("APPROVED");
        assertThat(waybill.applied()).hasSize(Script.requests());
    }

    @Test
    void an_order_that_waits_for_a_person_is_waited_for_no_longer() {
        waybill.mood =
                asked ->
                        asked.path().startsWith("/api/orders/")
                                ? Optional.of(
                                        Said.json(
                                                200,
                                                "{\"order_id\": \"x\", \"status\": \"PENDING\", \"amount\": 18.00, \"currency\": \"EUR\", \"saga\": {\"phase\": \"REVIEW_OPEN\"}}"))
                                : Optional.empty();

        assertThat(play())
                .contains("PENDING, 18.00 EUR, waits for a person")
                .contains("curl -X POST %s/api/orders/x/approve".formatted(waybill.address()));
    }

    @Test
    void a_refusal_found_late_is_told() {
        waybill.mood =
                asked ->
                        asked.path().startsWith("/api/commands/")
                                ? Optional.of(
                                        Said.json(
                                                200,
                                                "{\"status\": \"REJECTED\", \"message\": \"it is so\"}"))
                                : Optional.empty();

        refused("the demo's 'Customer 1' is not applied but REJECTED: it is so.");
    }

    @Test
    void what_has_no_outcome_in_time_is_told() {
        waybill.mood =
                asked ->
                        asked.path().startsWith("/api/commands/")
                                ? Optional.of(Said.json(200, "{\"status\": \"PENDING\"}"))
                                : Optional.empty();

        assertThatThrownBy(() -> play(waybill.address(), Optional.empty(), Duration.ZERO, false))
                .hasMessage(
                        "the demo's 'Customer 1' is accepted, but not done in time; run the demo again, it goes on where it was.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | Waybill at URL wants credentials; give a token with --token.",
                "409 | Waybill at URL has met the demo's 'demo-customer-1' with other content, from another version of it.",
                "422 | Waybill at URL refused POST /api/contacts: it is so."
            })
    void a_refusal_at_once_is_told(int status, String sentence) {
        waybill.mood = asked -> Optional.of(Said.problem(status, "it is so"));

        refused(sentence.replace("URL", waybill.address().toString()));
    }

    @Test
    void something_else_that_answers_is_told_from_a_waybill() {
        waybill.mood = asked -> Optional.of(new Said(200, "text/html", "<html>", Map.of()));

        refused(
                "what answers at %s is no Waybill that knows POST /api/contacts."
                        .formatted(waybill.address()));
    }

    @Test
    void where_nothing_answers_it_is_said_how_to_begin() {
        URI nowhere = waybill.address();
        waybill.close();

        assertThatThrownBy(() -> play(nowhere, Optional.empty(), Duration.ofSeconds(5), false))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(1))
                .hasMessageContaining("nothing answers at " + nowhere)
                .hasMessageContaining("./waybill up");
    }

    @Test
    void a_token_goes_along() {
        play(waybill.address(), Optional.of("secret"), Duration.ofSeconds(30), false);

        assertThat(waybill.submitted).extracting(Asked::token).containsOnly("Bearer secret");
    }

    @Test
    void a_bar_moves_to_its_end_where_a_person_looks_on() {
        String shown = play(waybill.address(), Optional.empty(), Duration.ofSeconds(30), true);

        int steps = 2 * Script.requests() + Script.ORDERS.size();
        assertThat(shown)
                .contains("[..............................] 0/%d".formatted(steps))
                .contains("[##############################] %d/%d".formatted(steps, steps))
                .doesNotContain("ordering ...");
    }

    private String play() {
        return play(waybill.address(), Optional.empty(), Duration.ofSeconds(30), false);
    }

    private void refused(String sentence) {
        assertThatThrownBy(this::play)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(1))
                .hasMessage(sentence);
    }

    private static String play(
            URI address, Optional<String> token, Duration limit, boolean moving) {
        StringWriter out = new StringWriter();
        try (Demo demo = new Demo(address, token, limit, new PrintWriter(out), moving)) {
            demo.play();
        }
        return out.toString();
    }
}
