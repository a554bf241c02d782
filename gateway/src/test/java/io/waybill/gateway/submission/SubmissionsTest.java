package io.waybill.gateway.submission;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;

import io.waybill.catalogue.Ids;
import io.waybill.gateway.outbox.MemoryOutboxStore;
import io.waybill.gateway.outbox.MemoryOutboxStore.Trouble;
import io.waybill.gateway.outbox.Outbox;
import io.waybill.gateway.outbox.OutboxSettings;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.UpdateContact;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.OrderItem;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.proto.queue.v1.Answer;
import io.waybill.proto.queue.v1.AnswerBatch;
import io.waybill.proto.queue.v1.RecordedOutcome;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;

/** What is accepted, what is refused at once, and what is left to the log. */
class SubmissionsTest {

    private static final Principal ADA = new Principal("ada");
    private static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final StoreInfo STORE =
            StoreInfo.newBuilder().setStoreId("s").setPartitions(1).setIncarnation("i").build();

    private final VirtualTime time = new VirtualTime(1, Instant.parse("2026-01-01T00:00:00Z"));
    private final VirtualEventLoop loop = time.loop("gateway");
    private final MemoryOutboxStore.Disk disk = new MemoryOutboxStore.Disk();
    private final List<OutboxEntry> published = new ArrayList<>();
    private final RecordedInMemory recorded = new RecordedInMemory();
    private final Outbox outbox =
            new Outbox(
                    OutboxSettings.usual(Duration.ZERO),
                    loop,
                    new MemoryOutboxStore(loop, disk, Duration.ofMillis(1)),
                    (entry, sending, predecessor) -> {
                        published.add(entry);
                        return CompletableFuture.completedFuture(new PublishResult(0, ""));
                    },
                    () -> CompletableFuture.completedFuture(STORE),
                    time.random());
    private final Submissions submissions =
            new Submissions(outbox, recorded, loop::now, Runnable::run);

    @BeforeEach
    void start() {
        var _ = outbox.start();
        outbox.connected(true);
        time.run(Duration.ofSeconds(1));
    }

    @Test
    void an_add_is_acknowledged_with_the_id_that_the_contact_will_have() {
        Accepted accepted = accepted(add("John HUEBR"));

        assertThat(accepted.acknowledgement()).isEqualTo("Queued to add");
        assertThat(accepted.at()).isEqualTo("2026-01-01T00:00:01Z");
        assertThat(accepted.aggregateId())
                .isEqualTo(Ids.aggregateId("contact", "ada", accepted.commandId()));
        OutboxEntry entry = published.getFirst();
        assertThat(entry.getStream()).isEqualTo("contact/" + accepted.aggregateId());
        assertThat(entry.getCommand().getPrincipal()).isEqualTo("ada");
        assertThat(entry.getMetadata().getTopic()).isEqualTo("CONTACT/ADD");
        assertThat(entry.getMetadata().getDoor()).isEqualTo("GRAPHQL");
        assertThat(entry.getMetadata().getAcceptedAt().getSeconds())
                .isEqualTo(Instant.parse("2026-01-01T00:00:01Z").getEpochSecond());
    }

    @Test
    void bad_input_names_its_field_and_queues_nothing() {
        assertThat(refused(add("  "), ErrorCode.BAD_USER_INPUT).field()).contains("name");
        assertThat(
                        refused(
                                        AddContact.newBuilder()
                                                .setName("Ada")
                                                .setEmail("nonsense")
                                                .build(),
                                        ErrorCode.BAD_USER_INPUT)
                                .field())
                .contains("email");
        assertThat(disk.contents()).isEmpty();
    }

    @Test
    void an_order_whose_total_cannot_be_kept_is_refused_at_its_item_and_nothing_is_queued() {
        CreateOrder.Builder order =
                CreateOrder.newBuilder().setCustomerId(ID).setRestaurantId(ID).setCurrency("EUR");
        for (int i = 0; i < 100; i++) {
            order.addOrderItems(
                    OrderItem.newBuilder()
                            .setCode("item " + i)
                            .setUnitPrice("9999999999999.99")
                            .setQuantity(999));
        }

        WaybillException failure = refused(order.build(), ErrorCode.AMOUNT_TOO_LARGE);

        assertThat(failure.field()).contains("order_items[9].unit_price");
        assertThat(failure.sentence())
                .isEqualTo(
                        "order_items[9].unit_price makes the total larger than can be kept exactly");
        assertThat(disk.contents()).isEmpty();
    }

    @Test
    void a_malformed_id_is_not_found_but_other_fields_are_looked_at_first() {
        WaybillException failure = refused(update("nonsense", "Ada"), ErrorCode.NOT_FOUND);
        assertThat(failure.sentence()).isEqualTo("contact with id nonsense not found");
        assertThat(refused(update("nonsense", " "), ErrorCode.BAD_USER_INPUT).field())
                .contains("name");
        assertThat(refused(delete(""), ErrorCode.NOT_FOUND).field()).contains("id");
        assertThat(refused(delete("x".repeat(100_000)), ErrorCode.NOT_FOUND).sentence())
                .hasSizeLessThan(200);
    }

