package io.waybill.writer;

import io.waybill.writer.memory.MemoryLog.Failure;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** What befalls a pipeline's world by chance. */
record Misfortune(PipelineWorld world, RandomGenerator random) {

    /** From now on calls to append fail now and then, before or after the work was done. */
    void begin() {
        world.log.failures(this::failure);
    }

    /**
     * Something happens to the writer, its queue, its log or its clock; else a moment passes.
     *
     * @param rarity of so many, one is a crash; at least 8
     */
    void strike(int rarity) {
        switch (random.nextInt(rarity)) {
            case 0 -> world.restartAfterCrash();
            case 1 -> world.queue.disconnect();
            case 2, 3 -> {
                world.queue.disconnect();
                world.queue.connect(true);
            }
            case 4 -> world.log.down(true);
            case 5, 6 -> world.log.down(false);
            case 7 -> world.loop.stepClock(Duration.ofSeconds(random.nextInt(20) - 10L));
            default -> world.run(Duration.ofMillis(random.nextInt(20)));
        }
    }

    /** All is well again, for long enough to finish everything. */
    void end() {
        world.log.failures(() -> Failure.NONE);
        world.log.down(false);
        world.queue.disconnect();
        world.queue.connect(true);
        world.run(Duration.ofSeconds(20));
    }

    private Failure failure() {
        return switch (random.nextInt(12)) {
            case 0 -> Failure.BEFORE;
            case 1, 2 -> Failure.AFTER;
            default -> Failure.NONE;
        };
    }
}
