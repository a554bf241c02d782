package io.waybill.writer.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

import io.waybill.proto.catalogue.v1.CommandOptions;
import io.waybill.proto.catalogue.v1.OptionsProto;
import io.waybill.writer.money.Money;
import io.waybill.writer.saga.Kind;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Request;
import io.waybill.writer.saga.Step;
import io.waybill.writer.saga.Terms;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The picture of the saga in {@code docs/orders.md} is drawn from the table of steps. */
class SagaPictureTest {

    private static final Path PAGE = Path.of("..", "docs", "orders.md");
    private static final Terms ORDER =
            new Terms("order", "customer", "restaurant", List.of(), Money.of("EUR", 1), "");

    @Test
    void the_picture_shows_the_table_of_steps() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("in docs/orders.md the picture should be:%n%s", picture())
                .contains("```mermaid\n" + picture() + "```\n");
    }

    private static String picture() {
        List<Step> undos =
                Arrays.stream(Step.values()).filter(Step::isUndoable).toList().reversed();
        return Stream.of(
                        Stream.of("flowchart TD", "    posted([ORDER/CREATE]) --> " + Step.first()),
                        Arrays.stream(Step.values()).map(SagaPictureTest::node),
                        Arrays.stream(Step.values())
                                .takeWhile(step -> step != last())
                                .map(step -> "    " + step + " --> " + step.next()),
                        Stream.of("    " + last() + " --> approved([APPROVED])"),
                        undos.stream().map(SagaPictureTest::undo),
                        undos.stream()
                                .map(
                                        step ->
                                                "    UNDO_"
                                                        + step
                                                        + " --> "
                                                        + first(step.undosBefore())),
                        Arrays.stream(Step.values())
                                .filter(step -> step.kind() != Kind.RETRIABLE)
                                .flatMap(SagaPictureTest::undoing),
                        Stream.of("    ended([REJECTED or CANCELLED])"))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String node(Step step) {
        String name = EnumSet.range(Step.first(), step).size() + " " + words(step.name());
        String asked =
                step.asksNobody() ? "" : "<br>" + participant(Outstanding.of(step, Instant.EPOCH));
        String kind = "<br>" + step.kind().name().toLowerCase(Locale.ROOT);
        String text = "\"" + name + asked + kind + "\"";
        return "    " + step + (step.kind() == Kind.PIVOT ? "{{" + text + "}}" : "[" + text + "]");
    }

    private static String undo(Step step) {
        Outstanding undo = Outstanding.undoing(step, Instant.EPOCH);
        return "    UNDO_%s[\"%s<br>%s\"]"
                .formatted(
                        step,
                        words(message(undo).getDescriptorForType().getName()),
                        participant(undo));
    }

    /** Where a step that comes to nothing leads: one that may have been done is undone too. */
    private static Stream<String> undoing(Step step) {
        String refused = first(step.undosBefore());
        String unknown = first(step.undosWithThis());
        return refused.equals(unknown)
                ? Stream.of("    %s -. no, late or cancelled .-> %s".formatted(step, refused))
                : Stream.of(
                        "    %s -. no .-> %s".formatted(step, refused),
                        "    %s -. late or cancelled .-> %s".formatted(step, unknown));
    }

    /** Where undoing goes on. */
    private static String first(List<Step> undos) {
        return undos.stream().findFirst().map(undo -> "UNDO_" + undo).orElse("ended");
    }

    private static Step last() {
        return Arrays.asList(Step.values()).getLast();
    }

    private static String participant(Outstanding asked) {
        CommandOptions options =
                message(asked)
                        .getDescriptorForType()
                        .getOptions()
                        .getExtension(OptionsProto.command);
        return options.getAggregate();
    }

    private static Message message(Outstanding asked) {
        return SagaRequests.of(ORDER.orderId(), Request.of(asked, ORDER)).command();
    }

    /** {@code RESERVE_ITEMS} or {@code ReserveItems} as people say it. */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT);
    }
}
