package io.waybill.database.feed;

import static io.waybill.database.engine.Proposals.adds;
import static io.waybill.database.engine.Proposals.applied;
import static io.waybill.database.engine.Proposals.id;
import static io.waybill.database.engine.Proposals.refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.waybill.database.TestDatabase;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.command.v1.SagaCause;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.feed.v1.EventFeedGrpc;
import io.waybill.proto.feed.v1.GetCheckpointRequest;
import io.waybill.proto.feed.v1.Narrowing;
import io.waybill.proto.feed.v1.SaveCheckpointRequest;
import io.waybill.proto.feed.v1.SubscribeRequest;
import io.waybill.proto.feed.v1.SubscribeResponse;
import io.waybill.wire.identity.Role;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

class EventFeedTest {

    private TestDatabase database;

    @BeforeEach
    void start(@TempDir Path folder) {
        database = TestDatabase.on(new MemoryEngine("store", "incarnation"), folder);
    }

    @AfterEach
    void stop() {
        database.close();
    }

    /** Takes what comes, as it asks for it. */
    private static final class Subscriber
            implements ClientResponseObserver<SubscribeRequest, SubscribeResponse> {
        private final List<Long> positions = new CopyOnWriteArrayList<>();
        private final List<Long> told = new CopyOnWriteArrayList<>();
        private final List<Status> ends = new CopyOnWriteArrayList<>();
        private final boolean greedy;
        private final CompletableFuture<ClientCallStreamObserver<SubscribeRequest>> call =
                new CompletableFuture<>();

        private Subscriber(boolean greedy) {
            this.greedy = greedy;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<SubscribeRequest> call) {
            this.call.complete(call);
            if (!greedy) {
                call.disableAutoRequestWithInitial(0);
            }
        }

        @Override
        public void onNext(SubscribeResponse response) {
            assertThat(response.getIncarnation()).isEqualTo("incarnation");
            positions.addAll(response.getCommitsList().stream().map(Commit::getPosition).toList());
            told.add(response.getPosition());
        }

        /** How far the feed says it has read. */
        private long told() {
            return told.isEmpty() ? 0 : told.getLast();
        }

        @Override
        public void onError(Throwable failure) {
            ends.add(Status.fromThrowable(failure));
        }

        @Override
        public void onCompleted() {
            ends.add(Status.OK);
        }
    }

    private Subscriber subscribe(ManagedChannel channel, long after, boolean greedy) {
        return subscribe(channel, SubscribeRequest.newBuilder().setAfterPosition(after), greedy);
    }

    private Subscriber subscribe(
            ManagedChannel channel, SubscribeRequest.Builder request, boolean greedy) {
        Subscriber subscriber = new Subscriber(greedy);
        EventFeedGrpc.newStub(channel).subscribe(request.build(), subscriber);
        return subscriber;
    }

    private static SubscribeRequest.Builder narrowed(long after, Integer... orderPartitions) {
        return SubscribeRequest.newBuilder()
                .setAfterPosition(after)
                .setNarrowing(
                        Narrowing.newBuilder().addAllOrderPartitions(List.of(orderPartitions)));
    }

    /** A commit that an order's saga asked for. */
    private static ProposedCommit.Builder causedBySaga(ProposedCommit.Builder commit) {
        return commit.setMetadata(
                Metadata.newBuilder().setSaga(SagaCause.newBuilder().setOrderId("o")));
    }

    private void append(int from, int to) {
        database.append(
                IntStream.range(from, to)
                        .mapToObj(
                                i ->
                                        i % 3 == 0
                                                ? refused("c" + i, "contact " + i, 0)
                                                : adds("c" + i, "contact " + i))
                        .toArray(ProposedCommit.Builder[]::new));
    }

