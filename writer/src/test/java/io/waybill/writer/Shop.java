package io.waybill.writer;

import io.waybill.catalogue.Ids;
import io.waybill.proto.account.v1.Deposit;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.OrderItem;
import io.waybill.proto.restaurant.v1.OpenRestaurant;
import io.waybill.proto.restaurant.v1.RegisterRestaurant;
import io.waybill.proto.restaurant.v1.SetItem;
import io.waybill.writer.memory.Commands;

import java.time.Duration;
import java.util.List;

/** A restaurant with soup at 3.00 euros, and a customer with 20.00 euros, in a pipeline's world. */
final class Shop {

    final PipelineWorld world;
    final String customer;
    final String restaurant;
    private int sent = 1_000;

    /**
     * @param review how the restaurant reviews orders: {@code AUTO} or {@code MANUAL}
     */
    Shop(PipelineWorld world, String review) {
        this.world = world;
        customer = world.addContact(++sent);
        restaurant = madeBy("restaurant", ++sent);
        world.send(
                RegisterRestaurant.newBuilder()
                        .setName("Luigi's")
                        .setCurrency("EUR")
                        .setReview(review)
                        .build(),
                sent);
        settle();
        world.send(OpenRestaurant.newBuilder().setId(restaurant).build(), ++sent);
        countSoup();
        world.send(
                Deposit.newBuilder()
                        .setCustomerId(customer)
                        .setAmount("20")
                        .setCurrency("EUR")
                        .build(),
                ++sent);
        settle();
    }

    private void settle() {
        world.run(world.settings.delay().plusMillis(100));
    }

    /** Somebody counts the soup: ten. */
    void countSoup() {
        world.send(
                SetItem.newBuilder()
                        .setId(restaurant)
                        .setCode("soup")
                        .setName("Soup")
                        .setUnitPrice("3")
                        .setCurrency("EUR")
                        .setOnHand(10)
                        .build(),
                ++sent);
    }

    /** The aggregate that a command makes. */
    static String madeBy(String aggregate, int number) {
        return Ids.aggregateId(aggregate, "anonymous", Commands.id(number));
    }

    /** Orders two soups; answers the order's id. */
    String order() {
        world.send(
                CreateOrder.newBuilder()
                        .setCustomerId(customer)
                        .setRestaurantId(restaurant)
                        .setCurrency("EUR")
                        .addOrderItems(
                                OrderItem.newBuilder()
                                        .setCode("soup")
                                        .setUnitPrice("3")
                                        .setQuantity(2))
                        .build(),
                ++sent);
        return madeBy("order", sent);
    }

    /** Runs until something happened, and not a task further. */
    void runUntil(String stream, String event) {
        if (!world.time.runUntil(() -> happened(stream).contains(event), Duration.ofMinutes(1))) {
            throw new AssertionError(stream + " has only " + happened(stream));
        }
    }

    /** What happened in a stream, by the short names of its events. */
    List<String> happened(String stream) {
        return world.log.commits().stream()
                .filter(commit -> commit.getStream().equals(stream))
                .map(Commit::getEventsList)
                .flatMap(List::stream)
                .map(event -> event.getType().substring(event.getType().lastIndexOf('.') + 1))
                .toList();
    }

    /** The names of the timers of a stream that stand. */
    List<String> timers(String stream) {
        return world.log.timers().stream()
                .filter(timer -> timer.getStream().equals(stream))
                .map(timer -> timer.getTimer().getName())
                .toList();
    }
}
