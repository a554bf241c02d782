package io.waybill.writer.restaurant;

import io.waybill.writer.domain.Change;
import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;
import io.waybill.writer.restaurant.RestaurantCommand.Close;
import io.waybill.writer.restaurant.RestaurantCommand.Edit;
import io.waybill.writer.restaurant.RestaurantCommand.ForOrder;
import io.waybill.writer.restaurant.RestaurantCommand.Open;
import io.waybill.writer.restaurant.RestaurantCommand.Register;
import io.waybill.writer.restaurant.RestaurantCommand.Release;
import io.waybill.writer.restaurant.RestaurantCommand.Reserve;
import io.waybill.writer.restaurant.RestaurantCommand.ReviewOrder;
import io.waybill.writer.restaurant.RestaurantCommand.SetItem;
import io.waybill.writer.restaurant.RestaurantCommand.Take;
import io.waybill.writer.restaurant.RestaurantCommand.Update;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A restaurant as one would keep it on paper: shelves, price tags, and a bag for each order. */
final class KitchenModel {

    private boolean registered;
    private boolean open;
    private Review review = Review.AUTO;
    private final Map<String, Money> prices = new HashMap<>();
    private final Map<String, Integer> shelves = new HashMap<>();
    private final Map<String, List<Item>> bags = new HashMap<>();

    boolean isRegistered() {
        return registered;
    }

    boolean isOpen() {
        return open;
    }

    Review review() {
        return review;
    }

    Map<String, Money> prices() {
        return prices;
    }

    /** On the shelves and in the bags. */
    int onHand(String code) {
        return shelves.getOrDefault(code, 0) + reserved(code);
    }

    int reserved(String code) {
        return bags.values().stream()
                .flatMap(List::stream)
                .filter(item -> item.code().equals(code))
                .mapToInt(Item::quantity)
                .sum();
    }

    /** The orders that have a bag. */
    List<String> orders() {
        return bags.keySet().stream().sorted().toList();
    }

    /** What is in the bag of an order. */
    List<Item> bag(String order) {
        return bags.getOrDefault(order, List.of());
    }

    /** Applies a command that comes for the first time, or says why it is to be refused. */
    Optional<RefusalCode> ask(RestaurantCommand command) {
        Optional<RefusalCode> refusal = refusal(command);
        if (refusal.isEmpty()) {
            apply(command);
        }
        return refusal;
    }

    private Optional<RefusalCode> refusal(RestaurantCommand command) {
        return switch (command) {
            case Register _, Release _, Take _ -> Optional.empty();
            case Edit _ when !registered -> Optional.of(RefusalCode.NOT_FOUND);
            case ForOrder _ when !registered -> Optional.of(RefusalCode.UNKNOWN_RESTAURANT);
            case ForOrder _ when !open -> Optional.of(RefusalCode.RESTAURANT_CLOSED);
            case SetItem item when !item.unitPrice().currency().getCurrencyCode().equals("EUR") ->
                    Optional.of(RefusalCode.CURRENCY_MISMATCH);
            case SetItem item when item.onHand() < reserved(item.code()) ->
                    Optional.of(RefusalCode.RESERVED);
            case Reserve reserve ->
                    reserve.items().stream().map(this::fault).flatMap(Optional::stream).findFirst();
            case Update _, SetItem _, Open _, Close _, ReviewOrder _ -> Optional.empty();
        };
    }

    private Optional<RefusalCode> fault(Item item) {
        Money price = prices.get(item.code());
        if (price == null) {
            return Optional.of(RefusalCode.UNKNOWN_ITEM);
        }
        if (!price.currency().equals(item.unitPrice().currency())) {
            return Optional.of(RefusalCode.CURRENCY_MISMATCH);
        }
        if (price.minor() != item.unitPrice().minor()) {
            return Optional.of(RefusalCode.PRICE_CHANGED);
        }
        return shelves.getOrDefault(item.code(), 0) < item.quantity()
                ? Optional.of(RefusalCode.OUT_OF_STOCK)
                : Optional.empty();
    }

    private void apply(RestaurantCommand command) {
        switch (command) {
            case Register register -> {
                if (!registered) {
                    registered = true;
                    review = register.review();
                }
            }
            case Update update -> {
                if (update.review() instanceof Change.To<Review>(Review changed)) {
                    review = changed;
                }
            }
            case SetItem item -> {
                prices.put(item.code(), item.unitPrice());
                shelves.put(item.code(), item.onHand() - reserved(item.code()));
            }
            case Open _ -> open = true;
            case Close _ -> open = false;
            case Reserve reserve -> {
                reserve.items().forEach(item -> move(item, -item.quantity()));
                bags.put(reserve.orderId(), reserve.items());
            }
            case Release release -> {
                List<Item> bag = bags.remove(release.orderId());
                if (bag != null) {
                    bag.forEach(item -> move(item, item.quantity()));
                }
            }
            case Take take -> bags.remove(take.orderId());
            case ReviewOrder _ -> {}
        }
    }

    private void move(Item item, int quantity) {
        shelves.merge(item.code(), quantity, Integer::sum);
    }
}
