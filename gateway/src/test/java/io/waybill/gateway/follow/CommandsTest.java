package io.waybill.gateway.follow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.waybill.gateway.follow.CommandStatus.Decided;
import io.waybill.gateway.follow.CommandStatus.Pending;
import io.waybill.gateway.outbox.MemoryOutboxStore;
import io.waybill.gateway.outbox.Outbox;
import io.waybill.gateway.outbox.OutboxSettings;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.CommandView;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.StoreInfo;
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

import org.jspecify.annotations.Nullable;
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
import java.util.function.Supplier;

/** Commands can be followed wherever they came in, and nobody sees another's. */
class CommandsTest {

    private static final Principal ADA = new Principal("ada");
    private static final Principal BOB = new Principal("bob");

    private final VirtualTime time = new VirtualTime(1, Instant.parse("2026-01-01T00:00:00Z"));
    private final VirtualEventLoop loop = time.loop("gateway");
    private final Outbox outbox =
            new Outbox(
                    OutboxSettings.usual(Duration.ofSeconds(3)),
                    loop,
                    new MemoryOutboxStore(loop, new MemoryOutboxStore.Disk(), Duration.ofMillis(1)),
                    (entry, sending, predecessor) ->
                            CompletableFuture.completedFuture(new PublishResult(0, "")),
                    () ->
                            CompletableFuture.completedFuture(
                                    StoreInfo.newBuilder().setPartitions(1).build()),
                    time.random());
    private final ReaderInMemory reader = new ReaderInMemory();
    private final Commands commands = new Commands(outbox, reader, loop, loop, 3);

    @BeforeEach
    void start() {
        var _ = outbox.start();
        time.run(Duration.ofSeconds(1));
    }

    @Test
    void a_command_held_here_is_pending_and_its_outcome_is_told_at_once() {
        accept(ADA, "a");
        Told told = follow(ADA, "a");

        assertThat(told.heard).singleElement().isInstanceOf(Pending.class);
        decide(ADA, "a", "content");

        assertThat(told.heard.getLast())
                .isInstanceOfSatisfying(
                        Decided.class,
                        decided -> {
                            assertThat(decided.outcome().getKind())
                                    .isEqualTo(OutcomeKind.OUTCOME_KIND_APPLIED);
                            assertThat(decided.aggregateId()).isEqualTo("1");
                            assertThat(decided.topic()).isEqualTo("CONTACT/ADD");
                        });
        assertThat(told.completed).isEqualTo(1);
        assertThat(told.heard).hasSize(2);
        assertThat(reader.questions).isZero();
        assertThat(commands.followers()).isZero();
    }

    @Test
    void a_command_that_came_in_elsewhere_is_followed_through_the_reader() {
        Told told = follow(ADA, "a");
        time.run(Duration.ofMinutes(2));
        assertThat(told.heard).isEmpty();
        assertThat(reader.questions).isLessThan(10);

        reader.record(ADA, "a");
        time.run(Duration.ofSeconds(1));

        assertThat(told.heard).singleElement().isInstanceOf(Decided.class);
        assertThat(told.completed).isEqualTo(1);
    }

    @Test
    void a_reader_that_is_down_is_asked_again_with_a_backoff() {
        reader.down = true;
        Told told = follow(ADA, "a");
        time.run(Duration.ofMinutes(2));
        assertThat(reader.questions).isBetween(8, 25);

        reader.down = false;
        reader.record(ADA, "a");
        time.run(Duration.ofSeconds(16));

        assertThat(told.heard).hasSize(1);
    }

    @Test
    void one_that_is_accepted_here_while_it_is_followed_becomes_pending() {
        Told told = follow(ADA, "a");
        accept(ADA, "a");
        assertThat(told.heard).singleElement().isInstanceOf(Pending.class);
        decide(ADA, "a", "content");
        assertThat(told.heard).hasSize(2);
        assertThat(told.completed).isEqualTo(1);
    }

