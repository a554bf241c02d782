package io.waybill.writer.restaurant;

import static io.waybill.writer.domain.RefusalCode.CURRENCY_MISMATCH;
import static io.waybill.writer.domain.RefusalCode.NOT_FOUND;
import static io.waybill.writer.domain.RefusalCode.RESERVED;
import static io.waybill.writer.domain.RefusalCode.RESTAURANT_CLOSED;
import static io.waybill.writer.domain.RefusalCode.TOO_MANY_ITEMS;
import static io.waybill.writer.domain.RefusalCode.UNKNOWN_RESTAURANT;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.writer.domain.Change;
import io.waybill.writer.domain.Scenario;
import io.waybill.writer.domain.Scenario.Given;
import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;
import io.waybill.writer.restaurant.RestaurantCommand.Close;
import io.waybill.writer.restaurant.RestaurantCommand.Open;
import io.waybill.writer.restaurant.RestaurantCommand.Register;
import io.waybill.writer.restaurant.RestaurantCommand.Release;
import io.waybill.writer.restaurant.RestaurantCommand.Reserve;
import io.waybill.writer.restaurant.RestaurantCommand.ReviewOrder;
import io.waybill.writer.restaurant.RestaurantCommand.SetItem;
import io.waybill.writer.restaurant.RestaurantCommand.Take;
import io.waybill.writer.restaurant.RestaurantCommand.Update;
import io.waybill.writer.restaurant.RestaurantEvent.Closed;
import io.waybill.writer.restaurant.RestaurantEvent.ItemSet;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReleased;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReserved;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsTaken;
import io.waybill.writer.restaurant.RestaurantEvent.Opened;
import io.waybill.writer.restaurant.RestaurantEvent.Registered;
import io.waybill.writer.restaurant.RestaurantEvent.Reviewed;
import io.waybill.writer.restaurant.RestaurantEvent.Updated;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

class RestaurantDeciderTest {

    private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");
    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");
    private static final Currency EUR = Currency.getInstance("EUR");

    private static final Scenario<RestaurantCommand, Restaurant, RestaurantEvent> RESTAURANTS =
            new Scenario<>(
                    RestaurantFold.initial(), RestaurantFold::evolve, RestaurantDecider::decide);

    private static final Registered MARIO = new Registered("r1", "Mario", EUR, Review.AUTO, NINE);
    private static final Opened OPEN = new Opened("r1", NINE);
    private static final ItemSet PIZZA = new ItemSet("r1", "pizza", "Pizza", eur(950), 5, NINE);
    private static final List<Item> TWO_PIZZAS = List.of(new Item("pizza", "Pizza", eur(950), 2));
    private static final ItemsReserved KEPT = new ItemsReserved("r1", "o1", TWO_PIZZAS, NINE);

    @Test
    void a_registered_restaurant_is_closed_with_an_empty_menu() {
        given().when(new Register("r1", "Mario", EUR, Review.AUTO, NINE)).then(MARIO);

        assertThat(registered(MARIO))
                .isEqualTo(
                        new Restaurant.Registered(
                                "r1", "Mario", EUR, Review.AUTO, false, Menu.EMPTY));
    }

    @Test
    void registering_it_again_changes_nothing() {
        given(MARIO, OPEN).when(new Register("r1", "Mario", EUR, Review.AUTO, TEN)).thenNothing();
    }

    @Test
    void an_update_changes_what_is_given_and_leaves_the_rest() {
        Updated updated =
                new Updated("r1", new Change.Keep<>(), new Change.To<>(Review.MANUAL), TEN);
        given(MARIO)
                .when(new Update("r1", new Change.Keep<>(), new Change.To<>(Review.MANUAL), TEN))
                .then(updated);

        Restaurant.Registered after = registered(MARIO, updated);
        assertThat(after.name()).isEqualTo("Mario");
        assertThat(after.review()).isEqualTo(Review.MANUAL);
    }

    @Test
    void it_opens_and_closes_once() {
        given(MARIO).when(new Open("r1", TEN)).then(new Opened("r1", TEN));
        given(MARIO, OPEN).when(new Open("r1", TEN)).thenNothing();
        given(MARIO, OPEN).when(new Close("r1", TEN)).then(new Closed("r1", TEN));
        given(MARIO).when(new Close("r1", TEN)).thenNothing();
    }