    @Test
    void an_id_that_is_neither_readable_nor_pending_here_is_not_found() {
        assertThat(refused(update(ID, "Ada"), ErrorCode.NOT_FOUND).sentence())
                .isEqualTo("contact with id %s not found".formatted(ID));
        assertThat(disk.contents()).isEmpty();

        recorded.contacts.add(ID);
        accepted(update(ID, "Ada"));
    }

    @Test
    void an_aggregate_with_a_pending_command_needs_no_look() {
        Accepted added = accepted(add("Ada"));

        Accepted deleted = accepted(delete(added.aggregateId()));

        assertThat(deleted.aggregateId()).isEqualTo(added.aggregateId());
        assertThat(recorded.questions).isZero();
    }

    @Test
    void a_gateway_that_takes_no_more_work_leaves_nobody_waiting_for_an_answer() {
        Submissions stopping =
                new Submissions(
                        outbox,
                        recorded,
                        loop::now,
                        task -> {
                            throw new RejectedExecutionException("shut down");
                        });

        CompletableFuture<Accepted> result =
                stopping.submit(ADA, "GRAPHQL", add("Ada"), Optional.empty(), Optional.empty());
        time.run(Duration.ofSeconds(1));

        String command = published.getFirst().getCommand().getCommandId();
        assertThat(result)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(
                        WaybillException.class,
                        failure -> {
                            assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                            assertThat(failure.sentence()).contains("in doubt", command);
                        });
    }

    @Test
    void what_cannot_be_looked_up_is_accepted() {
        recorded.down = true;

        accepted(update(ID, "Ada"));
        accepted(delete(ID), "key");

        assertThat(published).hasSize(2);
    }

    @Test
    void one_with_a_key_that_could_not_be_looked_up_is_marked_as_unseen() {
        accepted(add("Ada"), "seen");
        recorded.down = true;
        accepted(add("Ada"), "unseen");
        accepted(add("Ada"));

        assertThat(published)
                .extracting(OutboxEntry::getUnseen)
                .containsExactly(false, true, false);
    }

    @Test
    void the_same_key_is_the_same_command_while_it_is_pending() {
        Accepted first = accepted(add("Ada"), "key");
        int questions = recorded.questions;
        Accepted second = accepted(add(" Ada "), "key");

        assertThat(second).isEqualTo(first);
        assertThat(published).hasSize(1);
        assertThat(recorded.questions).isEqualTo(questions);
        assertThat(refused(add("Bob"), "key", ErrorCode.IDEMPOTENCY_KEY_REUSED).field())
                .contains("idempotencyKey");
    }

    @Test
    void the_same_key_at_the_same_moment_is_the_same_command() {
        CompletableFuture<Accepted> first = submit(add("Ada"), Optional.of("key"));
        CompletableFuture<Accepted> second = submit(add("Ada"), Optional.of("key"));
        CompletableFuture<Accepted> other = submit(add("Bob"), Optional.of("key"));
        time.run(Duration.ofSeconds(1));

        assertThat(second.join()).isEqualTo(first.join());
        assertThat(other).isCompletedExceptionally();
        assertThat(published).hasSize(1);
    }

