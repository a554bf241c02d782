package io.waybill.app.instance;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * How the process ends when it is told to: on SIGTERM or Ctrl-C the JVM runs the given closing on a
 * thread of its own, and the process then exits with 0. A closing that takes longer than nine
 * seconds is cut off, with a sentence and exit code 1: what was accepted is on disk and goes on at
 * the next start.
 */
final class Stopping {

    private static final Duration PATIENCE = Duration.ofSeconds(9);

    private final CountDownLatch told = new CountDownLatch(1);
    private volatile boolean forgotten;

    private Stopping() {}

    /** Registers the closing with the JVM. */
    static Stopping whenTold(Runnable closing) {
        Stopping stopping = new Stopping();
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("waybill-stop")
                                .unstarted(() -> stopping.stop(closing)));
        return stopping;
    }

    /** Whether the process was told to stop. */
    boolean begun() {
        return told.getCount() == 0;
    }

    /** Blocks until the process ends. */
    void await() {
        try {
            told.await();
            Thread.currentThread().join(); // The closing ends the process.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on the process just ends: whoever calls this closes what is open. */
    void forget() {
        forgotten = true;
    }

    private void stop(Runnable closing) {
        if (forgotten) {
            return;
        }
        told.countDown();
        Thread.ofPlatform().name("waybill-stop-limit").daemon().start(Stopping::cutOff);
        closing.run();
        Runtime.getRuntime().halt(0);
    }

    private static void cutOff() {
        try {
            Thread.sleep(PATIENCE);
            System.err.println("waybill: did not close within 9 s; ends as it is.");
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
