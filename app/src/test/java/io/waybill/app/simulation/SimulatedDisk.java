package io.waybill.app.simulation;

import io.waybill.gateway.outbox.OutboxStore;
import io.waybill.proto.eventstore.v1.StoreInfo;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A gateway's disk: outlives the gateway, syncs slowly, and fails now and then, in doubt. */
final class SimulatedDisk {

    private final VirtualTime time;
    private final TreeMap<Long, OutboxStore.Stored> kept = new TreeMap<>();
    private Optional<StoreInfo> store = Optional.empty();
    private Faults faults = Faults.NONE;

    SimulatedDisk(VirtualTime time) {
        this.time = time;
    }

    void suffer(Faults faults) {
        this.faults = faults;
    }

    /** How many commands are on the disk. */
    int size() {
        return kept.size();
    }

    /**
     * The disk as a gateway's process uses it; what the process did not see finished is in doubt.
     */
    OutboxStore mount(VirtualEventLoop owner) {
        return new Mounted(owner);
    }

    private final class Mounted implements OutboxStore {

        private final VirtualEventLoop owner;
        private boolean broken;
        private long last;

        private Mounted(VirtualEventLoop owner) {
            this.owner = owner;
        }

        @Override
        public CompletableFuture<Contents> open() {
            return inTurn(
                    () -> {
                        broken = false;
                        return CompletableFuture.completedFuture(
                                new Contents(store, new ArrayList<>(kept.values())));
                    });
        }

        @Override
        public CompletableFuture<Void> put(List<Stored> entries) {
            return inTurn(
                    () ->
                            write(
                                    () ->
                                            entries.forEach(
                                                    entry -> kept.put(entry.sequence(), entry)),
                                    () ->
                                            entries.forEach(
                                                    entry -> {
                                                        if (time.random().nextBoolean()) {
                                                            kept.put(entry.sequence(), entry);
                                                        }
                                                    })));
        }

        @Override
        public CompletableFuture<Void> remove(List<Long> sequences) {
            return inTurn(() -> write(() -> sequences.forEach(kept::remove), () -> {}));
        }

        @Override
        public CompletableFuture<Void> remember(StoreInfo info) {
            return inTurn(() -> write(() -> store = Optional.of(info), () -> {}));
        }

        @Override
        public void close() {}

        private CompletableFuture<Void> write(Runnable whole, Runnable inDoubt) {
            if (broken) {
                return CompletableFuture.failedFuture(
                        new IOException("not opened since it failed"));
            }
            if (time.random().nextDouble() < faults.failingDisk()) {
                broken = true;
                inDoubt.run();
                return CompletableFuture.failedFuture(new IOException("the sync failed"));
            }
            whole.run();
            return CompletableFuture.completedFuture(null);
        }

        /** Does things one after the other; a process that died in between does not do the rest. */
        private <T> CompletableFuture<T> inTurn(Supplier<CompletableFuture<T>> work) {
            CompletableFuture<T> result = new CompletableFuture<>();
            last = Math.max(last, time.nanoTime()) + 1_000L * (50 + time.random().nextInt(3_000));
            owner.schedule(
                    Duration.ofNanos(last - time.nanoTime()),
                    () -> {
                        var _ =
                                work.get()
                                        .whenComplete(
                                                (value, failure) -> {
                                                    if (failure == null) {
                                                        result.complete(value);
                                                    } else {
                                                        result.completeExceptionally(failure);
                                                    }
                                                });
                    });
            return result;
        }
    }
}
