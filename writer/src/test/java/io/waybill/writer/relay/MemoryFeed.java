package io.waybill.writer.relay;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.store.CommitFeed;
import io.waybill.writer.time.ProtoTime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A log in memory with one subscriber, who gets it in pages of ten. */
final class MemoryFeed implements CommitFeed {

    private final EventLoop loop;
    private final List<Commit> commits = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private Checkpoint checkpoint = new Checkpoint(0, ByteString.EMPTY, "i1");
    private boolean savesNothing;
    private int pages;

    MemoryFeed(EventLoop loop) {
        this.loop = loop;
    }

    /** A command of a client, or of the saga, that was applied with these events. */
    void applied(String principal, String stream, Message... events) {
        Commit.Builder commit =
                commit(principal, stream)
                        .setOutcome(Outcome.newBuilder().setKind(OutcomeKind.OUTCOME_KIND_APPLIED));
        for (Message event : events) {
            commit.addEvents(
                    RecordedEvent.newBuilder()
                            .setType(event.getDescriptorForType().getFullName())
                            .setData(event.toByteString()));
        }
        add(commit);
    }

    void refused(String principal, String stream, String code, String sentence) {
        add(
                commit(principal, stream)
                        .setOutcome(
                                Outcome.newBuilder()
                                        .setKind(OutcomeKind.OUTCOME_KIND_REJECTED)
                                        .setCode(code)
                                        .setMessage(sentence)));
    }

    void unknownEvent(String stream) {
        add(
                commit("anonymous", stream)
                        .addEvents(RecordedEvent.newBuilder().setType("waybill.x.v9.Strange")));
    }

    private Commit.Builder commit(String principal, String stream) {
        int position = commits.size() + 1;
        return Commit.newBuilder()
                .setPosition(position)
                .setStream(stream)
                .setDecidedAt(ProtoTime.of(loop.now()))
                .setCommand(
                        CommandIdentity.newBuilder()
                                .setPrincipal(principal)
                                .setCommandId("c" + position));
    }

    private void add(Commit.Builder commit) {
        commits.add(commit.build());
        loop.execute(() -> List.copyOf(subscriptions).forEach(Subscription::send));
    }

    long savedUpTo() {
        return checkpoint.position();
    }

    int pages() {
        return pages;
    }

    /** Fails to save from now on, as if the process died before. */
    void savesNothing(boolean nothing) {
        savesNothing = nothing;
    }

    void breakOff() {
        List<Subscription> all = List.copyOf(subscriptions);
        subscriptions.clear();
        all.forEach(each -> each.listener.ended(new IOException("broken off")));
    }

    @Override
    public CompletableFuture<Checkpoint> checkpoint() {
        return CompletableFuture.completedFuture(checkpoint);
    }

    @Override
    public CompletableFuture<Void> save(long position, ByteString state) {
        if (savesNothing || position < checkpoint.position()) {
            return CompletableFuture.failedFuture(new IOException("not saved"));
        }
        checkpoint = new Checkpoint(position, state, "i1");
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Following follow(long afterPosition, Listener listener) {
        Subscription subscription = new Subscription(listener, (int) afterPosition);
        subscriptions.add(subscription);
        return subscription;
    }

    private final class Subscription implements Following {

        private final Listener listener;
        private int position;
        private int asked;

        Subscription(Listener listener, int position) {
            this.listener = listener;
            this.position = position;
        }

        @Override
        public void next() {
            loop.schedule(
                    Duration.ofMillis(1),
                    () -> {
                        asked++;
                        send();
                    });
        }

        @Override
        public void cancel() {
            subscriptions.remove(this);
        }

        void send() {
            if (asked > 0 && position < commits.size() && subscriptions.contains(this)) {
                asked--;
                pages++;
                int end = Math.min(commits.size(), position + 10);
                List<Commit> page = List.copyOf(commits.subList(position, end));
                position = end;
                listener.page(page, end);
            }
        }
    }
}
