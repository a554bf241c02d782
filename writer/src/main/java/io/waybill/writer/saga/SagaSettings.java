package io.waybill.writer.saga;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * How patient the saga is.
 *
 * @param paces of every step
 * @param manualReview how long a person of the restaurant may think
 */
public record SagaSettings(Map<Step, Pace> paces, Duration manualReview) {

    private static final Pace USUAL =
            new Pace(Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(1));
    private static final Duration USUAL_MANUAL_REVIEW = Duration.ofMinutes(15);

    /**
     * Checks that nothing is missing.
     *
     * @throws IllegalArgumentException when a step has no pace, or nobody may think at all
     */
    public SagaSettings {
        paces = Map.copyOf(paces);
        if (!paces.keySet().containsAll(Arrays.asList(Step.values()))) {
            throw new IllegalArgumentException("every step has a pace");
        }
        if (!manualReview.isPositive()) {
            throw new IllegalArgumentException("a manual review takes longer than nothing");
        }
    }

    /**
     * Thirty seconds for each step, asked again after a second, then after twice as long each time
     * up to a minute; a quarter of an hour for a person.
     */
    public static SagaSettings usual() {
        Map<Step, Pace> paces = new EnumMap<>(Step.class);
        for (Step step : Step.values()) {
            paces.put(step, USUAL);
        }
        return new SagaSettings(paces, USUAL_MANUAL_REVIEW);
    }

    /** The same with another pace of one step. */
    public SagaSettings with(Step step, Pace pace) {
        Map<Step, Pace> changed = new EnumMap<>(paces);
        changed.put(step, pace);
        return new SagaSettings(changed, manualReview);
    }

    /** The same with another time for a person to think. */
    public SagaSettings withManualReview(Duration allowed) {
        return new SagaSettings(paces, allowed);
    }

    /** The pace of a step, and of taking it back. */
    public Pace pace(Step step) {
        Pace pace = paces.get(step);
        if (pace == null) {
            throw new IllegalStateException("every step has a pace");
        }
        return pace;
    }
}
