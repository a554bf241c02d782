package io.waybill.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.proto.account.v1.Withdraw;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.restaurant.v1.CloseRestaurant;
import io.waybill.writer.SagaWorld.Standing;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The writer is killed between any two messages of a saga, once, twice and three times: as a commit
 * is written, before anybody hears of it. Whatever the combination, the order ends once, as it ends
 * when nobody is killed, with the same money, stock and list.
 */
class SagaKilledTest {

    /** How an order ends. */
    enum Course {
        CARRIED_OUT {
            @Override
            void order(SagaWorld world) {
                world.order(world.twoSoups());
            }
        },
        REFUSED_AT_THE_PAYMENT {
            @Override
            void order(SagaWorld world) {
                world.send(
                        Withdraw.newBuilder()
                                .setCustomerId(world.customer())
                                .setAmount("95")
                                .setCurrency("EUR")
                                .build());
                world.world.run(Duration.ofMillis(50));
                world.order(world.twoSoups());
            }
        },
        UNDONE_AFTER_THE_PAYMENT {
            @Override
            void order(SagaWorld world) {
                world.order(world.twoSoups());
                world.runUntilHappened("OrderItemsReserved");
                world.send(CloseRestaurant.newBuilder().setId(world.restaurant()).build());
            }
        };

        abstract void order(SagaWorld world);
    }

    /** What an order comes to. */
    private record End(String last, Standing standing, Object shoppingList) {

        static End of(SagaWorld world) {
            return new End(world.history().getLast(), world.standing(), world.shoppingList());
        }
    }

    private int killed;

    @ParameterizedTest
    @EnumSource
    void killed_between_any_two_messages_an_order_ends_once_and_as_ever(Course course) {
        SagaWorld undisturbed = run(course, List.of());
        End expected = End.of(undisturbed);
        int last = undisturbed.log.commits().size();
        int first = firstOf(undisturbed);
        int runs = 0;
        killed = 0;
        for (int one = first; one <= last; one++) {
            ends(course, List.of(one), expected);
            for (int two = one + 1; two <= last + 1; two++) {
                ends(course, List.of(one, two), expected);
                for (int three = two + 1; three <= last + 2; three++) {
                    ends(course, List.of(one, two, three), expected);
                    runs++;
                }
            }
        }
        assertThat(runs).isGreaterThan(150);
        assertThat(killed).as("most kills find a saga that runs").isGreaterThan(2 * runs);
    }

    private static int firstOf(SagaWorld world) {
        return 1
                + world.log.commits().stream()
                        .map(Commit::getStream)
                        .toList()
                        .indexOf("order/" + world.order());
    }

    private void ends(Course course, List<Integer> kills, End expected) {
        SagaWorld world = run(course, kills);
        assertThat(world.ends()).as("killed at %s: %s", kills, world.history()).isEqualTo(1);
        assertThat(End.of(world)).as("killed at %s", kills).isEqualTo(expected);
        assertThat(world.log.timers()).as("killed at %s", kills).isEmpty();
    }

    /**
     * Runs an order to its end, and some time longer.
     *
     * @param kills the positions of the commits that the writer does not survive
     */
    private SagaWorld run(Course course, List<Integer> kills) {
        SagaWorld world = new SagaWorld("AUTO");
        List<Integer> left = new ArrayList<>(kills);
        world.log.witness(
                commit -> {
                    if (!left.isEmpty() && commit.getPosition() == left.getFirst()) {
                        left.removeFirst();
                        killed++;
                        world.world.restartAfterCrash();
                    }
                });
        course.order(world);
        world.runUntilEnded();
        world.world.run(Duration.ofMinutes(2));
        return world;
    }
}
