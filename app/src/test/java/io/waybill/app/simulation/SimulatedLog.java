package io.waybill.app.simulation;

import io.waybill.database.engine.PageLimit;
import io.waybill.database.engine.memory.MemoryEngine;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;
import io.waybill.writer.store.AppendReply;
import io.waybill.writer.store.CommitLog;
import io.waybill.writer.store.PageReader;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The log behind a network: slow, and failing now and then, before or after the work was done. */
final class SimulatedLog implements CommitLog {

    private static final PageLimit ALL = new PageLimit(1_000_000, Integer.MAX_VALUE);

    private final VirtualTime time;
    private final VirtualEventLoop loop;
    private final MemoryEngine engine = new MemoryEngine("simulated", "first");
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
        return call(() -> new AppendReply.Answered(engine.log().append(commits).results()));
    }

    @Override
    public CompletableFuture<Void> readStream(String stream, long afterVersion, PageReader pages) {
        return call(() -> engine.log().readStream(stream, afterVersion, ALL))
                .thenAccept(
                        commits -> {
                            if (!commits.isEmpty()) {
                                pages.take(commits, () -> {});
                            }
                        });
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