    @Test
    void an_unknown_restaurant_is_not_found() {
        String sentence = "restaurant with id r1 not found";
        given().when(new Open("r1", TEN)).thenRefused(NOT_FOUND, "id", sentence);
        given().when(new Close("r1", TEN)).thenRefused(NOT_FOUND, "id", sentence);
        given().when(new SetItem("r1", "pizza", "Pizza", eur(950), 5, TEN))
                .thenRefused(NOT_FOUND, "id", sentence);
        given().when(new Update("r1", new Change.To<>("x"), new Change.Keep<>(), TEN))
                .thenRefused(NOT_FOUND, "id", sentence);
    }

    @Test
    void an_item_is_put_on_the_menu_and_changed() {
        given(MARIO).when(new SetItem("r1", "pizza", "Pizza", eur(950), 5, NINE)).then(PIZZA);

        ItemSet dearer = new ItemSet("r1", "pizza", "Pizza", eur(1050), 7, TEN);
        assertThat(registered(MARIO, PIZZA, KEPT, dearer).menu().get("pizza"))
                .isEqualTo(new MenuItem(eur(1050), new Stock(7, 2)));
    }

    @Test
    void a_price_in_another_currency_is_refused() {
        given(MARIO)
                .when(new SetItem("r1", "pizza", "Pizza", Money.of("USD", 950), 5, TEN))
                .thenRefused(
                        CURRENCY_MISMATCH,
                        "currency",
                        "the prices of Mario are in EUR, not in USD");
    }

    @Test
    void a_stock_below_what_is_reserved_is_refused_and_says_how_many_are() {
        given(MARIO, PIZZA, KEPT)
                .when(new SetItem("r1", "pizza", "Pizza", eur(950), 1, TEN))
                .thenRefused(
                        RESERVED,
                        "on_hand",
                        "of item pizza 2 are reserved for orders: 1 on hand are too few");
        given(MARIO, PIZZA, KEPT)
                .when(new SetItem("r1", "pizza", "Pizza", eur(950), 2, TEN))
                .then(new ItemSet("r1", "pizza", "Pizza", eur(950), 2, TEN));
    }

    @Test
    void a_menu_has_a_thousand_items_at_most_and_those_can_still_be_changed() {
        List<RestaurantEvent> events = new ArrayList<>(List.of(MARIO));
        for (int i = 0; i < 1_000; i++) {
            events.add(new ItemSet("r1", "item " + i, "x", eur(1), 0, NINE));
        }
        Given<RestaurantCommand, Restaurant, RestaurantEvent> full =
                given(events.toArray(RestaurantEvent[]::new));

        full.when(new SetItem("r1", "one more", "x", eur(1), 0, TEN))
                .thenRefused(
                        TOO_MANY_ITEMS,
                        "code",
                        "the menu of Mario has 1000 items, and more do not fit");
        full.when(new SetItem("r1", "item 7", "x", eur(2), 0, TEN))
                .then(new ItemSet("r1", "item 7", "x", eur(2), 0, TEN));
    }

    @Test
    void an_open_restaurant_approves_at_once_or_lets_a_person_decide() {
        Registered manual = new Registered("r1", "Mario", EUR, Review.MANUAL, NINE);
        given(MARIO, OPEN)
                .when(new ReviewOrder("r1", "o1", TEN))
                .then(new Reviewed("r1", "o1", true, TEN));
        given(manual, OPEN)
                .when(new ReviewOrder("r1", "o1", TEN))
                .then(new Reviewed("r1", "o1", false, TEN));
    }

    @Test
    void a_closed_restaurant_reviews_and_reserves_nothing() {
        String sentence = "restaurant Mario is closed";
        given(MARIO, PIZZA)
                .when(new ReviewOrder("r1", "o1", TEN))
                .thenRefused(RESTAURANT_CLOSED, "restaurant_id", sentence);
        given(MARIO, PIZZA)
                .when(new Reserve("r1", "o1", TWO_PIZZAS, TEN))
                .thenRefused(RESTAURANT_CLOSED, "restaurant_id", sentence);
    }