    private static List<Long> positions(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void subscribers_that_come_while_others_append_see_all_in_order_once(boolean inProcess) {
        append(0, 1_000);
        List<Subscriber> subscribers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 50; j++) {
                int first = 1_000 + (i * 50 + j) * 10;
                append(first, first + 10);
            }
            subscribers.add(
                    subscribe(
                            inProcess ? database.inProcess(Role.WRITER) : database.tcp(Role.WRITER),
                            i * 100L,
                            true));
        }
        append(5_000, 5_500);
        for (int i = 0; i < 8; i++) {
            Subscriber subscriber = subscribers.get(i);
            await().until(() -> subscriber.positions.contains(5_500L));
            assertThat(subscriber.positions).isEqualTo(positions(i * 100L + 1, 5_500));
        }
    }

    @Test
    void a_subscriber_that_takes_nothing_gets_nothing_and_holds_up_nobody() {
        ManagedChannel slowChannel = database.inProcess(Role.WRITER);
        Subscriber slow = subscribe(slowChannel, 0, false);
        Subscriber quick = subscribe(database.inProcess(Role.WRITER), 0, true);
        append(0, 1_000);
        append(1_000, 2_000);
        await().until(() -> quick.positions.size() == 2_000);
        assertThat(slow.positions).isEmpty();

        slow.call.join().request(1);
        await().until(() -> !slow.positions.isEmpty());
        assertThat(slow.positions).hasSizeLessThan(1_001);
        slow.call.join().request(100);
        await().until(() -> slow.positions.size() == 2_000);
        assertThat(slow.positions).isEqualTo(positions(1, 2_000));
    }

    @Test
    void each_response_says_how_far_it_goes() {
        append(0, 10);
        Subscriber subscriber = subscribe(database.inProcess(Role.WRITER), 4, true);
        await().until(() -> subscriber.positions.size() == 6);
        assertThat(subscriber.told()).isEqualTo(10);
        append(10, 11);
        await().until(() -> subscriber.told() == 11);
        assertThat(subscriber.positions).endsWith(11L);
    }

    @Test
    void a_narrowed_feed_gives_what_sagas_asked_for_and_all_of_shopping_lists() {
        database.append(
                adds("a", "ada"),
                causedBySaga(adds("b", "bob")),
                causedBySaga(refused("c", "ada", 1)),
                refused("d", "ada", 1),
                applied("e", "eve", 0).setStream("shopping/" + id("order")),
                refused("f", "eve", 0).setStream("shopping/" + id("order")),
                applied("g", "eve", 0).setStream("shoppings/" + id("order")));
        Subscriber sagas = subscribe(database.inProcess(Role.WRITER), narrowed(0, 0), true);
        await().until(() -> sagas.told() == 7);
        assertThat(sagas.positions).containsExactly(2L, 3L, 5L, 6L);
        Subscriber later = subscribe(database.tcp(Role.WRITER), narrowed(3, 0), true);
        await().until(() -> later.told() == 7);
        assertThat(later.positions).containsExactly(5L, 6L);
        Subscriber lists = subscribe(database.inProcess(Role.WRITER), narrowed(0), true);
        await().until(() -> lists.told() == 7);
        assertThat(lists.positions).containsExactly(5L, 6L);

        database.append(causedBySaga(adds("h", "hal")));
        await().until(() -> lists.told() == 8);
        assertThat(lists.positions).containsExactly(5L, 6L);
        assertThat(sagas.positions).containsExactly(2L, 3L, 5L, 6L, 8L);
    }

    @Test
    void a_narrowed_feed_tells_how_far_it_is_where_nothing_matches_but_not_for_each_page() {
        append(0, 1_000);
        long began = System.nanoTime();
        Subscriber subscriber = subscribe(database.inProcess(Role.WRITER), narrowed(0, 0), true);
        for (int from = 1_000; from < 6_000; from += 20) {
            append(from, from + 20);
        }
        await().until(() -> subscriber.told() == 6_000);
        long millis = (System.nanoTime() - began) / 1_000_000;
        assertThat(subscriber.positions).isEmpty();
        assertThat(subscriber.told)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSizeLessThanOrEqualTo((int) (millis / 200) + 1);
    }

    @Test
    void a_narrowed_subscriber_that_takes_nothing_is_told_where_the_feed_is_once_it_does() {
        Subscriber slow = subscribe(database.inProcess(Role.WRITER), narrowed(0, 0), false);
        append(0, 1_000);
        database.append(causedBySaga(adds("b", "bob")));
        append(1_001, 2_000);
        slow.call.join().request(1);
        await().until(() -> slow.told.size() == 1);
        slow.call.join().request(100);
        await().until(() -> slow.told() == 2_000);
        assertThat(slow.positions).containsExactly(1_001L);
    }

    @Test
    void a_feed_is_narrowed_to_partitions_that_there_are() {
        Subscriber wrong = subscribe(database.inProcess(Role.WRITER), narrowed(0, 1), true);
        await().until(() -> !wrong.ends.isEmpty());
        assertThat(wrong.ends.getFirst().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void a_feed_begins_where_it_is_asked_to_and_not_beyond_the_end() {
        append(0, 10);
        Subscriber subscriber = subscribe(database.inProcess(Role.WRITER), 10, true);
        append(10, 12);
        await().until(() -> subscriber.positions.equals(List.of(11L, 12L)));
        Subscriber beyond = subscribe(database.inProcess(Role.WRITER), 13, true);
        await().until(() -> !beyond.ends.isEmpty());
        assertThat(beyond.ends.getFirst().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void subscriptions_are_bounded_and_who_leaves_makes_room() {
        ManagedChannel channel = database.inProcess(Role.WRITER);
        List<Subscriber> subscribers = new ArrayList<>();
        for (int i = 0; i < EventFeedService.MOST_SUBSCRIPTIONS; i++) {
            subscribers.add(subscribe(channel, 0, true));
        }
        Subscriber tooMany = subscribe(channel, 0, true);
        await().until(() -> !tooMany.ends.isEmpty());
        assertThat(tooMany.ends.getFirst().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);

        subscribers.getFirst().call.join().cancel("leaves", null);
        append(0, 3);
        await().until(
                        () -> {
                            Subscriber again = subscribe(channel, 0, true);
                            await().until(
                                            () ->
                                                    !again.ends.isEmpty()
                                                            || again.positions.size() == 3);
                            return again.positions.size() == 3;
                        });
    }

    @Test
    void a_database_that_stops_ends_its_feeds() {
        Subscriber subscriber = subscribe(database.inProcess(Role.WRITER), 0, true);
        database.role().close();
        await().until(() -> !subscriber.ends.isEmpty());
        assertThat(subscriber.ends.getFirst().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void a_checkpoint_is_kept_and_moves_forward_only() {
        append(0, 10);
        assertThat(checkpoint("relay")).isZero();
        save("relay", 7);
        save("relay", 7);
        assertThat(checkpoint("relay")).isEqualTo(7);
        assertThat(checkpoint("saga")).isZero();
        assertThatThrownBy(() -> save("relay", 6))
                .extracting(failure -> Status.fromThrowable(failure).getCode())
                .isEqualTo(Status.Code.FAILED_PRECONDITION);
        for (long wrong : new long[] {11, -1}) {
            assertThatThrownBy(() -> save("relay", wrong))
                    .extracting(failure -> Status.fromThrowable(failure).getCode())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        for (String wrong : List.of("", "Relay", "a/b", "x".repeat(101))) {
            assertThatThrownBy(() -> checkpoint(wrong))
                    .extracting(failure -> Status.fromThrowable(failure).getCode())
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        assertThat(checkpoint("relay")).isEqualTo(7);
    }

    @Test
    void what_a_subscriber_keeps_with_its_checkpoint_moves_with_it_or_not_at_all() {
        append(0, 10);
        assertThat(kept("relay")).isEmpty();
        save("relay", 7, "seven");
        assertThat(kept("relay")).isEqualTo("seven");
        assertThatThrownBy(() -> save("relay", 6, "six")).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> save("relay", 8, "x".repeat(70_000)))
                .extracting(failure -> Status.fromThrowable(failure).getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(kept("relay")).isEqualTo("seven");
        assertThat(checkpoint("relay")).isEqualTo(7);
        assertThat(kept("saga")).isEmpty();
        save("relay", 9);
        assertThat(kept("relay")).isEmpty();
    }

    private String kept(String subscriber) {
        return database.feed()
                .getCheckpoint(GetCheckpointRequest.newBuilder().setSubscriber(subscriber).build())
                .getState()
                .toStringUtf8();
    }

    private long checkpoint(String subscriber) {
        return database.feed()
                .getCheckpoint(GetCheckpointRequest.newBuilder().setSubscriber(subscriber).build())
                .getPosition();
    }

    private void save(String subscriber, long position) {
        save(subscriber, position, "");
    }

    private void save(String subscriber, long position, String state) {
        var saved =
                database.feed()
                        .saveCheckpoint(
                                SaveCheckpointRequest.newBuilder()
                                        .setSubscriber(subscriber)
                                        .setPosition(position)
                                        .setState(ByteString.copyFromUtf8(state))
                                        .build());
        assertThat(saved).isNotNull();
    }
}
