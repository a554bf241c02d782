package io.waybill.database.restaurant;

import static io.waybill.database.order.OrderEvents.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;

import io.waybill.database.Commits;
import io.waybill.database.projection.Folded;
import io.waybill.proto.common.v1.Item;
import io.waybill.proto.restaurant.v1.ItemSet;
import io.waybill.proto.restaurant.v1.ItemsReleased;
import io.waybill.proto.restaurant.v1.ItemsReserved;
import io.waybill.proto.restaurant.v1.ItemsTaken;
import io.waybill.proto.restaurant.v1.MenuItemView;
import io.waybill.proto.restaurant.v1.RestaurantClosed;
import io.waybill.proto.restaurant.v1.RestaurantOpened;
import io.waybill.proto.restaurant.v1.RestaurantRegistered;
import io.waybill.proto.restaurant.v1.RestaurantUpdated;
import io.waybill.proto.restaurant.v1.RestaurantView;
import io.waybill.proto.restaurant.v1.Reviewed;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

class RestaurantProjectionTest {

    private final Commits log = new Commits();
    private final Folded<RestaurantView> restaurants = new Folded<>(new RestaurantProjection());

    private RestaurantView happens(Message... events) {
        restaurants.then(log.of("restaurant/r", events));
        return restaurants.row("r");
    }

    private RestaurantView set(String code, int onHand) {
        return happens(
                ItemSet.newBuilder()
                        .setId("r")
                        .setCode(code)
                        .setName("a " + code)
                        .setUnitPrice(money("EUR", 900))
                        .setOnHand(onHand)
                        .setAt(log.now())
                        .build());
    }

    private static Item item(String code, int quantity) {
        return Item.newBuilder().setCode(code).setQuantity(quantity).build();
    }

    private RestaurantView reserve(Item... items) {
        return happens(
                ItemsReserved.newBuilder()
                        .setId("r")
                        .addAllItems(List.of(items))
                        .setAt(log.now())
                        .build());
    }

    private static void assertStock(MenuItemView item, int onHand, int reserved, int available) {
        assertThat(item.getOnHand()).isEqualTo(onHand);
        assertThat(item.getReserved()).isEqualTo(reserved);
        assertThat(item.getAvailable()).isEqualTo(available);
    }

    @BeforeEach
    void registered() {
        happens(
                RestaurantRegistered.newBuilder()
                        .setId("r")
                        .setName("Bella Italia")
                        .setCurrency("EUR")
                        .setReview("MANUAL")
                        .setAt(log.now())
                        .build());
    }

    @Test
    void a_restaurant_begins_closed_and_opens_and_closes() {
        assertThat(restaurants.row("r").getOpen()).isFalse();
        assertThat(happens(RestaurantOpened.newBuilder().setAt(log.now()).build()).getOpen())
                .isTrue();
        RestaurantView closed = happens(RestaurantClosed.newBuilder().setAt(log.now()).build());
        assertThat(closed.getOpen()).isFalse();
        assertThat(closed.getVersion()).isEqualTo(3);
        assertThat(closed.getLastUpdated()).isEqualTo(Commits.at(3));
        assertThat(closed.getCreated()).isEqualTo(Commits.at(1));
    }

    @Test
    void what_an_update_leaves_out_stays() {
        RestaurantView updated =
                happens(RestaurantUpdated.newBuilder().setReview("AUTO").setAt(log.now()).build());
        assertThat(updated.getName()).isEqualTo("Bella Italia");
        assertThat(updated.getReview()).isEqualTo("AUTO");
        assertThat(happens(RestaurantUpdated.newBuilder().setName("Bello").build()).getName())
                .isEqualTo("Bello");
    }

    @Test
    void its_menu_is_in_the_order_of_the_codes_however_it_was_written() {
        for (String code : new String[] {"pizza", "cake", "wine", "bread", "tea", "cake"}) {
            set(code, 5);
        }
        assertThat(restaurants.row("r").getMenuList())
                .extracting(MenuItemView::getCode)
                .containsExactly("bread", "cake", "pizza", "tea", "wine");
    }

    @Test
    void what_is_reserved_is_given_back_or_taken_and_available_is_what_is_left() {
        set("pizza", 10);
        set("wine", 5);
        RestaurantView reserved = reserve(item("pizza", 4), item("wine", 5));
        assertStock(reserved.getMenu(0), 10, 4, 6);
        assertStock(reserved.getMenu(1), 5, 5, 0);

        RestaurantView released =
                happens(
                        ItemsReleased.newBuilder()
                                .addItems(item("wine", 5))
                                .setAt(log.now())
                                .build());
        assertStock(released.getMenu(1), 5, 0, 5);
        RestaurantView taken =
                happens(
                        ItemsTaken.newBuilder()
                                .addItems(item("pizza", 4))
                                .setAt(log.now())
                                .build());
        assertStock(taken.getMenu(0), 6, 0, 6);
    }

    @Test
    void an_item_that_is_set_anew_keeps_what_is_reserved_of_it() {
        set("pizza", 10);
        reserve(item("pizza", 4));
        assertStock(set("pizza", 7).getMenu(0), 7, 4, 3);
    }

    @Test
    void a_review_changes_nothing_but_the_version() {
        RestaurantView before = restaurants.row("r");
        RestaurantView after = happens(Reviewed.newBuilder().setAt(log.now()).build());
        assertThat(after)
                .isEqualTo(before.toBuilder().setVersion(2).setLastUpdated(Commits.at(2)).build());
    }

    @Test
    void what_is_reserved_of_no_item_stops_the_projection() {
        assertThatThrownBy(() -> reserve(item("nothing", 1)))
                .hasMessageContaining("ItemsReserved at position 2 cannot follow");
    }
}
