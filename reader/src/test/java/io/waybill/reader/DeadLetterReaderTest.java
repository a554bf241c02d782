package io.waybill.reader;

import static io.waybill.reader.StoredWorld.NOW;
import static io.waybill.reader.StoredWorld.at;
import static io.waybill.reader.StoredWorld.id;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.grpc.Channel;
import io.grpc.Status;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.DeadLetter;
import io.waybill.proto.reader.v1.DeadLetterReaderGrpc;
import io.waybill.proto.reader.v1.DeadLetterReaderGrpc.DeadLetterReaderBlockingStub;
import io.waybill.proto.reader.v1.Direction;
import io.waybill.proto.reader.v1.GetDeadLetterRequest;
import io.waybill.proto.reader.v1.ListDeadLettersRequest;
import io.waybill.proto.reader.v1.Page;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadLetterReaderTest {

    private StoredWorld world;

    @BeforeAll
    void fill(@TempDir Path folder) throws Exception {
        world = new StoredWorld(folder);
        letter("anonymous", "a1", "CONTACT/ADD", 10);
        letter("ada", "b1", "CONTACT/ADD", 20);
        letter("anonymous", "a2", "ORDER/CREATE", 30);
        letter("saga", "s1", "SAGA/PAYMENT/DEBIT", 40);
        letter("anonymous", "a3", "CONTACT/ADD", 50);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    private void letter(String principal, String command, String topic, long seconds) {
        world.append(
                world.next("command/" + id(command))
                        .setCommand(
                                CommandIdentity.newBuilder()
                                        .setPrincipal(principal)
                                        .setCommandId(id(command)))
                        .setOutcome(
                                Outcome.newBuilder()
                                        .setKind(OutcomeKind.OUTCOME_KIND_DEAD_LETTERED)
                                        .setCode("UNDECODABLE"))
                        .setMetadata(Metadata.newBuilder().setTopic(topic))
                        .setDecidedAt(at(seconds))
                        .setDeadLetter(
                                DeadLetter.newBuilder()
                                        .setReason("garbage")
                                        .setPayload(ByteString.copyFromUtf8("\0<b>"))));
    }

    private static DeadLetterReaderBlockingStub letters(Channel channel) {
        return DeadLetterReaderGrpc.newBlockingStub(channel)
                .withDeadlineAfter(Duration.ofMinutes(5));
    }

    private static ListDeadLettersRequest.Builder list() {
        return ListDeadLettersRequest.newBuilder()
                .setPage(Page.newBuilder().setFirst(100))
                .setReadAfter(NOW);
    }

    private static List<String> ids(Channel channel, ListDeadLettersRequest.Builder request) {
        return letters(channel).listDeadLetters(request.build()).getEdgesList().stream()
                .map(edge -> edge.getNode().getCommandId())
                .toList();
    }

    private static GetDeadLetterRequest of(String command) {
        return GetDeadLetterRequest.newBuilder()
                .setCommandId(id(command))
                .setReadAfter(NOW)
                .build();
    }

    @Test
    void a_client_sees_its_own_and_nobody_elses() {
        assertThat(ids(world.client(), list())).containsExactly(id("a1"), id("a2"), id("a3"));
        assertThat(ids(world.ada(), list())).containsExactly(id("b1"));
        RunningReader.failure(
                Status.Code.NOT_FOUND,
                ErrorCode.NOT_FOUND,
                () -> letters(world.ada()).getDeadLetter(of("a1")));
        assertThat(letters(world.client()).getDeadLetter(of("a1")).getDeadLetter().getPayload())
                .isEqualTo(ByteString.copyFromUtf8("\0<b>"));
    }

    @Test
    void those_of_sagas_are_everybodys() {
        assertThat(ids(world.ada(), list().setOfSagas(true))).containsExactly(id("s1"));
        assertThat(letters(world.ada()).getDeadLetter(of("s1")).getDeadLetter().getTopic())
                .isEqualTo("SAGA/PAYMENT/DEBIT");
    }

    @Test
    void they_are_found_by_topic_and_by_time_both_ways() {
        Channel client = world.client();
        assertThat(ids(client, list().setTopic("CONTACT/ADD"))).containsExactly(id("a1"), id("a3"));
        assertThat(ids(client, list().setFrom(at(11)).setTo(at(30)))).containsExactly(id("a2"));
        assertThat(ids(client, list().setTopic("CONTACT/ADD").setFrom(at(11))))
                .containsExactly(id("a3"));
        assertThat(ids(client, list().setDirection(Direction.DIRECTION_DESCENDING)))
                .containsExactly(id("a3"), id("a2"), id("a1"));
    }

    @Test
    void what_is_unknown_or_no_command_is_not_found() {
        for (String id : new String[] {id("nothing"), "nonsense"}) {
            assertThat(
                            RunningReader.failure(
                                            Status.Code.NOT_FOUND,
                                            ErrorCode.NOT_FOUND,
                                            () ->
                                                    letters(world.client())
                                                            .getDeadLetter(
                                                                    GetDeadLetterRequest
                                                                            .newBuilder()
                                                                            .setCommandId(id)
                                                                            .build()))
                                    .sentence())
                    .isEqualTo("dead letter with command id " + id + " not found");
        }
    }

    @Test
    void a_time_that_ends_before_it_begins_is_refused() {
        assertThat(
                        RunningReader.failure(
                                        Status.Code.INVALID_ARGUMENT,
                                        ErrorCode.BAD_USER_INPUT,
                                        () ->
                                                ids(
                                                        world.client(),
                                                        list().setFrom(at(2)).setTo(at(1))))
                                .field())
                .contains("to");
    }

    @ParameterizedTest
    @CsvSource({
        "NOPE, false, CONTACT/ADD, SAGA/PAYMENT/DEBIT",
        "contact/add, false, ORDER/RETRY, SAGA/PAYMENT/DEBIT",
        "NOPE, true, SAGA/PAYMENT/DEBIT, ORDER/CREATE"
    })
    void a_topic_that_there_is_not_is_refused_with_those_that_there_are(
            String topic, boolean ofSagas, String named, String notNamed) {
        WaybillException refusal =
                RunningReader.failure(
                        Status.Code.INVALID_ARGUMENT,
                        ErrorCode.BAD_USER_INPUT,
                        () -> ids(world.client(), list().setOfSagas(ofSagas).setTopic(topic)));

        assertThat(refusal.field()).contains("topic");
        assertThat(refusal.sentence())
                .startsWith("topic must be one of ")
                .contains(named)
                .doesNotContain(notNamed);
    }

    @Test
    void a_topic_of_the_catalogue_that_has_none_is_an_empty_list() {
        assertThat(ids(world.client(), list().setTopic("ORDER/CANCEL"))).isEmpty();
        assertThat(ids(world.client(), list().setOfSagas(true).setTopic("SAGA/PAYMENT/DEBIT")))
                .containsExactly(id("s1"));
    }
}
