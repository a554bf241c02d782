package io.waybill.wire.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class VirtualTimeTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final VirtualTime time = new VirtualTime(1, START);
    private final List<String> ran = new ArrayList<>();

    @Test
    void a_loop_runs_its_tasks_by_time_and_those_of_one_time_in_the_order_given() {
        VirtualEventLoop loop = time.loop("one");
        loop.schedule(Duration.ofSeconds(2), () -> ran.add("later"));
        loop.execute(() -> ran.add("first"));
        loop.execute(() -> ran.add("second"));

        time.run(Duration.ofSeconds(1));
        assertThat(ran).containsExactly("first", "second");
        assertThat(loop.now()).isEqualTo(START.plusSeconds(1));

        time.run(Duration.ofSeconds(1));
        assertThat(ran).containsExactly("first", "second", "later");
    }

    @Test
    void a_cancelled_task_does_not_run() {
        VirtualEventLoop loop = time.loop("one");
        loop.schedule(Duration.ofSeconds(1), () -> ran.add("cancelled")).cancel();

        assertThat(time.step()).isFalse();
        assertThat(ran).isEmpty();
    }

    @Test
    void the_same_seed_gives_the_same_interleaving_and_another_seed_another() {
        assertThat(interleaving(7)).isEqualTo(interleaving(7)).isNotEqualTo(interleaving(8));
    }

    @Test
    void what_was_given_to_a_killed_loop_does_not_run() {
        VirtualEventLoop loop = time.loop("one");
        loop.execute(() -> ran.add("before"));
        loop.kill();
        loop.execute(() -> ran.add("after"));

        assertThat(time.step()).isFalse();
        assertThat(ran).isEmpty();
    }

    @Test
    void a_stepped_clock_leaves_monotonic_time_alone() {
        VirtualEventLoop loop = time.loop("one");
        long before = loop.nanoTime();
        loop.stepClock(Duration.ofHours(-1));

        assertThat(loop.now()).isEqualTo(START.minusSeconds(3600));
        assertThat(loop.nanoTime()).isEqualTo(before);
    }

    @Test
    void running_until_a_condition_stops_there_or_when_the_time_is_over() {
        VirtualEventLoop loop = time.loop("one");
        loop.schedule(Duration.ofSeconds(1), () -> ran.add("one"));
        loop.schedule(Duration.ofSeconds(2), () -> ran.add("two"));

        assertThat(time.runUntil(() -> ran.size() == 1, Duration.ofSeconds(5))).isTrue();
        assertThat(time.nanoTime()).isEqualTo(1_000_000_000L);
        assertThat(time.runUntil(() -> ran.size() == 9, Duration.ofSeconds(5))).isFalse();
    }

    private static List<String> interleaving(long seed) {
        VirtualTime time = new VirtualTime(seed, START);
        List<String> ran = new ArrayList<>();
        List<VirtualEventLoop> loops = List.of(time.loop("a"), time.loop("b"), time.loop("c"));
        for (int i = 0; i < 20; i++) {
            String number = Integer.toString(i);
            loops.forEach(loop -> loop.execute(() -> ran.add(loop + number)));
        }
        time.run(Duration.ZERO);
        return ran;
    }
}
