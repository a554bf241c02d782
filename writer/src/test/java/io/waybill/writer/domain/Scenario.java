package io.waybill.writer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;

/**
 * How a test of an aggregate reads: given what happened, when something is asked, then that comes
 * of it.
 *
 * @param <C> what may be asked
 * @param <S> the aggregate
 * @param <E> what may happen to it
 */
public record Scenario<C, S, E>(
        S initial, BiFunction<S, E, S> evolve, BiFunction<C, S, Decision<E>> decide) {

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public final Given<C, S, E> given(E... events) {
        return new Given<>(this, fold(List.of(events)));
    }

    /** The aggregate after events. */
    public S fold(List<? extends E> events) {
        S state = initial;
        for (E event : events) {
            state = evolve.apply(state, event);
        }
        return state;
    }

    /** What happened. */
    public record Given<C, S, E>(Scenario<C, S, E> scenario, S state) {

        public Then<E> when(C command) {
            return new Then<>(scenario.decide().apply(command, state));
        }
    }

    /** What comes of it. */
    public record Then<E>(Decision<E> decision) {

        @SafeVarargs
        @SuppressWarnings("varargs") // only read
        public final void then(E... events) {
            assertThat(decision).isEqualTo(new Decision.Accepted<>(List.of(events)));
        }

        public void thenNothing() {
            assertThat(decision).isEqualTo(Decision.nothing());
        }

        public void thenRefused(RefusalCode code, String field, String sentence) {
            assertThat(decision).isEqualTo(new Decision.Refused<>(code, sentence, field));
        }
    }
}
