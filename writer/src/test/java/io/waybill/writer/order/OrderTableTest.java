package io.waybill.writer.order;

import static io.waybill.writer.domain.RefusalCode.OUT_OF_STOCK;
import static io.waybill.writer.order.Conversation.ID;
import static io.waybill.writer.order.Conversation.asking;
import static io.waybill.writer.order.Conversation.nothingYet;
import static io.waybill.writer.order.Conversation.ordered;
import static io.waybill.writer.order.Conversation.underReview;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.order.OrderDecision.Accepted;
import io.waybill.writer.order.OrderDecision.Needless;
import io.waybill.writer.order.OrderDecision.Refused;
import io.waybill.writer.saga.Kind;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The table of {@code docs/orders.md} says what an order really does, cell by cell. */
class OrderTableTest {

    private static final Path PAGE = Path.of("..", "docs", "orders.md");

    private static final Map<String, BiFunction<String, Instant, OrderCommand>> COMMANDS =
            Map.of(
                    "CANCEL", OrderCommand.Cancel::new,
                    "APPROVE", OrderCommand.Approve::new,
                    "DECLINE", (id, at) -> new OrderCommand.Decline(id, "", at),
                    "COLLECT", OrderCommand.Collect::new);

    /** Every way into each phase. */
    private static Map<String, List<Conversation>> phases() {
        Map<String, List<Conversation>> phases = new LinkedHashMap<>();
        phases.put("absent", List.of(nothingYet()));
        phases.put("`PENDING`, before review", asked(Kind.COMPENSATABLE, Kind.PIVOT));
        phases.put("`PENDING`, review open", List.of(underReview()));
        phases.put("`PENDING`, after the pivot", asked(Kind.RETRIABLE));
        phases.put(
                "`PENDING`, undoing after a cancel",
                List.of(asking(Step.DEBIT_PAYMENT).cancelled(), underReview().cancelled()));
        phases.put("`PENDING`, undoing after a decline", List.of(underReview().declined("")));
        phases.put(
                "`PENDING`, undoing after a refusal or a deadline",
                List.of(
                        asking(Step.REVIEW).refused(OUT_OF_STOCK),
                        asking(Step.DEBIT_PAYMENT).silentUntilTheDeadline(),
                        underReview().woken()));
        phases.put("`APPROVED`", List.of(approved()));
        phases.put("`READY`", List.of(approved().listCompleted()));
        phases.put("`COLLECTED`", List.of(approved().listCompleted().collected()));
        phases.put(
                "`REJECTED`, declined", List.of(underReview().declined("").done().done().done()));
        phases.put(
                "`REJECTED`, refused or a deadline passed",
                List.of(
                        ordered().refused(OUT_OF_STOCK),
                        underReview().woken().done().done().done()));
        phases.put("`CANCELLED`", List.of(ordered().cancelled()));
        return phases;
    }

    static Stream<Arguments> cells() throws IOException {
        Map<String, List<Conversation>> phases = phases();
        List<String> commands = table().getFirst().subList(1, table().getFirst().size());
        return table().stream()
                .skip(2)
                .flatMap(
                        row ->
                                commands.stream()
                                        .map(
                                                command ->
                                                        Arguments.of(
                                                                row.getFirst(),
                                                                command,
                                                                row.get(
                                                                        1
                                                                                + commands.indexOf(
                                                                                        command)),
                                                                phases.getOrDefault(
                                                                        row.getFirst(),
                                                                        List.of()))));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @MethodSource("cells")
    void a_cell_says_what_comes_of_a_command_in_a_phase(
            String phase, String command, String outcome, List<Conversation> orders) {
        assertThat(orders).as("the phase " + phase).isNotEmpty();
        for (Conversation order : orders) {
            OrderDecision decision =
                    OrderDecider.decide(
                            Objects.requireNonNull(COMMANDS.get(command))
                                    .apply(ID, order.now().plusSeconds(1)),
                            order.order(),
                            SagaSettings.usual());

            assertThat(outcome(decision)).as("%s", order.order()).isEqualTo(outcome);
        }
    }

    @Test
    void the_table_has_every_phase_and_every_command() throws IOException {
        List<List<String>> table = table();

        assertThat(table.getFirst()).hasSize(1 + COMMANDS.size()).containsAll(COMMANDS.keySet());
        assertThat(table.stream().skip(2).map(List::getFirst))
                .containsExactlyElementsOf(phases().keySet());
    }

    @Test
    void the_phases_are_all_there_are() {
        Set<Class<?>> reached = new HashSet<>();
        phases().values().stream()
                .flatMap(List::stream)
                .forEach(order -> reached.add(order.order().getClass()));

        assertThat(reached).containsExactlyInAnyOrderElementsOf(records(Order.class));
    }

    private static String outcome(OrderDecision decision) {
        return switch (decision) {
            case Accepted accepted when accepted.events().isEmpty() -> "nothing";
            case Accepted accepted ->
                    "**" + accepted.events().getFirst().getClass().getSimpleName() + "**";
            case Refused refused -> "`" + refused.code() + "`";
            case Needless needless -> "needless";
        };
    }

    private static Conversation approved() {
        return asking(Step.INITIATE_SHOPPING).done();
    }

    private static List<Conversation> asked(Kind... kinds) {
        return Arrays.stream(Step.values())
                .filter(step -> List.of(kinds).contains(step.kind()) && !step.asksNobody())
                .map(Conversation::asking)
                .toList();
    }

    /** The rows of the one table that begins with a phase, the head and its rule included. */
    private static List<List<String>> table() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith("| phase"))
                .takeWhile(line -> line.startsWith("|"))
                .map(
                        line ->
                                Arrays.stream(line.substring(1, line.length() - 1).split("\\|"))
                                        .map(String::strip)
                                        .toList())
                .toList();
    }

    private static List<Class<?>> records(Class<?> sealed) {
        List<Class<?>> records = new ArrayList<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isRecord()) {
                records.add(permitted);
            } else {
                records(permitted).stream().filter(r -> !records.contains(r)).forEach(records::add);
            }
        }
        return records;
    }
}
