package io.waybill.writer;

import java.time.Duration;

/**
 * What the pipeline goes by.
 *
 * @param delay how long a command is held after its acceptance
 * @param deadline how long after its acceptance a command may be decided
 * @param cachedAggregates how many folded aggregates are kept
 */
public record PipelineSettings(Duration delay, Duration deadline, int cachedAggregates) {

    /** The usual deadline and cache. */
    public static PipelineSettings withDelay(Duration delay) {
        return new PipelineSettings(delay, Duration.ofHours(24), 20_000);
    }
}
