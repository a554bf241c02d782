package io.waybill.writer.restaurant;

import io.waybill.writer.money.Item;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What a restaurant offers: at most {@value #MOST_ITEMS} items, by their codes. Immutable. */
public final class Menu {

    /** How many items fit on a menu, so that a restaurant stays small. */
    static final int MOST_ITEMS = 1_000;

    static final Menu EMPTY = new Menu(Map.of());

    private final Map<String, MenuItem> items;

    /** Of a map that nobody changes any more. */
    private Menu(Map<String, MenuItem> items) {
        this.items = Collections.unmodifiableMap(items);
    }

    /** A menu of these items. */
    public static Menu of(Map<String, MenuItem> items) {
        return new Menu(Map.copyOf(items));
    }

    /** All there is, by its codes. */
    public Map<String, MenuItem> items() {
        return items;
    }

    /** An item, if it is on the menu. */
    public @Nullable MenuItem get(String code) {
        return items.get(code);
    }

    boolean isFull() {
        return items.size() >= MOST_ITEMS;
    }

    Menu with(String code, MenuItem item) {
        Map<String, MenuItem> next = new HashMap<>(items);
        next.put(code, item);
        return new Menu(next);
    }

    /**
     * Keeps what is ordered.
     *
     * @throws IllegalStateException when there is not as much
     */
    Menu reserve(List<Item> ordered) {
        return restock(ordered, Stock::reserve);
    }

    /**
     * Gives back what is kept.
     *
     * @throws IllegalStateException when not as much is kept
     */
    Menu release(List<Item> ordered) {
        return restock(ordered, Stock::release);
    }

    /**
     * Takes out what is kept.
     *
     * @throws IllegalStateException when not as much is kept
     */
    Menu take(List<Item> ordered) {
        return restock(ordered, Stock::take);
    }

    private Menu restock(List<Item> ordered, BiFunction<Stock, Integer, Stock> change) {
        Map<String, MenuItem> next = new HashMap<>(items);
        for (Item item : ordered) {
            MenuItem known = next.get(item.code());
            if (known == null) {
                throw new IllegalStateException(
                        "item %s is not on the menu".formatted(item.code()));
            }
            next.put(item.code(), known.with(change.apply(known.stock(), item.quantity())));
        }
        return new Menu(next);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Menu menu && menu.items.equals(items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    @Override
    public String toString() {
        return items.toString();
    }
}