    @Test
    void an_unknown_restaurant_reviews_and_reserves_nothing() {
        String sentence = "restaurant r1 is not known";
        given().when(new ReviewOrder("r1", "o1", TEN))
                .thenRefused(UNKNOWN_RESTAURANT, "restaurant_id", sentence);
        given().when(new Reserve("r1", "o1", TWO_PIZZAS, TEN))
                .thenRefused(UNKNOWN_RESTAURANT, "restaurant_id", sentence);
    }

    @Test
    void a_reservation_that_is_taken_back_gives_all_of_it_back() {
        ItemsReleased released = new ItemsReleased("r1", "o1", TWO_PIZZAS, TEN);
        given(MARIO, PIZZA, OPEN, KEPT)
                .when(new Release("r1", "o1", List.of(KEPT), TEN))
                .then(released);

        assertThat(registered(MARIO, PIZZA, OPEN, KEPT, released))
                .isEqualTo(registered(MARIO, PIZZA, OPEN));
    }

    @Test
    void a_closed_restaurant_gives_back_and_takes_what_it_reserved_while_it_was_open() {
        given(MARIO, PIZZA, OPEN, KEPT, new Closed("r1", TEN))
                .when(new Release("r1", "o1", List.of(KEPT), TEN))
                .then(new ItemsReleased("r1", "o1", TWO_PIZZAS, TEN));
        given(MARIO, PIZZA, OPEN, KEPT, new Closed("r1", TEN))
                .when(new Take("r1", "o1", TWO_PIZZAS, TEN))
                .then(new ItemsTaken("r1", "o1", TWO_PIZZAS, TEN));
    }

    @Test
    void there_is_nothing_to_give_back_of_a_reservation_that_did_nothing() {
        given().when(new Release("r1", "o1", List.of(), TEN)).thenNothing();
        given(MARIO, PIZZA).when(new Release("r1", "o1", List.of(), TEN)).thenNothing();
    }

    @Test
    void taking_lowers_what_is_on_hand_and_what_is_reserved() {
        ItemsTaken taken = new ItemsTaken("r1", "o1", TWO_PIZZAS, TEN);
        given(MARIO, PIZZA, OPEN, KEPT).when(new Take("r1", "o1", TWO_PIZZAS, TEN)).then(taken);

        assertThat(registered(MARIO, PIZZA, OPEN, KEPT, taken).menu().get("pizza"))
                .isEqualTo(new MenuItem(eur(950), new Stock(3, 0)));
    }

    @Test
    void taking_or_giving_back_what_is_not_reserved_is_a_fault() {
        assertThatThrownBy(
                        () -> given(MARIO, PIZZA, OPEN).when(new Take("r1", "o1", TWO_PIZZAS, TEN)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a stock is wrong: 3 on hand, -2 reserved");
        assertThatThrownBy(
                        () ->
                                given(MARIO, PIZZA, OPEN)
                                        .when(new Release("r1", "o1", List.of(KEPT), TEN)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a stock is wrong: 5 on hand, -2 reserved");
        assertThatThrownBy(() -> given().when(new Take("r1", "o1", TWO_PIZZAS, TEN)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("order o1 has items reserved at restaurant r1, which is not there");
    }

    @Test
    void an_event_that_cannot_follow_cannot_be_folded() {
        assertThatThrownBy(() -> RESTAURANTS.fold(List.of(OPEN)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the event Opened of restaurant r1 follows on Absent");
        assertThatThrownBy(() -> RESTAURANTS.fold(List.of(MARIO, MARIO)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the event Registered of restaurant r1 follows on Registered");
        assertThatThrownBy(() -> RESTAURANTS.fold(List.of(MARIO, KEPT)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("item pizza is not on the menu");
    }

    private static Restaurant.Registered registered(RestaurantEvent... events) {
        return (Restaurant.Registered) RESTAURANTS.fold(List.of(events));
    }

    private static Given<RestaurantCommand, Restaurant, RestaurantEvent> given(
            RestaurantEvent... events) {
        return RESTAURANTS.given(events);
    }

    private static Money eur(long cents) {
        return Money.of("EUR", cents);
    }
}
