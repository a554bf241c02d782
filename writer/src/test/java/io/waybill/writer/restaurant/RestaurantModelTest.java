package io.waybill.writer.restaurant;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.domain.Decision;
import io.waybill.writer.domain.Recorded;
import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.restaurant.RestaurantCommand.Release;
import io.waybill.writer.restaurant.RestaurantCommand.Reserve;
import io.waybill.writer.restaurant.RestaurantCommand.Take;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReserved;
import io.waybill.writer.restaurant.RestaurantEvent.Reviewed;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A restaurant that keeps totals says the same as a kitchen with a bag for each order, whatever
 * comes: in duplicate, late, or undone before it came.
 */
class RestaurantModelTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void the_stock_is_right_at_every_version(long seed) {
        Set<Object> met = new HashSet<>();
        for (int run = 0; run < 25; run++) {
            new Run(new Random(seed * 1_000 + run), met, "seed " + seed + ", run " + run).run();
        }

        assertThat(met)
                .as("seed %d meets every event and every refusal", seed)
                .contains((Object[]) RestaurantEvent.class.getPermittedSubclasses())
                .contains(
                        RefusalCode.NOT_FOUND,
                        RefusalCode.UNKNOWN_RESTAURANT,
                        RefusalCode.RESTAURANT_CLOSED,
                        RefusalCode.UNKNOWN_ITEM,
                        RefusalCode.CURRENCY_MISMATCH,
                        RefusalCode.PRICE_CHANGED,
                        RefusalCode.OUT_OF_STOCK,
                        RefusalCode.RESERVED);
    }

    private static final class Run {

        private final Random random;
        private final Set<Object> met;
        private final String description;
        private final RestaurantCommands commands;
        private final Recorded<RestaurantEvent> recorded = new Recorded<>();
        private final KitchenModel kitchen = new KitchenModel();
        private final List<RestaurantCommand> sentBefore = new ArrayList<>();
        private Restaurant restaurant = RestaurantFold.initial();

        Run(Random random, Set<Object> met, String description) {
            this.random = random;
            this.met = met;
            this.description = description;
            this.commands = new RestaurantCommands(random);
        }

        void run() {
            for (int step = 0; step < 200; step++) {
                if (recorded.hasUndoable() && random.nextInt(4) == 0) {
                    end(recorded.drawUndoable(random));
                } else if (!sentBefore.isEmpty() && random.nextInt(8) == 0) {
                    send(sentBefore.get(random.nextInt(sentBefore.size())));
                } else {
                    RestaurantCommand command = commands.next(kitchen);
                    sentBefore.add(command);
                    boolean reserves = command instanceof Reserve;
                    if (reserves) {
                        recorded.sent(RestaurantCommands.id(command));
                    }
                    if (!reserves || random.nextInt(4) > 0) {
                        send(command);
                    }
                }
            }
        }

        /** What a saga does with a reservation: it is taken back, or, when it was made, taken. */
        private void end(String reservation) {
            String order = reservation.substring("reserve ".length());
            if (!kitchen.bag(order).isEmpty() && random.nextBoolean()) {
                send(new Take(RestaurantCommands.ID, order, kitchen.bag(order), commands.now()));
            } else {
                List<ItemsReserved> undone = recorded.undone(reservation, ItemsReserved.class);
                send(new Release(RestaurantCommands.ID, order, undone, commands.now()));
            }
        }

        private void send(RestaurantCommand command) {
            recorded.once(RestaurantCommands.id(command), () -> decide(command))
                    .forEach(
                            event -> {
                                met.add(event.getClass());
                                restaurant = RestaurantFold.evolve(restaurant, event);
                                assertThat(event.at()).as(description).isEqualTo(command.at());
                                check();
                            });
            check();
        }

        private Decision<RestaurantEvent> decide(RestaurantCommand command) {
            Optional<RefusalCode> refusal = kitchen.ask(command);
            refusal.ifPresent(met::add);
            Decision<RestaurantEvent> decision = RestaurantDecider.decide(command, restaurant);
            switch (decision) {
                case Decision.Refused<RestaurantEvent> refused ->
                        assertThat(refusal).as(description).hasValue(refused.code());
                case Decision.Accepted<RestaurantEvent>(var events) -> {
                    assertThat(refusal).as(description).isEmpty();
                    for (RestaurantEvent event : events) {
                        if (event instanceof Reviewed reviewed) {
                            assertThat(reviewed.approved())
                                    .as(description)
                                    .isEqualTo(kitchen.review() == Review.AUTO);
                        }
                    }
                }
            }
            return decision;
        }

        /** R14, and the same numbers as in the kitchen. */
        private void check() {
            switch (restaurant) {
                case Restaurant.Absent _ ->
                        assertThat(kitchen.isRegistered()).as(description).isFalse();
                case Restaurant.Registered registered -> {
                    assertThat(registered.open()).as(description).isEqualTo(kitchen.isOpen());
                    assertThat(registered.menu().items().keySet())
                            .as(description)
                            .isEqualTo(kitchen.prices().keySet());
                    registered.menu().items().forEach(this::check);
                }
            }
        }

        private void check(String code, MenuItem item) {
            Stock stock = item.stock();
            assertThat(stock.available())
                    .as(description)
                    .isNotNegative()
                    .isEqualTo(stock.onHand() - stock.reserved());
            assertThat(stock.reserved()).as(description).isEqualTo(kitchen.reserved(code));
            assertThat(stock.onHand()).as(description).isEqualTo(kitchen.onHand(code));
            assertThat(item.unitPrice()).as(description).isEqualTo(kitchen.prices().get(code));
        }
    }
}
