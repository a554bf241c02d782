package io.waybill.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.DueTimer;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.order.v1.CancelOrder;
import io.waybill.proto.restaurant.v1.SetItem;
import io.waybill.writer.SagaWorld.Standing;
import io.waybill.writer.saga.Step;
import io.waybill.writer.time.ProtoTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A step after the pivot, or an undo, that cannot be done for an hour: it is asked for all the
 * time, at most a minute apart, goes on by itself once it can be done, and costs other orders
 * nothing meanwhile.
 */
class StuckSagaTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** For the messages of a saga that goes on. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private static final int STUCK = 100;
    private static final int OTHERS = 50;
    private static final double MAY_COST = 1.2;

    @ParameterizedTest
    @EnumSource(names = {"TAKE_ITEMS", "INITIATE_SHOPPING"})
    void a_step_after_the_pivot_goes_on_by_itself_once_it_can_be_done(Step step) {
        SagaWorld world = new SagaWorld("AUTO");
        String order = world.nextOrder();
        world.log.invalid(asked(Set.of(order), step, false));

        world.order(world.twoSoups());
        isStuckForAnHour(world, step, false);
        world.log.invalid(proposed -> false);

        world.world.run(MINUTE.plus(MOMENT));
        assertThat(world.history()).last().isEqualTo("OrderApproved");
        assertThat(world.log.timers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"DEBIT_PAYMENT", "CREATE_SHOPPING_LIST", "RESERVE_ITEMS"})
    void an_undo_goes_on_by_itself_once_it_can_be_done(Step step) {
        SagaWorld world = new SagaWorld("MANUAL");
        Standing before = world.standing();
        String order = world.nextOrder();
        world.log.invalid(asked(Set.of(order), step, true));

        world.order(world.twoSoups());
        world.runUntilHappened("OrderReviewRequested");
        world.send(CancelOrder.newBuilder().setId(order).build());
        isStuckForAnHour(world, step, true);
        world.log.invalid(proposed -> false);

        world.world.run(MINUTE.plus(MOMENT));
        assertThat(world.history()).last().isEqualTo("OrderCancelled");
        assertThat(world.standing()).isEqualTo(before);
        assertThat(world.log.timers()).isEmpty();
    }

    @Test
    void orders_beside_many_that_are_stuck_take_no_longer_than_without_them() {
        SagaWorld world = new SagaWorld("AUTO");
        plenty(world);
        List<Duration> alone = others(world);

        Set<String> stuck = new HashSet<>();
        world.log.invalid(asked(stuck, Step.TAKE_ITEMS, false));
        for (int i = 0; i < STUCK; i++) {
            stuck.add(world.nextOrder());
            world.order(world.twoSoups());
        }
        world.world.run(TEN_MINUTES);
        List<Duration> beside = others(world);

        assertThat(world.log.timers()).hasSize(STUCK);
        assertThat(median(beside)).isLessThanOrEqualTo(times(median(alone), MAY_COST));
        assertThat(Collections.max(beside)).isLessThan(Collections.max(alone).multipliedBy(2));
    }

    private static void isStuckForAnHour(SagaWorld world, Step step, boolean undo) {
        world.world.run(HOUR.minus(TEN_MINUTES));
        long before = attempts(world, step, undo);
        world.world.run(TEN_MINUTES);

        assertThat(world.ends()).as("%s", world.history()).isZero();
        assertThat(attempts(world, step, undo) - before).isBetween(9L, 12L);
        Instant now = world.world.time.now();
        DueTimer saga = world.log.timers().getFirst();
        assertThat(ProtoTime.toInstant(saga.getTimer().getDeadline())).isBefore(now);
        assertThat(ProtoTime.toInstant(saga.getTimer().getDue())).isBetween(now, now.plus(MINUTE));
    }

    private static long attempts(SagaWorld world, Step step, boolean undo) {
        return world.log.commits().stream()
                .map(Commit::getMetadata)
                .filter(metadata -> metadata.getSaga().getStep().equals(step.name()))
                .filter(metadata -> metadata.getSaga().getUndo() == undo)
                .count();
    }

    private static Predicate<ProposedCommit> asked(Set<String> orders, Step step, boolean undo) {
        return proposed -> {
            var saga = proposed.getMetadata().getSaga();
            return orders.contains(saga.getOrderId())
                    && saga.getStep().equals(step.name())
                    && saga.getUndo() == undo;
        };
    }

    /** Money and soup for all of them. */
    private static void plenty(SagaWorld world) {
        world.send(world.deposit("EUR").toBuilder().setAmount("100000").build());
        world.send(
                SetItem.newBuilder()
                        .setId(world.restaurant())
                        .setCode("soup")
                        .setName("Soup")
                        .setUnitPrice("3")
                        .setCurrency("EUR")
                        .setOnHand(10_000)
                        .build());
        world.world.run(MOMENT);
    }

    /** How long each of some orders takes, of the same customer at the same restaurant. */
    private static List<Duration> others(SagaWorld world) {
        List<Duration> taken = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            Instant begun = world.world.time.now();
            world.order(world.twoSoups());
            world.runUntilEnded();
            assertThat(world.history()).last().isEqualTo("OrderApproved");
            taken.add(Duration.between(begun, world.world.time.now()));
            world.world.run(Duration.ofMillis(317));
        }
        return taken;
    }

    private static Duration median(List<Duration> taken) {
        return taken.stream().sorted().skip(taken.size() / 2).findFirst().orElseThrow();
    }

    private static Duration times(Duration one, double factor) {
        return Duration.ofNanos((long) (one.toNanos() * factor));
    }
}
