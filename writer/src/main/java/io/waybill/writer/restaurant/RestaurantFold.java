package io.waybill.writer.restaurant;

import io.waybill.writer.restaurant.Restaurant.Absent;
import io.waybill.writer.restaurant.Restaurant.Registered;
import io.waybill.writer.restaurant.RestaurantEvent.Closed;
import io.waybill.writer.restaurant.RestaurantEvent.ItemSet;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReleased;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsReserved;
import io.waybill.writer.restaurant.RestaurantEvent.ItemsTaken;
import io.waybill.writer.restaurant.RestaurantEvent.Opened;
import io.waybill.writer.restaurant.RestaurantEvent.Reviewed;
import io.waybill.writer.restaurant.RestaurantEvent.Updated;

/** What a restaurant becomes by its events. Pure; an event that cannot follow is a fault. */
public final class RestaurantFold {

    private RestaurantFold() {}

    /** A restaurant before its first event. */
    public static Restaurant initial() {
        return new Absent();
    }

    /** The restaurant after an event. */
    public static Restaurant evolve(Restaurant restaurant, RestaurantEvent event) {
        return switch (restaurant) {
            case Absent _ when event instanceof RestaurantEvent.Registered first ->
                    new Registered(
                            first.id(),
                            first.name(),
                            first.currency(),
                            first.review(),
                            false,
                            Menu.EMPTY);
            case Absent _ -> throw outOfPlace(event, restaurant);
            case Registered registered -> evolve(registered, event);
        };
    }

    private static Restaurant evolve(Registered before, RestaurantEvent event) {
        return switch (event) {
            case RestaurantEvent.Registered _ -> throw outOfPlace(event, before);
            case Updated updated ->
                    new Registered(
                            before.id(),
                            updated.name().of(before.name()),
                            before.currency(),
                            updated.review().of(before.review()),
                            before.open(),
                            before.menu());
            case ItemSet item -> with(before, set(before.menu(), item));
            case Opened _ -> open(before, true);
            case Closed _ -> open(before, false);
            case ItemsReserved reserved -> with(before, before.menu().reserve(reserved.items()));
            case ItemsReleased released -> with(before, before.menu().release(released.items()));
            case Reviewed _ -> before;
            case ItemsTaken taken -> with(before, before.menu().take(taken.items()));
        };
    }

    private static Menu set(Menu menu, ItemSet item) {
        MenuItem known = menu.get(item.code());
        Stock stock = known == null ? Stock.NONE : known.stock();
        return menu.with(item.code(), new MenuItem(item.unitPrice(), stock.counted(item.onHand())));
    }

    private static Registered with(Registered before, Menu menu) {
        return new Registered(
                before.id(),
                before.name(),
                before.currency(),
                before.review(),
                before.open(),
                menu);
    }

    private static Registered open(Registered before, boolean open) {
        return new Registered(
                before.id(),
                before.name(),
                before.currency(),
                before.review(),
                open,
                before.menu());
    }

    private static IllegalStateException outOfPlace(RestaurantEvent event, Restaurant restaurant) {
        return new IllegalStateException(
                "the event %s of restaurant %s follows on %s"
                        .formatted(
                                event.getClass().getSimpleName(),
                                event.id(),
                                restaurant.getClass().getSimpleName()));
    }
}
