package io.waybill.app.simulation;

import com.google.protobuf.ByteString;

import io.waybill.database.engine.DueTimers;
import io.waybill.database.engine.PageLimit;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.DueTimersResponse;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.ReadStreamResponse;
import io.waybill.proto.eventstore.v1.Snapshot;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;
import io.waybill.writer.store.AppendReply;
import io.waybill.writer.store.CommitFeed;
import io.waybill.writer.store.CommitLog;
import io.waybill.writer.store.PageReader;
import io.waybill.writer.time.ProtoTime;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The log behind a network: slow, and failing now and then, before or after the work was done. */
final class SimulatedLog implements CommitLog, CommitFeed {

    private static final PageLimit ALL = new PageLimit(1_000_000, Integer.MAX_VALUE);
    private static final PageLimit PAGE = new PageLimit(20, Integer.MAX_VALUE);
    private static final String SUBSCRIBER = "feed/saga";

    private final VirtualTime time;
    private final VirtualEventLoop loop;
    private final MemoryEngine engine = new MemoryEngine("simulated", "first");
    private final List<Subscription> idle = new ArrayList<>();
    private Faults faults = Faults.NONE;

    SimulatedLog(VirtualTime time) {
        this.time = time;
        this.loop = time.loop("database");
    }

    void suffer(Faults faults) {
        this.faults = faults;
    }

    /** All that stands in the log. */
    List<Commit> commits() {
        return engine.log().read(0, ALL);
    }

    @Override
    public CompletableFuture<AppendReply> append(List<ProposedCommit> commits, String incarnation) {
        return call(
                () -> {
                    var results = engine.log().append(commits).results();
                    List<Subscription> woken = List.copyOf(idle);
                    idle.clear();
                    woken.forEach(Subscription::look);
                    return new AppendReply.Answered(results);
                });
    }

    @Override
    public CompletableFuture<Void> readStream(
            String stream, long afterVersion, String snapshotSchema, PageReader pages) {
        return call(() -> engine.log().readStream(stream, afterVersion, ALL))
                .thenAccept(
                        commits -> {
                            if (!commits.isEmpty()) {
                                pages.take(
                                        ReadStreamResponse.newBuilder()
                                                .addAllCommits(commits)
                                                .build(),
                                        () -> {});
                            }
                        });
    }

    @Override
    public CompletableFuture<Void> saveSnapshot(Snapshot snapshot) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Optional<Commit>> find(CommandIdentity command) {
        return call(() -> engine.log().find(command));
    }

    @Override
    public CompletableFuture<DueTimersResponse> dueTimers(
            Optional<DueTimer> after, Instant until, int limit) {
        return call(
                () -> {
                    DueTimers due = engine.log().dueTimers(after, until, limit);
                    DueTimersResponse.Builder response =
                            DueTimersResponse.newBuilder().addAllTimers(due.timers());
                    due.next().ifPresent(next -> response.setNextDue(ProtoTime.of(next)));
                    return response.build();
                });
    }

    /** How many timers stand. */
    int timers() {
        return engine.log().dueTimers(Optional.empty(), Instant.MAX, 1_000).timers().size();
    }

    @Override
    public CompletableFuture<Checkpoint> checkpoint() {
        return call(
                () ->
                        new Checkpoint(
                                engine.rows().checkpoint(SUBSCRIBER),
                                ByteString.EMPTY,
                                engine.info().getIncarnation()));
    }

    @Override
    public CompletableFuture<Void> save(long position, ByteString state) {
        return call(
                () -> {
                    engine.rows().apply(SUBSCRIBER, List.of(), position);
                    return null;
                });
    }

    @Override
    public Following follow(long afterPosition, Listener listener) {
        return new Subscription(afterPosition, listener);
    }

    /** A following that looks a while after each append; a failing log breaks it off. */
    private final class Subscription implements Following {

        private final Listener listener;
        private long position;
        private int asked;
        private boolean over;

        Subscription(long position, Listener listener) {
            this.position = position;
            this.listener = listener;
        }

        @Override
        public void next() {
            asked++;
            look();
        }

        @Override
        public void cancel() {
            over = true;
        }

        private void look() {
            loop.schedule(aWhile(), this::send);
        }

        private void send() {
            if (over || asked == 0) {
                return;
            }
            List<Commit> page = engine.log().read(position, PAGE);
            if (page.isEmpty()) {
                idle.add(this);
            } else if (time.random().nextDouble() < faults.failingLog()) {
                over = true;
                listener.ended(new IOException("the feed broke off"));
            } else {
                asked--;
                position = page.getLast().getPosition();
                listener.page(page.stream().filter(SimulatedLog::concernsSagas).toList(), position);
                if (asked > 0) {
                    look();
                }
            }
        }
    }

    private static boolean concernsSagas(Commit commit) {
        return commit.getMetadata().hasSaga() || commit.getStream().startsWith("shopping/");
    }

    @Override
    public CompletableFuture<StoreInfo> store() {
        return call(engine::info);
    }

    private <T> CompletableFuture<T> call(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        boolean fails = time.random().nextDouble() < faults.failingLog();
        boolean afterwards = time.random().nextBoolean();
        loop.schedule(
                aWhile(),
                () -> {
                    if (fails && !afterwards) {
                        result.completeExceptionally(new IOException("the call was lost"));
                        return;
                    }
                    T value = work.get();
                    loop.schedule(
                            aWhile(),
                            () -> {
                                if (fails) {
                                    result.completeExceptionally(
                                            new IOException("the answer was lost"));
                                } else {
                                    result.complete(value);
                                }
                            });
                });
        return result;
    }

    private Duration aWhile() {
        return Duration.ofNanos(1_000L * (100 + time.random().nextInt(5_000)));
    }
}
