package io.waybill.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.ListenableFuture;

import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.waybill.proto.contact.v1.ContactView;
import io.waybill.proto.reader.v1.ContactReaderGrpc;
import io.waybill.proto.reader.v1.GetContactRequest;
import io.waybill.proto.reader.v1.GetContactResponse;
import io.waybill.proto.reader.v1.ListContactsRequest;
import io.waybill.proto.reader.v1.ReadAfter;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.OnBehalfOf;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.identity.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class ReadAfterTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @RegisterExtension final RunningReader reader = new RunningReader();

    private static ReadAfter command(String id) {
        return ReadAfter.newBuilder().setCommandId(id).build();
    }

    private static GetContactRequest get(ContactView contact, ReadAfter after) {
        return GetContactRequest.newBuilder().setId(contact.getId()).setReadAfter(after).build();
    }

    private GetContactResponse read(Channel channel, Duration deadline, GetContactRequest request) {
        return ContactReaderGrpc.newBlockingStub(channel)
                .withDeadlineAfter(deadline)
                .getContact(request);
    }

    @Test
    void a_read_waits_for_the_outcome_of_the_callers_command() throws Exception {
        ContactView ada = reader.added("Ada");
        String commandId = UUID.randomUUID().toString();

        ListenableFuture<GetContactResponse> waiting =
                ContactReaderGrpc.newFutureStub(reader.anyone())
                        .withDeadlineAfter(LONG)
                        .getContact(get(ada, command(commandId)));
        await().until(() -> reader.queries.waiting() == 1);
        assertThat(waiting.isDone()).isFalse();
        reader.recorded("anonymous", commandId);

        assertThat(waiting.get(10, TimeUnit.SECONDS).getContact()).isEqualTo(ada);
    }

    @Test
    void hundreds_of_reads_wait_side_by_side_without_a_thread_each() throws Exception {
        ContactView ada = reader.added("Ada");
        String commandId = UUID.randomUUID().toString();
        var stub = ContactReaderGrpc.newFutureStub(reader.anyone()).withDeadlineAfter(LONG);
        int threadsBefore = Thread.activeCount();

        List<ListenableFuture<GetContactResponse>> waiting =
                Stream.generate(() -> stub.getContact(get(ada, command(commandId))))
                        .limit(500)
                        .toList();
        await().until(() -> reader.queries.waiting() == 500);
        int threadsMeanwhile = Thread.activeCount();
        reader.recorded("anonymous", commandId);

        for (ListenableFuture<GetContactResponse> one : waiting) {
            assertThat(one.get(10, TimeUnit.SECONDS).getContact()).isEqualTo(ada);
        }
        assertThat(threadsMeanwhile - threadsBefore).isLessThan(100);
    }

    @Test
    void a_command_that_nobody_knows_has_its_own_code_within_the_delay_and_five_seconds() {
        ContactView ada = reader.added("Ada");
        String unknown = UUID.randomUUID().toString();
        long begun = System.nanoTime();

        WaybillException failure =
                RunningReader.failure(
                        Status.Code.DEADLINE_EXCEEDED,
                        ErrorCode.AFTER_COMMAND_TIMEOUT,
                        () -> read(reader.anyone(), LONG, get(ada, command(unknown))));

        Matcher said =
                Pattern.compile("the outcome of command (.*) did not come within (\\d+) ms")
                        .matcher(failure.sentence());
        assertThat(said.matches()).as(failure.sentence()).isTrue();
        assertThat(said.group(1)).isEqualTo(unknown);
        Duration waited = Duration.ofMillis(Long.parseLong(said.group(2)));
        assertThat(waited).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(waited);
    }

    @Test
    void a_caller_in_a_hurry_is_told_before_its_own_deadline() {
        ContactView ada = reader.added("Ada");

        RunningReader.failure(
                Status.Code.DEADLINE_EXCEEDED,
                ErrorCode.AFTER_COMMAND_TIMEOUT,
                () ->
                        read(
                                reader.anyone(),
                                Duration.ofSeconds(2),
                                get(ada, command(UUID.randomUUID().toString()))));
    }

    @Test
    void what_is_no_command_id_is_refused_at_once_with_the_field() {
        ContactView ada = reader.added("Ada");

        WaybillException failure =
                RunningReader.failure(
                        Status.Code.INVALID_ARGUMENT,
                        ErrorCode.BAD_USER_INPUT,
                        () -> read(reader.anyone(), LONG, get(ada, command("nope"))));

        assertThat(failure.field()).contains("read_after.command_id");
        assertThat(failure.sentence())
                .isEqualTo("read_after.command_id must be the UUID of a command, but is nope");
    }

    @Test
    void the_wait_comes_first_though_the_id_is_none() {
        GetContactRequest none =
                GetContactRequest.newBuilder()
                        .setId("x")
                        .setReadAfter(command(UUID.randomUUID().toString()))
                        .build();

        RunningReader.failure(
                Status.Code.DEADLINE_EXCEEDED,
                ErrorCode.AFTER_COMMAND_TIMEOUT,
                () -> read(reader.anyone(), LONG, none));
    }

    @Test
    void an_id_that_is_none_is_not_found_once_the_command_is_readable() {
        String commandId = UUID.randomUUID().toString();
        reader.recorded("anonymous", commandId);

        RunningReader.failure(
                Status.Code.NOT_FOUND,
                ErrorCode.NOT_FOUND,
                () ->
                        read(
                                reader.anyone(),
                                LONG,
                                GetContactRequest.newBuilder()
                                        .setId("x")
                                        .setReadAfter(command(commandId))
                                        .build()));
    }

    @Test
    void nobody_can_wait_for_another_principals_command() {
        ContactView ada = reader.added("Ada");
        String commandId = UUID.randomUUID().toString();
        reader.recorded("ada", commandId);

        RunningReader.failure(
                Status.Code.DEADLINE_EXCEEDED,
                ErrorCode.AFTER_COMMAND_TIMEOUT,
                () -> read(reader.anyone(), LONG, get(ada, command(commandId))));
        assertThat(
                        read(
                                        reader.bearing(RunningReader.ADAS_TOKEN),
                                        LONG,
                                        get(ada, command(commandId)))
                                .getContact())
                .isEqualTo(ada);
        assertThat(
                        ContactReaderGrpc.newBlockingStub(reader.role(Role.GATEWAY))
                                .withCallCredentials(OnBehalfOf.of(new Principal("ada")))
                                .withDeadlineAfter(LONG)
                                .getContact(get(ada, command(commandId)))
                                .getContact())
                .isEqualTo(ada);
    }

    @Test
    void a_read_no_older_than_the_log_waits_for_the_read_model() throws Exception {
        reader.added("Ada");
        reader.queries.behind(true);

        var waiting =
                ContactReaderGrpc.newFutureStub(reader.anyone())
                        .withDeadlineAfter(LONG)
                        .listContacts(
                                ListContactsRequest.newBuilder()
                                        .setFirst(10)
                                        .setReadAfter(ReadAfter.newBuilder().setLogEnd(true))
                                        .build());
        await().until(() -> reader.queries.waiting() == 1);
        reader.added("Bob");
        reader.queries.behind(false);

        assertThat(waiting.get(10, TimeUnit.SECONDS).getEdgesList()).hasSize(2);
    }

    @Test
    void a_read_model_that_does_not_catch_up_is_no_answer() {
        ContactView ada = reader.added("Ada");
        reader.queries.behind(true);

        WaybillException failure =
                RunningReader.failure(
                        Status.Code.DEADLINE_EXCEEDED,
                        ErrorCode.TIMEOUT,
                        () ->
                                read(
                                        reader.anyone(),
                                        LONG,
                                        get(ada, ReadAfter.newBuilder().setLogEnd(true).build())));

        assertThat(failure.sentence()).contains("did not catch up with the log");
    }

    @Test
    void a_command_and_the_logs_end_together_are_refused() {
        ContactView ada = reader.added("Ada");

        WaybillException failure =
                RunningReader.failure(
                        Status.Code.INVALID_ARGUMENT,
                        ErrorCode.BAD_USER_INPUT,
                        () ->
                                read(
                                        reader.anyone(),
                                        LONG,
                                        get(
                                                ada,
                                                command(UUID.randomUUID().toString()).toBuilder()
                                                        .setLogEnd(true)
                                                        .build())));

        assertThat(failure.field()).contains("read_after");
    }

    @Test
    void a_cancelled_read_is_forgotten_and_the_next_is_answered() throws Exception {
        ContactView ada = reader.added("Ada");
        String commandId = UUID.randomUUID().toString();
        Channel channel = reader.anyone();
        try (Context.CancellableContext caller = Context.current().withCancellation()) {
            caller.run(
                    () -> {
                        var _ =
                                ContactReaderGrpc.newFutureStub(channel)
                                        .getContact(get(ada, command(commandId)));
                    });
            await().until(() -> reader.queries.waiting() == 1);
        }
        reader.recorded("anonymous", commandId);

        assertThat(read(channel, LONG, get(ada, command(commandId))).getContact()).isEqualTo(ada);
    }
}
