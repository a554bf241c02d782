package io.waybill.gateway.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.proto.queue.v1.Answer;
import io.waybill.proto.queue.v1.AnswerBatch;
import io.waybill.proto.queue.v1.OutOfOrder;
import io.waybill.proto.queue.v1.RecordedOutcome;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * An outbox in virtual time, with a disk in memory, a queue that does what a test says, and a
 * store.
 */
final class Rig implements CommandPublisher, OutboxListener {

    static final StoreInfo STORE =
            StoreInfo.newBuilder()
                    .setStoreId("store")
                    .setPartitions(1)
                    .setIncarnation("first")
                    .build();
    static final PublishResult TAKEN = new PublishResult(0, "");
    static final PublishResult NOBODY = new PublishResult(0x10, "no matching subscribers");
    static final PublishResult REFUSED = new PublishResult(0x97, "quota exceeded");

    /** One sending. */
    record Sent(
            String id,
            long number,
            Optional<String> predecessor,
            long at,
            CompletableFuture<PublishResult> answer) {}

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final VirtualTime time;
    final VirtualEventLoop loop;
    final MemoryOutboxStore.Disk disk;
    final Outbox outbox;
    final List<Sent> sent = new ArrayList<>();
    final List<String> accepted = new ArrayList<>();
    final List<String> decided = new ArrayList<>();
    final List<String> released = new ArrayList<>();

    /** What the broker answers at once; none: a test answers by hand. */
    Optional<PublishResult> brokerSays = Optional.of(TAKEN);

    CompletableFuture<StoreInfo> store = CompletableFuture.completedFuture(STORE);
    int asked;
    int connectedAnew;

    Rig() {
        this(new MemoryOutboxStore.Disk(), settings -> settings);
    }

    Rig(MemoryOutboxStore.Disk disk, UnaryOperator<OutboxSettings> adjusted) {
        this(new VirtualTime(1, START), disk, adjusted);
    }

    Rig(VirtualTime time, MemoryOutboxStore.Disk disk, UnaryOperator<OutboxSettings> adjusted) {
        this.time = time;
        this.loop = time.loop("gateway");
        this.disk = disk;
        outbox =
                new Outbox(
                        adjusted.apply(OutboxSettings.usual(Duration.ofSeconds(3))),
                        loop,
                        new MemoryOutboxStore(loop, disk, Duration.ofMillis(1)),
                        this,
                        () -> {
                            asked++;
                            return store;
                        },
                        time.random());
        outbox.listen(this);
    }

    static OutboxSettings bounded(OutboxSettings usual, int capacity, int window, int inFlight) {
        return new OutboxSettings(
                capacity,
                usual.capacityBytes(),
                window,
                inFlight,
                usual.delay(),
                usual.overdue(),
                usual.noSubscribers(),
                usual.unpublished(),
                usual.refused(),
                usual.reopening(),
                usual.asking());
    }

    /** Started, and connected to a broker that has the session. */
    Rig running() {
        CompletableFuture<Void> started = outbox.start();
        settle();
        started.join();
        outbox.connected(true);
        settle();
        return this;
    }

    void settle() {
        run(Duration.ofMillis(20));
    }

    void run(Duration aWhile) {
        time.run(aWhile);
    }

    static CommandIdentity identity(String id) {
        return CommandIdentity.newBuilder().setPrincipal("anonymous").setCommandId(id).build();
    }

    OutboxEntry command(String id, String stream) {
        return command(id, stream, "content of " + id);
    }

    OutboxEntry command(String id, String stream, String content) {
        return OutboxEntry.newBuilder()
                .setCommand(identity(id))
                .setStream(stream)
                .setPayload(ByteString.copyFromUtf8(content))
                .setFingerprint(ByteString.copyFromUtf8(content))
                .setMetadata(
                        Metadata.newBuilder()
                                .setDoor("GRAPHQL")
                                .setTopic("CONTACT/ADD")
                                .setAcceptedAt(
                                        Timestamp.newBuilder()
                                                .setSeconds(loop.now().getEpochSecond())))
                .build();
    }

