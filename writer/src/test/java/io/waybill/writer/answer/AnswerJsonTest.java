package io.waybill.writer.answer;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;

import org.junit.jupiter.api.Test;

class AnswerJsonTest {

    private static final CommandIdentity COMMAND =
            CommandIdentity.newBuilder().setPrincipal("ada").setCommandId("c-1").build();

    @Test
    void an_applied_command_names_its_aggregate_and_version() {
        Commit commit =
                commit("contact/7")
                        .setVersion(2)
                        .setOutcome(Outcome.newBuilder().setKind(OutcomeKind.OUTCOME_KIND_APPLIED))
                        .build();

        assertThat(text(AnswerJson.recorded(commit)))
                .isEqualTo(
                        """
                        {"commandId":"c-1","outcome":"APPLIED","id":"7","version":2,"fingerprint":"00ff"}""");
    }

    @Test
    void a_refused_one_says_why_and_which_field() {
        Commit commit =
                commit("contact/7")
                        .setOutcome(
                                Outcome.newBuilder()
                                        .setKind(OutcomeKind.OUTCOME_KIND_REJECTED)
                                        .setCode("NOT_FOUND")
                                        .setMessage("contact with id 7 not found")
                                        .setField("id"))
                        .build();

        assertThat(text(AnswerJson.recorded(commit)))
                .isEqualTo(
                        """
                        {"commandId":"c-1","outcome":"REJECTED","code":"NOT_FOUND",\
                        "message":"contact with id 7 not found","field":"id","id":"7",\
                        "version":0,"fingerprint":"00ff"}""");
    }

    @Test
    void a_command_that_names_no_aggregate_has_no_id() {
        Commit commit =
                commit("command/c-1")
                        .setOutcome(
                                Outcome.newBuilder()
                                        .setKind(OutcomeKind.OUTCOME_KIND_DEAD_LETTERED)
                                        .setCode("UNDECODABLE")
                                        .setMessage("a \"quoted\" reason"))
                        .build();

        assertThat(text(AnswerJson.recorded(commit)))
                .isEqualTo(
                        """
                        {"commandId":"c-1","outcome":"DEAD_LETTERED","code":"UNDECODABLE",\
                        "message":"a \\"quoted\\" reason","fingerprint":"00ff"}""");
    }

    @Test
    void another_content_under_a_recorded_identity_is_refused() {
        assertThat(text(AnswerJson.identityReused(COMMAND)))
                .startsWith(
                        """
                        {"commandId":"c-1","outcome":"REJECTED","code":"IDEMPOTENCY_KEY_REUSED",""");
    }

    private static Commit.Builder commit(String stream) {
        return Commit.newBuilder()
                .setStream(stream)
                .setCommand(COMMAND)
                .setFingerprint(ByteString.copyFrom(new byte[] {0, (byte) 0xff}));
    }

    private static String text(byte[] json) {
        return new String(json, UTF_8);
    }
}
