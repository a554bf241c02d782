package io.waybill.app.demo;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the demo consists of. Names in it are keys, too: whoever changes what stands under a name
 * changes the name.
 */
final class Script {

    /** Of all its amounts, whatever the settings say. */
    static final String CURRENCY = "EUR";

    /**
     * Somebody who orders.
     *
     * @param funds what is paid in
     * @param disabled whether orders of theirs are refused
     */
    record Customer(String name, String funds, boolean disabled) {}

    /** Something on a menu. */
    record Dish(String code, String name, String price, int onHand) {}

    /**
     * Somewhere to order.
     *
     * @param review {@code AUTO} or {@code MANUAL}
     */
    record Restaurant(String name, String review, List<Dish> menu) {}

    /** An order; its dishes by their code, with how many of each. */
    record Order(String name, String customer, String restaurant, Map<String, Integer> dishes) {}

    static final List<Customer> CUSTOMERS =
            List.of(
                    new Customer("Customer 1", "200.00", false),
                    new Customer("Customer 2", "80.00", false),
                    new Customer("Customer 3", "25.00", false),
                    new Customer("Customer 4", "100.00", true));

    static final List<Restaurant> RESTAURANTS =
            List.of(
                    new Restaurant(
                            "Noodle bar",
                            "AUTO",
                            List.of(
                                    new Dish("noodles", "Fried noodles", "9.50", 40),
                                    new Dish("soup", "Soup of the day", "6.00", 25),
                                    new Dish("tea", "Green tea", "2.40", 100))),
                    new Restaurant(
                            "Corner bakery",
                            "MANUAL",
                            List.of(
                                    new Dish("bread", "Rye bread", "4.20", 30),
                                    new Dish("cake", "Whole cake", "18.00", 8))));

    /**
     * One is approved at once, one waits for a person, and two are refused, each for its reason.
     */
    static final List<Order> ORDERS =
            List.of(
                    new Order("Order 1", "Customer 1", "Noodle bar", Map.of("noodles", 2)),
                    new Order("Order 2", "Customer 2", "Noodle bar", Map.of("soup", 3)),
                    new Order("Order 3", "Customer 1", "Corner bakery", Map.of("cake", 1)),
                    new Order("Order 4", "Customer 3", "Noodle bar", Map.of("noodles", 12)),
                    new Order("Order 5", "Customer 4", "Noodle bar", Map.of("tea", 1)));

    private Script() {}

    static Restaurant restaurant(String name) {
        return RESTAURANTS.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the demo has no " + name));
    }

    /** The key of a request that has a name: {@code demo-noodle-bar-open}. */
    static String key(String name) {
        return "demo-" + name.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /** How many requests there are. */
    static int requests() {
        int dishes = RESTAURANTS.stream().mapToInt(one -> one.menu().size()).sum();
        int disabled = (int) CUSTOMERS.stream().filter(Customer::disabled).count();
        return 2 * CUSTOMERS.size() + disabled + 2 * RESTAURANTS.size() + dishes + ORDERS.size();
    }
}
