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

    @Test
    void any_other_outcome_is_none_of_its_business() {
        letters.then(log.of("contact/c"));
        assertThat(letters.has(key("command 1"))).isFalse();
    }
}
