package io.waybill.writer.relay;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.wire.time.EventLoop;
import io.waybill.writer.memory.MemoryFollowers;
import io.waybill.writer.store.CommitFeed;
import io.waybill.writer.time.ProtoTime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A log in memory with one subscriber, who gets it in pages of ten. */
final class MemoryFeed implements CommitFeed {

    private final EventLoop loop;
    private final List<Commit> commits = new ArrayList<>();
    private final MemoryFollowers followers;
    private Checkpoint checkpoint = new Checkpoint(0, ByteString.EMPTY, "i1");
    private boolean savesNothing;

    MemoryFeed(EventLoop loop) {
        this.loop = loop;
        this.followers = new MemoryFollowers(loop, commits, commit -> true);
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
        loop.execute(followers::look);
    }

    long savedUpTo() {
        return checkpoint.position();
    }

    int pages() {
        return followers.pages();
    }

    /** Fails to save from now on, as if the process died before. */
    void savesNothing(boolean nothing) {
        savesNothing = nothing;
    }

    void breakOff() {
        followers.breakOff();
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
        return followers.follow(afterPosition, listener);
    }
}
