package io.waybill.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.grpc.Status;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.reader.v1.CommandReaderGrpc;
import io.waybill.proto.reader.v1.GetCommandRequest;
import io.waybill.proto.reader.v1.GetCommandResponse;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.OnBehalfOf;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.identity.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

class CommandReaderTest {

    private static final String ID = UUID.randomUUID().toString();

    @RegisterExtension final RunningReader reader = new RunningReader();

    private static GetCommandRequest byId(String id) {
        return GetCommandRequest.newBuilder().setCommandId(id).build();
    }

    private GetCommandResponse read(Channel channel, GetCommandRequest request) {
        return CommandReaderGrpc.newBlockingStub(channel)
                .withDeadlineAfter(Duration.ofSeconds(30))
                .getCommand(request);
    }

    private WaybillException notFound(Channel channel, GetCommandRequest request) {
        return RunningReader.failure(
                Status.Code.NOT_FOUND, ErrorCode.NOT_FOUND, () -> read(channel, request));
    }

    @Test
    void a_decided_command_is_read_by_its_id() {
        CommandView command = reader.recorded("anonymous", ID);

        assertThat(read(reader.anyone(), byId(ID)).getCommand()).isEqualTo(command);
    }

    @Test
    void a_command_without_an_outcome_is_not_found() {
        assertThat(notFound(reader.anyone(), byId(ID)).sentence())
                .startsWith("command with id " + ID + " not found");
        assertThat(notFound(reader.anyone(), byId("nonsense")).sentence())
                .startsWith("command with id nonsense not found");
    }

    @Test
    void nobody_sees_another_principals_command() {
        reader.recorded("ada", ID);
        CommandReaderGrpc.CommandReaderBlockingStub gateway =
                CommandReaderGrpc.newBlockingStub(reader.role(Role.GATEWAY))
                        .withDeadlineAfter(Duration.ofSeconds(30));

        notFound(reader.anyone(), byId(ID));
        notFound(reader.role(Role.GATEWAY), byId(ID));
        RunningReader.failure(
                Status.Code.NOT_FOUND,
                ErrorCode.NOT_FOUND,
                () ->
                        gateway.withCallCredentials(OnBehalfOf.of(new Principal("bob")))
                                .getCommand(byId(ID)));

        assertThat(read(reader.bearing(RunningReader.ADAS_TOKEN), byId(ID)).hasCommand()).isTrue();
        assertThat(
                        gateway.withCallCredentials(OnBehalfOf.of(new Principal("ada")))
                                .getCommand(byId(ID))
                                .hasCommand())
                .isTrue();
    }

    @Test
    void a_reader_that_waits_gets_the_outcome_when_it_comes() throws Exception {
        var waiting =
                CommandReaderGrpc.newFutureStub(reader.anyone())
                        .withDeadlineAfter(Duration.ofSeconds(40))
                        .getCommand(byId(ID).toBuilder().setMaxWaitMillis(30_000).build());
        await().until(() -> reader.queries.waiting() == 1);
        CommandView command = reader.recorded("anonymous", ID);

        assertThat(waiting.get(10, TimeUnit.SECONDS).getCommand()).isEqualTo(command);
    }

    @Test
    void a_reader_that_waits_in_vain_is_told_not_found() {
        notFound(reader.anyone(), byId(ID).toBuilder().setMaxWaitMillis(200).build());
    }

    @Test
    void a_look_no_older_than_the_log_waits_for_the_read_model_first() throws Exception {
        reader.queries.behind(true);

        var waiting =
                CommandReaderGrpc.newFutureStub(reader.anyone())
                        .withDeadlineAfter(Duration.ofSeconds(30))
                        .getCommand(byId(ID).toBuilder().setLogEnd(true).build());
        await().until(() -> reader.queries.waiting() == 1);
        CommandView command = reader.recorded("anonymous", ID);
        assertThat(waiting.isDone()).isFalse();
        reader.queries.behind(false);

        assertThat(waiting.get(10, TimeUnit.SECONDS).getCommand()).isEqualTo(command);
    }

    @Test
    void nobody_waits_longer_than_half_a_minute() {
        WaybillException failure =
                RunningReader.failure(
                        Status.Code.INVALID_ARGUMENT,
                        ErrorCode.BAD_USER_INPUT,
                        () ->
                                read(
                                        reader.anyone(),
                                        byId(ID).toBuilder().setMaxWaitMillis(-1).build()));

        assertThat(failure.field()).contains("max_wait_millis");
        assertThat(failure.sentence())
                .isEqualTo("max_wait_millis must be 0 to 30000, but is 4294967295");
    }
}
