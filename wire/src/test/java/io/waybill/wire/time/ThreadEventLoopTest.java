package io.waybill.wire.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

class ThreadEventLoopTest {

    private final String name = "loop-" + UUID.randomUUID();
    private final ThreadEventLoop loop = new ThreadEventLoop(name);

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void tasks_run_alone_and_in_the_order_given() throws Exception {
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            loop.execute(() -> ran.add(number));
        }
        settle();

        assertThat(ran).hasSize(10_000).isSorted();
    }

    @Test
    void a_task_that_throws_harms_no_other() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        loop.execute(
                () -> {
                    throw new IllegalStateException("thrown by a test");
                });
        loop.execute(() -> ran.set(true));
        settle();

        assertThat(ran).isTrue();
    }

    @Test
    void a_scheduled_task_waits_at_least_its_delay() throws Exception {
        CompletableFuture<Long> ranAt = new CompletableFuture<>();
        long from = loop.nanoTime();
        EventLoop.Timer _ =
                loop.schedule(Duration.ofMillis(50), () -> ranAt.complete(loop.nanoTime()));

        assertThat(ranAt.get(10, TimeUnit.SECONDS) - from)
                .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
    }

    @Test
    void a_cancelled_timer_does_not_run() throws Exception {
        AtomicBoolean ran = new AtomicBoolean();
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch later = new CountDownLatch(1);
        loop.execute(() -> wait(cancelled));
        EventLoop.Timer timer = loop.schedule(Duration.ofMillis(1), () -> ran.set(true));
        EventLoop.Timer _ = loop.schedule(Duration.ofMillis(2), later::countDown);
        timer.cancel();
        timer.cancel();
        cancelled.countDown();

        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).isFalse();
    }

    @Test
    void closing_ends_the_thread_and_drops_what_comes_later() throws Exception {
        settle();
        AtomicBoolean ran = new AtomicBoolean();
        EventLoop.Timer _ = loop.schedule(Duration.ofMillis(1), () -> ran.set(true));
        CountDownLatch blocked = new CountDownLatch(1);
        loop.execute(blocked::countDown);
        blocked.await(10, TimeUnit.SECONDS);

        loop.close();
        ran.set(false);
        loop.execute(() -> ran.set(true));
        loop.close();

        await().until(
                        () ->
                                Thread.getAllStackTraces().keySet().stream()
                                        .noneMatch(thread -> thread.getName().equals(name)));
        assertThat(ran).isFalse();
    }

    private static void wait(CountDownLatch latch) {
        try {
            boolean _ = latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
