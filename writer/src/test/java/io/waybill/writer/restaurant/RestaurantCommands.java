package io.waybill.writer.restaurant;

import io.waybill.writer.domain.Change;
import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;
import io.waybill.writer.restaurant.RestaurantCommand.Close;
import io.waybill.writer.restaurant.RestaurantCommand.Edit;
import io.waybill.writer.restaurant.RestaurantCommand.Open;
import io.waybill.writer.restaurant.RestaurantCommand.Register;
import io.waybill.writer.restaurant.RestaurantCommand.Release;
import io.waybill.writer.restaurant.RestaurantCommand.Reserve;
import io.waybill.writer.restaurant.RestaurantCommand.ReviewOrder;
import io.waybill.writer.restaurant.RestaurantCommand.SetItem;
import io.waybill.writer.restaurant.RestaurantCommand.Take;
import io.waybill.writer.restaurant.RestaurantCommand.Update;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Random;

/** Random commands for one restaurant. */
final class RestaurantCommands {

    static final String ID = "r1";

    private static final List<String> CODES = List.of("pizza", "pasta", "salad", "wine", "beer");

    private final Random random;
    private Instant clock = Instant.parse("2026-01-01T09:00:00Z");
    private int number;

    RestaurantCommands(Random random) {
        this.random = random;
    }

    Instant now() {
        clock = clock.plusMillis(1 + random.nextInt(2_000));
        return clock;
    }

    RestaurantCommand next(KitchenModel kitchen) {
        Instant at = now();
        number++;
        return switch (random.nextInt(14)) {
            case 0 -> new Register(ID, "Mario", Currency.getInstance("EUR"), review(), at);
            case 1 -> new Update(ID, new Change.Keep<>(), new Change.To<>(review()), at);
            case 2, 3, 4 -> new SetItem(ID, code(), "x", price(), random.nextInt(20), at);
            case 5, 6 -> new Open(ID, at);
            case 7 -> random.nextInt(3) == 0 ? new Close(ID, at) : new Open(ID, at);
            case 8 -> new ReviewOrder(ID, "o" + number, at);
            default -> new Reserve(ID, "o" + number, items(kitchen), at);
        };
    }

    /** What identifies a command. */
    static String id(RestaurantCommand command) {
        return switch (command) {
            case Reserve reserve -> "reserve " + reserve.orderId();
            case Release release -> "release " + release.orderId();
            case Take take -> "take " + take.orderId();
            case ReviewOrder review -> "review " + review.orderId();
            case Register _, Edit _ -> command.toString();
        };
    }

    /** One to three different ones, mostly at the menu's price. */
    private List<Item> items(KitchenModel kitchen) {
        List<String> codes = new ArrayList<>(CODES);
        Collections.shuffle(codes, random);
        return codes.subList(0, 1 + random.nextInt(3)).stream()
                .map(
                        code ->
                                new Item(
                                        code,
                                        "x",
                                        random.nextInt(12) == 0
                                                ? price()
                                                : kitchen.prices().getOrDefault(code, price()),
                                        1 + random.nextInt(5)))
                .toList();
    }

    private String code() {
        return CODES.get(random.nextInt(CODES.size()));
    }

    private Money price() {
        return Money.of(random.nextInt(15) == 0 ? "USD" : "EUR", 100L * (1 + random.nextInt(4)));
    }

    private Review review() {
        return random.nextBoolean() ? Review.AUTO : Review.MANUAL;
    }
}
