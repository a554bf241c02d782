package io.waybill.database.engine;

import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.applied;
import static io.waybill.database.engine.Proposals.command;
import static io.waybill.database.engine.Proposals.id;
import static io.waybill.database.engine.Proposals.refused;
import static io.waybill.database.engine.Proposals.renames;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.AppendResult;
import io.waybill.proto.eventstore.v1.AppendResult.ResultCase;
import io.waybill.proto.eventstore.v1.Commit;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What every engine's log must do with commands that are undone before they come. */
interface ForeclosureConformance extends LogUnderTest {

    private void assertUndone(Commit recorded, String command, String by, long position) {
        assertThat(recorded.getCommand()).isEqualTo(command(command));
        assertThat(recorded.getPosition()).isEqualTo(position);
        assertThat(recorded.getOutcome().getKind()).isEqualTo(OutcomeKind.OUTCOME_KIND_REJECTED);
        assertThat(recorded.getOutcome().getCode()).isEqualTo("UNDONE");
        assertThat(recorded.getOutcome().getMessage()).contains(id(by));
        assertThat(recorded.getFingerprint()).isEmpty();
        assertThat(recorded.getEventsList()).isEmpty();
        assertThat(recorded.hasMetadata()).isFalse();
        assertThat(recorded.hasForeclosed()).isFalse();
    }

    @Test
    default void a_command_that_was_undone_before_it_came_has_no_effect_when_it_comes() {
        append(adds("a", "ada"));
        append(applied("undo", "ada", 1).setForecloses(command("do")));

        assertUndone(log().find(command("do")).orElseThrow(), "do", "undo", 2);
        AppendResult late = append(renames("do", "ada", 1, "x")).getFirst();
        assertThat(late.getRecorded().getDuplicate()).isTrue();
        assertUndone(late.getRecorded().getCommit(), "do", "undo", 2);
        assertThat(log().end()).isEqualTo(2);

        Commit undo = log().find(command("undo")).orElseThrow();
        assertThat(undo.getForeclosed()).isEqualTo(command("do"));
        assertThat(undo.getOutcome().getKind()).isEqualTo(OutcomeKind.OUTCOME_KIND_APPLIED);
        assertThat(log().read(1, EventLogConformance.PLENTY)).containsExactly(undo);
    }

    @Test
    default void what_is_recorded_already_is_not_foreclosed_and_the_undo_decides_again() {
        append(adds("do", "ada"), refused("no", "ada", 1));
        List<AppendResult> results =
                append(
                        applied("undo", "ada", 1).setForecloses(command("do")),
                        applied("undo too", "ada", 1).setForecloses(command("no")));
        assertThat(results)
                .extracting(result -> result.getVersionConflict().getCurrentVersion())
                .containsExactly(1L, 1L);
        assertThat(log().end()).isEqualTo(2);
        assertThat(log().find(command("undo"))).isEmpty();
        assertThat(log().find(command("do")).orElseThrow().getEventsCount()).isEqualTo(1);
    }

    @Test
    default void one_batch_holds_the_command_before_its_undo_or_after() {
        List<AppendResult> before =
                append(adds("do", "ada"), applied("undo", "ada", 1).setForecloses(command("do")));
        assertThat(before)
                .extracting(AppendResult::getResultCase)
                .containsExactly(ResultCase.RECORDED, ResultCase.VERSION_CONFLICT);

        List<AppendResult> after =
                append(
                        applied("undo2", "bob", 0).setForecloses(command("do2")),
                        adds("do2", "bob"),
                        applied("undo2", "bob", 0).setForecloses(command("do2")));
        assertThat(after.get(0).getRecorded().getDuplicate()).isFalse();
        assertThat(after.get(1).getRecorded().getDuplicate()).isTrue();
        assertUndone(after.get(1).getRecorded().getCommit(), "do2", "undo2", 2);
        assertThat(after.get(2).getRecorded().getDuplicate()).isTrue();
        assertThat(after.get(2).getRecorded().getCommit().getCommand()).isEqualTo(command("undo2"));
        assertThat(log().end()).isEqualTo(2);
    }

    @Test
    default void a_command_is_foreclosed_once() {
        List<AppendResult> results =
                append(
                        applied("undo1", "ada", 0).setForecloses(command("do")),
                        applied("undo2", "ada", 0).setForecloses(command("do")));
        assertThat(results)
                .extracting(AppendResult::getResultCase)
                .containsExactly(ResultCase.RECORDED, ResultCase.VERSION_CONFLICT);
        assertThat(append(applied("undo3", "ada", 0).setForecloses(command("do"))))
                .allMatch(AppendResult::hasVersionConflict);
        assertUndone(log().find(command("do")).orElseThrow(), "do", "undo1", 1);
    }

    @Test
    default void a_foreclosed_command_counts_as_a_predecessor() {
        append(applied("undo", "ada", 0).setForecloses(command("do")));
        assertThat(append(adds("next", "ada").setPredecessor(command("do"))))
                .allMatch(AppendResult::hasRecorded);
    }

    @Test
    default void the_same_id_of_another_principal_is_not_foreclosed() {
        CommandIdentity eves = command("do").toBuilder().setPrincipal("eve").build();
        append(applied("undo", "ada", 0).setForecloses(command("do")));
        assertThat(log().find(eves)).isEmpty();
        assertThat(append(adds("do", "ada").setCommand(eves)).getFirst().getRecorded())
                .matches(recorded -> !recorded.getDuplicate());
    }

    @Test
    default void a_foreclosure_that_cannot_be_stored_hurts_no_other_commit() {
        List<AppendResult> results =
                append(
                        refused("a", "ada", 0).setForecloses(command("do")),
                        applied("b", "ada", 0).setForecloses(CommandIdentity.getDefaultInstance()),
                        applied("c", "ada", 0).setForecloses(command("c")),
                        adds("d", "ada"));
        assertThat(results.getLast().hasRecorded()).isTrue();
        assertThat(results.subList(0, 3))
                .allMatch(result -> result.getInvalid().getReason().contains("forecloses"));
    }

    @Test
    default void what_was_foreclosed_stays_so_after_closing_and_opening_again() {
        append(applied("undo", "ada", 0).setForecloses(command("do")));
        reopen();
        assertUndone(log().find(command("do")).orElseThrow(), "do", "undo", 1);
        assertThat(append(adds("do", "ada")).getFirst().getRecorded().getDuplicate()).isTrue();
    }
}
