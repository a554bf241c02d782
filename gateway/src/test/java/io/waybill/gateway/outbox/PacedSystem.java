package io.waybill.gateway.outbox;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.proto.queue.v1.AnswerBatch;
import io.waybill.wire.mqtt.PublishResult;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * An outbox under load in virtual time, with a writer behind it that decides so many commands a
 * second, in the order they come, once their delay is over.
 */
final class PacedSystem implements CommandPublisher {

    private static final Duration TICK = Duration.ofMillis(10);
    private static final Duration WHEN_REFUSED = Duration.ofSeconds(5);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Queued(CommandIdentity command, long sending, long due) {}

    final VirtualTime time = new VirtualTime(1, START);
    final Outbox outbox;
    private final Rig commands;
    private final VirtualEventLoop world = time.loop("world");
    private final Duration delay;
    private final Queue<Queued> queue = new ArrayDeque<>();
    private final Map<CommandIdentity, Long> submittedAt = new HashMap<>();
    private int perSecond;
    private double budget;
    private boolean loaded;

    int submitted;
    int accepted;
    int decided;
    int refused;

    /** The longest that a command accepted since the last look had to wait for it. */
    private long slowest;

    /** How many were accepted and undecided, each tenth of a second. */
    final List<Integer> backlog = new ArrayList<>();

    PacedSystem(Duration delay, int perSecond) {
        this.delay = delay;
        this.perSecond = perSecond;
        VirtualEventLoop loop = time.loop("gateway");
        outbox =
                new Outbox(
                        OutboxSettings.usual(delay),
                        loop,
                        new MemoryOutboxStore(
                                loop, new MemoryOutboxStore.Disk(), Duration.ofMillis(1)),
                        this,
                        () -> CompletableFuture.completedFuture(Rig.STORE),
                        time.random());
        commands = new Rig(time, new MemoryOutboxStore.Disk(), settings -> settings);
        var _ = outbox.start();
        outbox.connected(true);
        time.run(Duration.ofMillis(20));
        tick();
        sample();
    }

    /** From now on so many are decided a second. */
    void writerDecides(int aSecond) {
        perSecond = aSecond;
    }

    /** Clients that each send the next a while after the last was answered. */
    PacedSystem closedLoop(int clients, Duration thinking) {
        loaded = true;
        for (int i = 0; i < clients; i++) {
            again(thinking);
        }
        return this;
    }

    private void again(Duration thinking) {
        if (loaded) {
            var _ =
                    submit().whenComplete(
                                    (nothing, failure) ->
                                            world.schedule(
                                                    failure == null ? thinking : WHEN_REFUSED,
                                                    () -> again(thinking)));
        }
    }

    /** A load at a fixed rate. */
    PacedSystem openLoop(int aSecond) {
        loaded = true;
        next(Duration.ofSeconds(1).dividedBy(aSecond));
        return this;
    }

    private void next(Duration interval) {
        if (loaded) {
            var _ = submit();
            world.schedule(interval, () -> next(interval));
        }
    }

    void noLoad() {
        loaded = false;
    }

    private CompletableFuture<Void> submit() {
        String id = "c" + submitted++;
        long began = time.nanoTime();
        submittedAt.put(Rig.identity(id), began);
        return outbox.submit(commands.command(id, "contact/" + id))
                .whenComplete(
                        (nothing, failure) -> {
                            if (failure == null) {
                                accepted++;
                                slowest = Math.max(slowest, time.nanoTime() - began);
                            } else {
                                refused++;
                                submittedAt.remove(Rig.identity(id));
                            }
                        });
    }

    void run(Duration aWhile) {
        time.run(aWhile);
    }

    /** Runs, and tells how many were decided a second. */
    double decidedPerSecond(Duration aWhile) {
        int before = decided;
        time.run(aWhile);
        return (decided - before) * 1e9 / aWhile.toNanos();
    }

    /** The longest that acceptance took in a while. */
    Duration slowestAcceptance(Duration aWhile) {
        slowest = 0;
        time.run(aWhile);
        return Duration.ofNanos(slowest);
    }

    /** The most that were undecided in a while. */
    int mostUndecided(Duration aWhile) {
        int before = backlog.size();
        time.run(aWhile);
        return backlog.subList(before, backlog.size()).stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
    }

    @Override
    public CompletableFuture<PublishResult> publish(
            OutboxEntry entry, long sending, Optional<CommandIdentity> predecessor) {
        long due = submittedAt.getOrDefault(entry.getCommand(), 0L) + delay.toNanos();
        queue.add(new Queued(entry.getCommand(), sending, due));
        CompletableFuture<PublishResult> answer = new CompletableFuture<>();
        world.schedule(Duration.ofNanos(500_000), () -> answer.complete(Rig.TAKEN));
        return answer;
    }

    private void tick() {
        AnswerBatch.Builder batch =
                AnswerBatch.newBuilder()
                        .setStoreId(Rig.STORE.getStoreId())
                        .setIncarnation(Rig.STORE.getIncarnation());
        budget = Math.min(budget, 1) + perSecond * TICK.toNanos() / 1e9;
        while (budget >= 1 && !queue.isEmpty() && queue.element().due() <= time.nanoTime()) {
            Queued one = queue.remove();
            String id = one.command().getCommandId();
            batch.addAnswers(Rig.recorded(id, one.sending(), "content of " + id));
            submittedAt.remove(one.command());
            budget--;
            decided++;
        }
        if (batch.getAnswersCount() > 0) {
            outbox.answered(batch.build(), () -> {});
        }
        world.schedule(TICK, this::tick);
    }

    private void sample() {
        backlog.add(accepted - decided);
        world.schedule(Duration.ofMillis(100), this::sample);
    }
}
