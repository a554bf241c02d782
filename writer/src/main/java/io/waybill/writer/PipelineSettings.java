package io.waybill.writer;

import io.waybill.writer.saga.SagaSettings;

import java.time.Duration;

/**
 * What the pipeline goes by.
 *
 * @param delay how long a command is held after its acceptance
 * @param deadline how long after its acceptance a command may be decided
 * @param cacheSize how many folded aggregates are kept, their entries counted too: an entry takes
 *     up to about a kilobyte, an aggregate about two
 * @param saga how patient orders are
 */
public record PipelineSettings(
        Duration delay, Duration deadline, int cacheSize, SagaSettings saga) {

    private static final int CACHE_SIZE = 40_000;

    /** The usual deadline, cache and patience. */
    public static PipelineSettings withDelay(Duration delay) {
        return withDelay(delay, SagaSettings.usual());
    }

    /** The usual deadline and cache. */
    public static PipelineSettings withDelay(Duration delay, SagaSettings saga) {
        return new PipelineSettings(delay, Duration.ofHours(24), CACHE_SIZE, saga);
    }
}
