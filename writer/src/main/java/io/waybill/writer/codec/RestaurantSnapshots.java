package io.waybill.writer.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.waybill.proto.restaurant.v1.RestaurantSnapshot;
import io.waybill.writer.decide.Snapshots;
import io.waybill.writer.money.Money;
import io.waybill.writer.restaurant.Menu;
import io.waybill.writer.restaurant.MenuItem;
import io.waybill.writer.restaurant.Restaurant;
import io.waybill.writer.restaurant.Review;
import io.waybill.writer.restaurant.Stock;

import java.util.Currency;
import java.util.HashMap;
import java.util.Map;

/** Restaurants as they are kept between folds. */
final class RestaurantSnapshots implements Snapshots<Restaurant> {

    @Override
    public String schema() {
        return "restaurant-1";
    }

    @Override
    public ByteString write(Restaurant state) {
        return switch (state) {
            case Restaurant.Absent absent ->
                    throw new IllegalStateException("a restaurant without events has no snapshot");
            case Restaurant.Registered registered -> write(registered);
        };
    }

    private static ByteString write(Restaurant.Registered restaurant) {
        RestaurantSnapshot.Builder snapshot =
                RestaurantSnapshot.newBuilder()
                        .setId(restaurant.id())
                        .setName(restaurant.name())
                        .setCurrency(restaurant.currency().getCurrencyCode())
                        .setReview(restaurant.review().name())
                        .setOpen(restaurant.open());
        restaurant
                .menu()
                .items()
                .forEach(
                        (code, item) ->
                                snapshot.addMenu(
                                        RestaurantSnapshot.Item.newBuilder()
                                                .setCode(code)
                                                .setUnitPrice(item.unitPrice().minor())
                                                .setOnHand(item.stock().onHand())
                                                .setReserved(item.stock().reserved())));
        return snapshot.build().toByteString();
    }

    @Override
    public Restaurant read(ByteString bytes) throws InvalidProtocolBufferException {
        RestaurantSnapshot snapshot = RestaurantSnapshot.parseFrom(bytes);
        Map<String, MenuItem> menu = new HashMap<>();
        for (RestaurantSnapshot.Item item : snapshot.getMenuList()) {
            menu.put(
                    item.getCode(),
                    new MenuItem(
                            Money.of(snapshot.getCurrency(), item.getUnitPrice()),
                            new Stock(item.getOnHand(), item.getReserved())));
        }
        return new Restaurant.Registered(
                snapshot.getId(),
                snapshot.getName(),
                Currency.getInstance(snapshot.getCurrency()),
                Review.valueOf(snapshot.getReview()),
                snapshot.getOpen(),
                Menu.of(menu));
    }
}
