package io.waybill.bench.order;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Customers with an account each, and restaurants with the same menu. What is ordered follows from
 * an order's number, so that customers, restaurants, dishes and totals are mixed evenly. Immutable.
 *
 * @param ending what is to become of its orders
 */
record Town(List<UUID> customers, List<UUID> restaurants, Ending ending) {

    /** What every account begins with, in hundredths. */
    static final long FUNDS = 100_000_000_00L;

    /** What every dish begins with. */
    static final int STOCK = 10_000_000;

    static final List<Dish> MENU =
            IntStream.rangeClosed(1, 8).mapToObj(i -> new Dish("dish-" + i, i * 125L)).toList();

    /**
     * Something on the menu.
     *
     * @param price in hundredths
     */
    record Dish(String code, long price) {}

    /** So many of a dish. */
    record Line(Dish dish, int quantity) {}

    /** What somebody orders, where. */
    record Wish(UUID customer, UUID restaurant, List<Line> lines) {}

    /** What the order of a number wishes: two dishes, and one to three of each. */
    Wish wish(int number) {
        int size = MENU.size();
        int first = number / restaurants.size() % size;
        int second = (first + 1 + number / 5 % (size - 1)) % size;
        int round = number / customers.size();
        return new Wish(
                customers.get(number % customers.size()),
                restaurants.get((number + round) % restaurants.size()),
                List.of(
                        new Line(MENU.get(first), 1 + number / 7 % 3),
                        new Line(MENU.get(second), 1 + number / 11 % 3)));
    }
}
