package io.waybill.writer.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.eventstore.v1.RecordedEvent;

import org.junit.jupiter.api.Test;

import java.util.List;

class AggregatesTest {

    /** A kind of aggregate that has as many entries as its state says. */
    private record Bag() implements AggregateType<Integer> {

        @Override
        public String name() {
            return "bag";
        }

        @Override
        public Integer initial() {
            return 0;
        }

        @Override
        public Integer evolve(Integer state, RecordedEvent event) {
            return state + 1;
        }

        @Override
        public int entries(Integer state) {
            return state;
        }

        @Override
        public Decision decide(Asked asked, Integer state) {
            return new Decision.Needless();
        }
    }

    private final Aggregates aggregates = new Aggregates(List.of(new Bag()), 10);

    @Test
    void a_large_aggregate_takes_the_room_of_many_small_ones() {
        put("bag/a", 0);
        put("bag/b", 0);
        put("bag/large", 8);

        assertThat(aggregates.current("bag/a")).isNull();
        assertThat(aggregates.current("bag/b")).isNotNull();
        assertThat(aggregates.current("bag/large")).isNotNull();
    }

    @Test
    void who_was_used_least_recently_makes_room_first() {
        put("bag/a", 4);
        put("bag/b", 4);
        var _ = aggregates.current("bag/a");
        put("bag/c", 4);

        assertThat(aggregates.current("bag/a")).isNotNull();
        assertThat(aggregates.current("bag/b")).isNull();
    }

    @Test
    void the_last_one_is_kept_however_large_it_is() {
        put("bag/a", 0);
        put("bag/huge", 1_000);

        assertThat(aggregates.current("bag/a")).isNull();
        assertThat(aggregates.current("bag/huge")).isNotNull();
    }

    @Test
    void what_shrinks_or_is_forgotten_gives_its_room_back() {
        put("bag/a", 9);
        put("bag/a", 0);
        put("bag/b", 7);
        aggregates.forget("bag/b");
        put("bag/c", 7);
        assertThat(aggregates.current("bag/a")).isNotNull();
        assertThat(aggregates.current("bag/c")).isNotNull();

        aggregates.clear();
        put("bag/d", 4);
        put("bag/e", 4);
        assertThat(aggregates.current("bag/d")).isNotNull();
    }

    private void put(String stream, int entries) {
        aggregates.put(stream, new Folded<>(new Bag(), entries, 1), true);
    }
}