    @Test
    void the_same_key_is_the_same_command_when_it_has_its_outcome() {
        Accepted first = accepted(add("Ada"), "key");
        decide(published.getFirst());

        assertThat(accepted(add("Ada"), "key")).isEqualTo(first);
        assertThat(published).hasSize(1);
        assertThat(outbox.size()).isZero();
        refused(add("Bob"), "key", ErrorCode.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void a_repeated_delete_is_answered_as_before_though_the_contact_is_gone() {
        recorded.contacts.add(ID);
        Accepted first = accepted(delete(ID), "key");
        decide(published.getFirst());
        recorded.contacts.clear();

        assertThat(accepted(delete(ID), "key")).isEqualTo(first);
        refused(delete(ID), "other key", ErrorCode.NOT_FOUND);
    }

    @Test
    void a_repeated_delete_that_cannot_be_looked_up_is_left_to_the_log() {
        recorded.commandsDown = true;

        accepted(delete(ID), "key");

        assertThat(published).extracting(OutboxEntry::getUnseen).containsExactly(true);
    }

    @Test
    void the_same_key_for_another_verb_target_or_principal_is_another_command() {
        Accepted added = accepted(add("Ada"), "key");
        Accepted updated = accepted(update(added.aggregateId(), "Ada"), "key");
        Accepted deleted = accepted(delete(added.aggregateId()), "key");
        Accepted others =
                now(
                        submissions.submit(
                                Principal.ANONYMOUS,
                                "GRAPHQL",
                                add("Bob"),
                                Optional.of("key"),
                                Optional.empty()));

        assertThat(List.of(added, updated, deleted, others))
                .extracting(Accepted::commandId)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_key_that_is_blank_too_long_or_no_unicode_is_refused() {
        for (String key : List.of(" ", "x".repeat(201), "\ud800")) {
            assertThat(refused(add("Ada"), key, ErrorCode.BAD_USER_INPUT).field())
                    .contains("idempotencyKey");
        }
    }

    @Test
    void only_a_well_formed_trace_goes_along() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        for (String given : List.of(trace, "nonsense")) {
            now(
                    submissions.submit(
                            ADA, "GRAPHQL", add("Ada"), Optional.empty(), Optional.of(given)));
        }
        assertThat(published)
                .extracting(entry -> entry.getMetadata().getTrace())
                .containsExactly(trace, "");
    }

    @Test
    void a_disk_that_fails_leaves_the_command_in_doubt_and_the_same_key_finds_out() {
        disk.next(Trouble.FAILS_BUT_IS_KEPT);
        WaybillException failure = refused(add("Ada"), "key", ErrorCode.UNAVAILABLE);

        Accepted again = accepted(add("Ada"), "key");

        assertThat(failure.sentence()).contains(again.commandId());
        assertThat(published).hasSize(1);
    }

    private void decide(OutboxEntry entry) {
        recorded.commands.put(
                entry.getCommand().getCommandId(),
                CommandView.newBuilder()
                        .setFingerprint(entry.getFingerprint())
                        .setMetadata(entry.getMetadata())
                        .build());
        outbox.answered(
                AnswerBatch.newBuilder()
                        .setStoreId("s")
                        .setIncarnation("i")
                        .addAnswers(
                                Answer.newBuilder()
                                        .setCommand(entry.getCommand())
                                        .setRecorded(
                                                RecordedOutcome.newBuilder()
                                                        .setFingerprint(entry.getFingerprint())))
                        .build(),
                () -> {});
        time.run(Duration.ofMillis(20));
        assertThat(outbox.held(entry.getCommand())).isEmpty();
    }

    private static Message add(String name) {
        return AddContact.newBuilder().setName(name).build();
    }

    private static Message update(String id, String name) {
        return UpdateContact.newBuilder().setId(id).setName(name).build();
    }

    private static Message delete(String id) {
        return DeleteContact.newBuilder().setId(id).build();
    }

    private CompletableFuture<Accepted> submit(Message command, Optional<String> key) {
        return submissions.submit(ADA, "GRAPHQL", command, key, Optional.empty());
    }

    private Accepted now(CompletableFuture<Accepted> submitted) {
        time.run(Duration.ofMillis(20));
        assertThat(submitted).isDone();
        return submitted.join();
    }

    private Accepted accepted(Message command) {
        return now(submit(command, Optional.empty()));
    }

    private Accepted accepted(Message command, String key) {
        return now(submit(command, Optional.of(key)));
    }

    private WaybillException refused(Message command, ErrorCode code) {
        return refused(submit(command, Optional.empty()), code);
    }

    private WaybillException refused(Message command, String key, ErrorCode code) {
        return refused(submit(command, Optional.of(key)), code);
    }

    private WaybillException refused(CompletableFuture<Accepted> submitted, ErrorCode code) {
        time.run(Duration.ofMillis(20));
        assertThat(submitted).isCompletedExceptionally();
        Throwable failure = submitted.handle((accepted, thrown) -> thrown).join();
        assertThat(failure)
                .isInstanceOfSatisfying(
                        WaybillException.class, known -> assertThat(known.code()).isEqualTo(code));
        return (WaybillException) failure;
    }

    /** What is recorded, in memory; or down. */
    private static final class RecordedInMemory implements Recorded {

        private final Map<String, CommandView> commands = new HashMap<>();
        private final List<String> contacts = new ArrayList<>();
        private boolean down;
        private boolean commandsDown;
        private int questions;

        @Override
        public CompletableFuture<Optional<CommandView>> command(
                Principal principal, String commandId) {
            questions++;
            return down || commandsDown
                    ? failed()
                    : CompletableFuture.completedFuture(
                            Optional.ofNullable(commands.get(commandId)));
        }

        @Override
        public CompletableFuture<Boolean> exists(Principal principal, String aggregate, String id) {
            questions++;
            assertThat(aggregate).isEqualTo("contact");
            return down ? failed() : CompletableFuture.completedFuture(contacts.contains(id));
        }

        private static <T> CompletableFuture<T> failed() {
            return CompletableFuture.failedFuture(
                    new WaybillException(ErrorCode.UNAVAILABLE, "the reader is down"));
        }
    }
}