    @Test
    void an_outcome_of_another_content_is_read_as_it_is_recorded() {
        accept(ADA, "a");
        Told told = follow(ADA, "a");
        decide(ADA, "a", "another content");
        assertThat(told.heard).hasSize(1);

        reader.record(ADA, "a");
        time.run(Duration.ofSeconds(1));

        assertThat(told.heard).hasSize(2);
        assertThat(told.completed).isEqualTo(1);
    }

    @Test
    void the_status_is_pending_then_the_outcome_and_empty_for_others() {
        accept(ADA, "a");
        assertThat(commands.status(ADA, "a").join()).get().isInstanceOf(Pending.class);
        assertThat(commands.status(BOB, "a").join()).isEmpty();

        reader.record(ADA, "a");
        decide(ADA, "a", "content");

        assertThat(commands.status(ADA, "a").join()).get().isInstanceOf(Decided.class);
        assertThat(commands.status(BOB, "a").join()).isEmpty();
    }

    @Test
    void an_outcome_that_can_be_read_is_told_though_its_answer_has_not_come_yet() {
        accept(ADA, "a");

        reader.record(ADA, "a");

        assertThat(outbox.held(identity(ADA, "a"))).isPresent();
        assertThat(commands.status(ADA, "a").join()).get().isInstanceOf(Decided.class);
    }

    @Test
    void what_is_held_here_is_pending_while_the_reader_is_away_or_says_nothing() {
        accept(ADA, "a");

        reader.now = () -> CompletableFuture.failedFuture(new IllegalStateException("down"));
        assertThat(commands.status(ADA, "a").join()).get().isInstanceOf(Pending.class);

        reader.now = CompletableFuture::new;
        assertThat(commands.status(ADA, "a"))
                .succeedsWithin(Duration.ofSeconds(5))
                .satisfies(status -> assertThat(status).get().isInstanceOf(Pending.class));
    }

    @Test
    void nobody_hears_of_another_principals_command() {
        accept(ADA, "a");
        Told told = follow(BOB, "a");
        decide(ADA, "a", "content");
        time.run(Duration.ofMinutes(1));
        assertThat(told.heard).isEmpty();
    }

    @Test
    void who_stops_following_hears_nothing_more_and_asks_no_more() {
        Told told = follow(ADA, "a");
        CompletableFuture<Optional<CommandView>> question = reader.waiting.getFirst().answer();

        told.following.close();
        told.following.close();
        reader.record(ADA, "a");
        time.run(Duration.ofMinutes(5));

        assertThat(question).isCancelled();
        assertThat(told.heard).isEmpty();
        assertThat(told.completed).isZero();
        assertThat(reader.questions).isEqualTo(1);
        assertThat(commands.followers()).isZero();
    }

    @Test
    void who_stops_following_does_not_wait_for_a_question_that_is_just_being_asked() {
        Told told = follow(ADA, "a");
        List<CompletableFuture<Void>> stopped = new ArrayList<>();
        reader.whileAsked =
                () -> {
                    CompletableFuture<Void> elsewhere =
                            CompletableFuture.runAsync(told.following::close);
                    stopped.add(elsewhere);
                    assertThat(elsewhere).succeedsWithin(Duration.ofSeconds(5));
                };
        time.run(Duration.ofSeconds(21));

        assertThat(stopped).hasSize(1);
        assertThat(reader.waiting.getLast().answer()).isCancelled();
        time.run(Duration.ofMinutes(1));
        assertThat(reader.questions).isEqualTo(2);
        assertThat(commands.followers()).isZero();
    }

