package io.waybill.app.simulation;

import com.google.protobuf.Message;

import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;
import io.waybill.writer.PipelineSettings;
import io.waybill.writer.saga.Pace;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One run of orders: a town of people who send commands, all under faults; then peace until every
 * saga has ended. The same seed gives the same run.
 */
final class OrderSimulation implements Seeds.Simulation {

    private static final Duration UNREST = Duration.ofSeconds(30);
    private static final Duration PEACE_AT_MOST = Duration.ofHours(2);

    /** Longer than any deadline of a saga: an open review ends by itself. */
    private static final Duration PEACE = Duration.ofMinutes(20);

    private final VirtualTime time;
    private final RandomGenerator random;
    private final SimulatedBroker broker;
    private final SimulatedLog log;
    private final SimulatedWriter writer;
    private final SimulatedGateway gateway;
    private final Faults faults;
    private final SagaSettings patience;
    private final Ledger ledger = new Ledger();
    private final VirtualEventLoop world;
    private final Town town;
    private final Set<String> ends;

    /**
     * @param ends takes how its orders ended
     */
    OrderSimulation(long seed, Set<String> ends) {
        this.ends = ends;
        time = new VirtualTime(seed, Instant.parse("2026-01-01T00:00:00Z"));
        random = time.random();
        faults = Faults.drawn(random);
        broker = new SimulatedBroker(time);
        log = new SimulatedLog(time);
        patience = patience();
        PipelineSettings settings = settings();
        writer = new SimulatedWriter(time, broker, log, settings);
        gateway = new SimulatedGateway("gateway", time, broker, log, settings.delay(), ledger);
        world = time.loop("world");
        town = new Town(random, this::submit);
    }

    /** Runs it to its end, and checks what must hold. Answers how many orders there were. */
    @Override
    public long run() {
        time.run(Duration.ofSeconds(1));
        town.furnish();
        time.run(Duration.ofSeconds(5));
        suffer(faults);
        Instant end = time.now().plus(UNREST);
        world.execute(() -> unrest(end));
        world.execute(() -> act(end));
        time.run(UNREST);
        suffer(Faults.NONE);
        if (!time.runUntil(gateway::drained, PEACE_AT_MOST)) {
            throw new AssertionError("not all commands got an outcome: " + gateway.state());
        }
        time.run(PEACE);
        ledger.check(log.commits());
        if (log.timers() != 0) {
            throw new AssertionError(log.timers() + " timers stand, and all is over");
        }
        OrderAudit audit = new OrderAudit(log.commits());
        long ended = audit.check();
        audit.checkNothingIsHeld();
        ends.addAll(audit.ends());
        return ended;
    }

    @Override
    public String toString() {
        return faults + ", " + patience;
    }

    /** In half of the runs deadlines are so short that they race with what they wait for. */
    private SagaSettings patience() {
        SagaSettings settings = SagaSettings.usual();
        if (random.nextBoolean()) {
            return settings;
        }
        for (Step step : Step.values()) {
            Duration pause = Duration.ofMillis(20 + random.nextInt(1_000));
            Duration deadline = Duration.ofMillis(20 + random.nextInt(3_000));
            settings = settings.with(step, new Pace(deadline, pause, pause.multipliedBy(8)));
        }
        return settings.withManualReview(Duration.ofMillis(100 + random.nextInt(5_000)));
    }

    /** With a delay or without, and hardly anything or everything in the cache. */
    private PipelineSettings settings() {
        PipelineSettings usual =
                PipelineSettings.withDelay(
                        random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(1));
        return new PipelineSettings(
                usual.delay(),
                usual.deadline(),
                random.nextBoolean() ? 1 + random.nextInt(5) : usual.cacheSize(),
                patience);
    }

    private void suffer(Faults now) {
        broker.suffer(now);
        log.suffer(now);
        gateway.suffer(now);
    }

    private void unrest(Instant end) {
        if (!time.now().isBefore(end)) {
            return;
        }
        if (chance(faults.brokerCrashes())) {
            broker.crash();
        }
        if (chance(faults.writerCrashes() * 3)) {
            writer.crash();
        }
        if (chance(faults.clockSteps())) {
            writer.stepClock();
        }
        if (chance(faults.gatewayCrashes())) {
            gateway.crash();
        }
        if (chance(faults.cutLinks())) {
            broker.cut(SimulatedWriter.CLIENT_ID);
        }
        world.schedule(Duration.ofMillis(500), () -> unrest(end));
    }

    private void act(Instant end) {
        if (!time.now().isBefore(end)) {
            return;
        }
        int many = 1 + random.nextInt(3);
        for (int i = 0; i < many; i++) {
            town.act();
        }
        world.schedule(Duration.ofMillis(1 + random.nextInt(400)), () -> act(end));
    }

    private OutboxEntry submit(Message message) {
        OutboxEntry entry = SimulatedClient.entry(time, message);
        ledger.submitted(gateway.clientId(), entry);
        var _ =
                gateway.submit(entry)
                        .whenComplete(
                                (nothing, failure) -> {
                                    if (failure == null) {
                                        ledger.accepted(entry.getCommand());
                                    } else {
                                        ledger.inDoubt(entry.getCommand());
                                    }
                                });
        return entry;
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
