package io.waybill.writer.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.wire.time.EventLoop;
import io.waybill.wire.time.VirtualTime;
import io.waybill.writer.memory.MemoryLog;
import io.waybill.writer.store.StoreListener;
import io.waybill.writer.store.StoreMemory;
import io.waybill.writer.store.StoreWatch;
import io.waybill.writer.time.ProtoTime;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Timers fire when they are due, whatever becomes of others. */
class TimersTest {

    private static final Instant START = Instant.parse("2026-01-01T09:00:00Z");
    private static final Duration SOON = Duration.ofMillis(100);
    private static final String STUBBORN = "stubborn";
    private static final String NONSENSE = "nonsense";

    private final VirtualTime time = new VirtualTime(1, START);
    private final EventLoop loop = time.loop("writer");
    private final MemoryLog log = new MemoryLog(time.loop("log"));
    private final Map<String, List<Instant>> fired = new LinkedHashMap<>();
    private final Timers timers =
            new Timers(
                    loop,
                    log,
                    new StoreWatch(
                            loop, log, StoreMemory.untilTheEnd(), time.random(), new Indifferent()),
                    this::fire);
    private int written;

    @BeforeEach
    void open() {
        timers.open();
        time.run(Duration.ofMillis(10));
    }

    @Test
    void many_that_come_due_together_fire_within_a_tenth_of_a_second_of_their_time() {
        Map<String, Instant> due = new LinkedHashMap<>();
        for (int i = 0; i < 1_500; i++) {
            due.put("order/" + i, time.now().plusMillis(1_000 + i / 2));
        }
        due.forEach((stream, at) -> set(stream, "saga", at));

        time.run(Duration.ofSeconds(5));

        due.forEach(this::firedOnceSoonAfter);
        assertThat(log.timers()).isEmpty();
    }

    @Test
    void however_many_stand_though_they_were_fired_others_fire_in_time() {
        for (int i = 0; i < 1_700; i++) {
            set("order/stubborn-" + i, STUBBORN, time.now());
        }
        time.run(Duration.ofSeconds(10));
        Map<String, Instant> due = new LinkedHashMap<>();
        for (int second = 1; second <= 130; second++) {
            String stream = "order/" + second;
            due.put(stream, time.now().plusSeconds(1));
            set(stream, "saga", time.now().plusSeconds(1));
            time.run(Duration.ofSeconds(1));
        }
        time.run(Duration.ofSeconds(1));

        due.forEach(this::firedOnceSoonAfter);
        assertThat(log.timers()).hasSize(1_700);
        assertThat(fired.get("order/stubborn-0")).hasSize(3);
        assertThat(fired.get("order/stubborn-1699")).hasSize(3);
    }

    @Test
    void what_was_fired_is_not_looked_at_again_for_each_that_comes_due() {
        for (int i = 0; i < 400; i++) {
            set("order/stubborn-" + i, STUBBORN, time.now());
        }
        time.run(Duration.ofSeconds(2));
        int before = log.timersGiven();
        for (int i = 0; i < 50; i++) {
            set("order/" + i, "saga", time.now().plusMillis(500));
            time.run(Duration.ofSeconds(1));
        }

        assertThat(log.timersGiven() - before).isEqualTo(50);
    }

    @Test
    void one_that_causes_nothing_hurts_no_other() {
        for (int i = 0; i < 3; i++) {
            set("order/nonsense-" + i, NONSENSE, time.now());
        }
        set("order/1", "saga", time.now().plusSeconds(1));

        time.run(Duration.ofSeconds(2));

        firedOnceSoonAfter("order/1", START.plusMillis(10).plusSeconds(1));
    }

    @Test
    void one_set_for_a_time_that_has_passed_fires_at_once() {
        set("order/1", STUBBORN, time.now().plusSeconds(1));
        time.run(Duration.ofSeconds(2));
        Instant now = time.now();

        set("order/2", "saga", START.minusSeconds(3_600));
        time.run(Duration.ofSeconds(1));

        firedOnceSoonAfter("order/2", now);
    }

    @Test
    void one_that_nobody_told_of_fires_within_a_minute() {
        write("order/1", Timer.newBuilder().setName("saga").setDue(ProtoTime.of(time.now())), "");

        time.run(Duration.ofMinutes(1));

        assertThat(fired.get("order/1")).hasSize(1);
    }

    @Test
    void they_fire_though_the_store_was_away_when_they_came_due() {
        set("order/1", "saga", time.now().plusSeconds(1));
        log.down(true);
        time.run(Duration.ofSeconds(10));
        assertThat(fired).isEmpty();

        log.down(false);
        time.run(Duration.ofSeconds(5));

        assertThat(fired.get("order/1")).hasSize(1);
    }

    private void firedOnceSoonAfter(String stream, Instant due) {
        assertThat(fired.get(stream))
                .as(stream)
                .singleElement()
                .satisfies(at -> assertThat(at).isBetween(due, due.plus(SOON)));
    }

    /** What a timer causes is handled a few milliseconds later, and clears it, or does not. */
    private void fire(DueTimer due, Runnable handled) {
        String stream = due.getStream();
        String name = due.getTimer().getName();
        if (name.equals(NONSENSE)) {
            throw new IllegalStateException("nobody knows " + name);
        }
        fired.computeIfAbsent(stream, key -> new ArrayList<>()).add(time.now());
        loop.schedule(
                Duration.ofMillis(5),
                () -> {
                    if (!name.equals(STUBBORN)) {
                        write(stream, Timer.newBuilder(), name);
                    }
                    handled.run();
                });
    }

    private void set(String stream, String name, Instant due) {
        write(stream, Timer.newBuilder().setName(name).setDue(ProtoTime.of(due)), "");
        loop.execute(() -> timers.set(due));
    }

    private void write(String stream, Timer.Builder set, String cleared) {
        ProposedCommit.Builder commit =
                ProposedCommit.newBuilder()
                        .setStream(stream)
                        .setCommand(CommandIdentity.newBuilder().setCommandId("c" + ++written))
                        .setOutcome(Outcome.newBuilder().setKind(OutcomeKind.OUTCOME_KIND_APPLIED));
        log.write(
                List.of(
                        cleared.isEmpty()
                                ? commit.addTimersSet(set).build()
                                : commit.addTimersCleared(cleared).build()));
    }

    /** Nobody asks here which store there is. */
    private record Indifferent() implements StoreListener {

        @Override
        public void opened() {}

        @Override
        public void restored() {}

        @Override
        public void refused(String sentence) {}
    }
}
