package io.waybill.database.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.waybill.database.Commits;
import io.waybill.database.engine.Proposals;
import io.waybill.database.projection.Folded;
import io.waybill.proto.command.v1.DeadLetterView;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.command.v1.SagaCause;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DeadLetter;

import org.junit.jupiter.api.Test;

class DeadLetterProjectionTest {

    private final Commits log = new Commits();
    private final Folded<DeadLetterView> letters = new Folded<>(new DeadLetterProjection());

    private Commit.Builder deadLettered() {
        return log.next("contact/c")
                .setOutcome(
                        Outcome.newBuilder()
                                .setKind(OutcomeKind.OUTCOME_KIND_DEAD_LETTERED)
                                .setCode("UNDECODABLE")
                                .setMessage("it could not be read"))
                .setMetadata(Metadata.newBuilder().setTopic("CONTACT/ADD"))
                .setDeadLetter(
                        DeadLetter.newBuilder()
                                .setReason("not JSON")
                                .setPayload(ByteString.copyFromUtf8("{garb"))
                                .setContentType("application/json")
                                .setPayloadBytes(5_000));
    }

    private static String key(String command) {
        return "anonymous/" + Proposals.command(command).getCommandId();
    }

    @Test
    void what_could_not_be_handled_has_a_row_with_what_was_kept_of_it() {
        letters.then(deadLettered().build());

        assertThat(letters.row(key("command 1")))
                .isEqualTo(
                        DeadLetterView.newBuilder()
                                .setPrincipal("anonymous")
                                .setCommandId(Proposals.command("command 1").getCommandId())
                                .setTopic("CONTACT/ADD")
                                .setCode("UNDECODABLE")
                                .setReason("not JSON")
                                .setPayload(ByteString.copyFromUtf8("{garb"))
                                .setContentType("application/json")
                                .setPayloadBytes(5_000)
                                .setStream("contact/c")
                                .setPosition(1)
                                .setAt(Commits.at(1))
                                .build());
    }

    @Test
    void one_of_a_saga_says_of_which() {
        SagaCause saga = SagaCause.newBuilder().setOrderId("o").setStep("TAKE_ITEMS").build();
        Commit.Builder commit = deadLettered();
        commit.getMetadataBuilder().setSaga(saga);
        letters.then(commit.build());

        assertThat(letters.row(key("command 1")).getSaga()).isEqualTo(saga);
    }

    private Commit.Builder drives(String letter, OutcomeKind outcome) {
        Commit.Builder commit = log.next("contact/d");
        commit.getOutcomeBuilder().setKind(outcome);
        commit.getMetadataBuilder().setCause(Proposals.command(letter).getCommandId());
        return commit;
    }

    @Test
    void one_that_is_driven_again_names_the_latest_command_until_one_was_applied() {
        letters.then(deadLettered().build());
        assertThat(letters.row(key("command 1")).getRedrivenBy()).isEmpty();

        letters.then(drives("command 1", OutcomeKind.OUTCOME_KIND_REJECTED).build());
        letters.then(drives("command 1", OutcomeKind.OUTCOME_KIND_EXPIRED).build());
        DeadLetterView twice = letters.row(key("command 1"));
        assertThat(twice.getRedrives()).isEqualTo(2);
        assertThat(twice.getRedrivenBy()).isEqualTo(Proposals.command("command 3").getCommandId());
        assertThat(twice.getRedriveApplied()).isFalse();

        letters.then(drives("command 1", OutcomeKind.OUTCOME_KIND_APPLIED).build());
        letters.then(drives("command 1", OutcomeKind.OUTCOME_KIND_REJECTED).build());
        DeadLetterView applied = letters.row(key("command 1"));
        assertThat(applied.getRedrives()).isEqualTo(4);
        assertThat(applied.getRedrivenBy())
                .isEqualTo(Proposals.command("command 4").getCommandId());
        assertThat(applied.getRedriveApplied()).isTrue();
    }

    @Test
    void a_redrive_that_is_dead_lettered_itself_is_another_that_names_the_first() {
        letters.then(deadLettered().build());
        Commit.Builder again = deadLettered();
        again.getMetadataBuilder().setCause(Proposals.command("command 1").getCommandId());
        letters.then(again.build());

        String first = Proposals.command("command 1").getCommandId();
        String second = Proposals.command("command 2").getCommandId();
        assertThat(letters.row(key("command 2")).getRedriveOf()).isEqualTo(first);
        assertThat(letters.row(key("command 1")).getRedrivenBy()).isEqualTo(second);
    }

    @Test
    void one_of_a_saga_is_driven_again_by_anybody_and_another_principals_by_nobody() {
        Commit.Builder ofSaga = deadLettered();
        ofSaga.getCommandBuilder().setPrincipal("saga");
        letters.then(ofSaga.build());
        letters.then(deadLettered().build());

        Commit.Builder adas = drives("command 1", OutcomeKind.OUTCOME_KIND_REJECTED);
        adas.getCommandBuilder().setPrincipal("ada");
        letters.then(adas.build());
        Commit.Builder strange = drives("command 2", OutcomeKind.OUTCOME_KIND_APPLIED);
        strange.getCommandBuilder().setPrincipal("ada");
        letters.then(strange.build());

        String saga = "saga/" + Proposals.command("command 1").getCommandId();
        assertThat(letters.row(saga).getRedrivenBy())
                .isEqualTo(Proposals.command("command 3").getCommandId());
        assertThat(letters.row(key("command 2")).getRedrives()).isZero();
    }

    @Test
    void any_other_outcome_is_none_of_its_business() {
        letters.then(log.of("contact/c"));
        assertThat(letters.has(key("command 1"))).isFalse();
    }
}