    @Test
    void the_number_of_followers_is_bounded() {
        List<Told> told = new ArrayList<>();
        for (String id : List.of("a", "a", "b", "c")) {
            told.add(follow(ADA, id));
        }

        assertThat(told.getLast().failures)
                .singleElement()
                .satisfies(
                        failure ->
                                assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
        told.getFirst().following.close();
        assertThat(follow(ADA, "c").failures).isEmpty();
    }

    @Test
    void a_gateway_that_stops_says_so() {
        Told told = follow(ADA, "a");
        commands.close();
        Told late = follow(ADA, "a");
        time.run(Duration.ofSeconds(1));

        for (Told one : List.of(told, late)) {
            assertThat(one.failures)
                    .singleElement()
                    .satisfies(
                            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        }
        assertThat(commands.followers()).isZero();
    }

    private Told follow(Principal principal, String id) {
        Told told = new Told();
        told.following = commands.follow(principal, id, told);
        time.run(Duration.ofMillis(20));
        return told;
    }

    private static CommandIdentity identity(Principal principal, String id) {
        return CommandIdentity.newBuilder().setPrincipal(principal.name()).setCommandId(id).build();
    }

    private void accept(Principal principal, String id) {
        CompletableFuture<Void> accepted =
                outbox.submit(
                        OutboxEntry.newBuilder()
                                .setCommand(identity(principal, id))
                                .setStream("contact/1")
                                .setFingerprint(ByteString.copyFromUtf8("content"))
                                .setMetadata(Metadata.newBuilder().setTopic("CONTACT/ADD"))
                                .build());
        time.run(Duration.ofMillis(20));
        accepted.join();
    }

    private void decide(Principal principal, String id, String content) {
        outbox.answered(
                AnswerBatch.newBuilder()
                        .addAnswers(
                                Answer.newBuilder()
                                        .setCommand(identity(principal, id))
                                        .setRecorded(
                                                RecordedOutcome.newBuilder()
                                                        .setOutcome(applied())
                                                        .setFingerprint(
                                                                ByteString.copyFromUtf8(content))
                                                        .setAggregateId("1")))
                        .build(),
                () -> {});
        time.run(Duration.ofMillis(20));
    }

    private static Outcome applied() {
        return Outcome.newBuilder().setKind(OutcomeKind.OUTCOME_KIND_APPLIED).build();
    }

    private static final class Told implements Follower {

        private final List<CommandStatus> heard = new ArrayList<>();
        private final List<WaybillException> failures = new ArrayList<>();
        private int completed;
        private Following following = () -> {};

        @Override
        public void status(CommandStatus status) {
            heard.add(status);
        }

        @Override
        public void completed() {
            completed++;
        }

        @Override
        public void failed(WaybillException failure) {
            failures.add(failure);
        }
    }

    /** Outcomes in memory, in virtual time. */
    private final class ReaderInMemory implements Outcomes {

        private record Waiting(
                CommandIdentity command, CompletableFuture<Optional<CommandView>> answer) {}

        private final Map<CommandIdentity, CommandView> views = new HashMap<>();
        private final List<Waiting> waiting = new ArrayList<>();
        private boolean down;
        private int questions;
        private Runnable whileAsked = () -> {};
        private @Nullable Supplier<CompletableFuture<Optional<CommandView>>> now;

        void record(Principal principal, String id) {
            CommandView view =
                    CommandView.newBuilder().setCommandId(id).setOutcome(applied()).build();
            views.put(identity(principal, id), view);
            for (Waiting one : List.copyOf(waiting)) {
                if (one.command().equals(identity(principal, id))) {
                    one.answer().complete(Optional.of(view));
                }
            }
        }

        @Override
        public CompletableFuture<Optional<CommandView>> now(Principal principal, String id) {
            if (now != null) {
                return now.get();
            }
            return CompletableFuture.completedFuture(
                    Optional.ofNullable(views.get(identity(principal, id))));
        }

        @Override
        public CompletableFuture<Optional<CommandView>> within(
                CommandIdentity command, Duration wait) {
            questions++;
            whileAsked.run();
            if (down) {
                return CompletableFuture.failedFuture(new IllegalStateException("down"));
            }
            CommandView view = views.get(command);
            if (view != null) {
                return CompletableFuture.completedFuture(Optional.of(view));
            }
            Waiting one = new Waiting(command, new CompletableFuture<>());
            waiting.add(one);
            loop.schedule(wait, () -> one.answer().complete(Optional.empty()));
            return one.answer();
        }
    }
}