    /** Submits, each for a stream of its own, and lets them be accepted. */
    void accept(String... ids) {
        for (String id : ids) {
            var _ = submit(id, "contact/of-" + id);
        }
        settle();
    }

    CompletableFuture<Void> submit(String id, String stream) {
        return outbox.submit(command(id, stream));
    }

    /** The ids in the order sent. */
    List<String> sentIds() {
        return sent.stream().map(Sent::id).toList();
    }

    /** The ids sent since a moment. */
    List<String> sentAfter(int count) {
        return sentIds().subList(count, sent.size());
    }

    Sent last(String id) {
        return sent.reversed().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The writer answers a sending with its outcome. */
    void applied(String id, long sending) {
        answer(STORE, recorded(id, sending, "content of " + id));
    }

    /** The writer answers the latest sending with its outcome. */
    void applied(String id) {
        applied(id, last(id).number());
    }

    static Answer recorded(String id, long sending, String content) {
        return Answer.newBuilder()
                .setCommand(identity(id))
                .setSending(sending)
                .setRecorded(
                        RecordedOutcome.newBuilder()
                                .setOutcome(
                                        Outcome.newBuilder()
                                                .setKind(OutcomeKind.OUTCOME_KIND_APPLIED))
                                .setFingerprint(ByteString.copyFromUtf8(content))
                                .setAggregateId("of-" + id)
                                .setVersion(1))
                .build();
    }

    static Answer outOfOrder(Sent sent) {
        return Answer.newBuilder()
                .setCommand(identity(sent.id()))
                .setSending(sent.number())
                .setOutOfOrder(OutOfOrder.getDefaultInstance())
                .build();
    }

    void answer(StoreInfo from, Answer... answers) {
        outbox.answered(
                AnswerBatch.newBuilder()
                        .setStoreId(from.getStoreId())
                        .setIncarnation(from.getIncarnation())
                        .addAllAnswers(List.of(answers))
                        .build(),
                () -> {});
        settle();
    }

    /** A submission failed with this code. */
    static WaybillException assertRefused(CompletableFuture<Void> result, ErrorCode code) {
        assertThat(result).isCompletedExceptionally();
        Throwable failure = result.handle((nothing, thrown) -> thrown).join();
        assertThat(failure)
                .isInstanceOfSatisfying(
                        WaybillException.class, known -> assertThat(known.code()).isEqualTo(code));
        return (WaybillException) failure;
    }

    /** All publishes without an answer fail, as they do when the connection is lost. */
    void disconnect() {
        failUnanswered();
        outbox.disconnected();
        settle();
    }

    private void failUnanswered() {
        for (Sent one : List.copyOf(sent)) {
            one.answer().completeExceptionally(new IOException("the connection is lost"));
        }
    }

    @Override
    public CompletableFuture<PublishResult> publish(
            OutboxEntry entry, long sending, Optional<CommandIdentity> predecessor) {
        CompletableFuture<PublishResult> answer =
                brokerSays
                        .map(CompletableFuture::completedFuture)
                        .orElseGet(CompletableFuture::new);
        sent.add(
                new Sent(
                        entry.getCommand().getCommandId(),
                        sending,
                        predecessor.map(CommandIdentity::getCommandId),
                        time.nanoTime(),
                        answer));
        return answer;
    }

    @Override
    public void connectAnew(String reason) {
        connectedAnew++;
        loop.execute(
                () -> {
                    failUnanswered();
                    outbox.disconnected();
                    outbox.connected(true);
                });
    }

    @Override
    public void accepted(OutboxEntry entry) {
        accepted.add(entry.getCommand().getCommandId());
    }

    @Override
    public void decided(OutboxEntry entry, RecordedOutcome outcome) {
        decided.add(entry.getCommand().getCommandId());
    }

    @Override
    public void released(CommandIdentity command) {
        released.add(command.getCommandId());
    }
}
