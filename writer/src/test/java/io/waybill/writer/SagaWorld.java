package io.waybill.writer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;

import io.waybill.catalogue.Ids;
import io.waybill.proto.account.v1.Deposit;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.eventstore.v1.Commit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.OrderItem;
import io.waybill.proto.order.v1.OrderStepRefused;
import io.waybill.proto.restaurant.v1.OpenRestaurant;
import io.waybill.proto.restaurant.v1.RegisterRestaurant;
import io.waybill.proto.restaurant.v1.SetItem;
import io.waybill.writer.account.Account;
import io.waybill.writer.codec.Codecs;
import io.waybill.writer.contact.Contact;
import io.waybill.writer.decide.Aggregates;
import io.waybill.writer.decide.Folded;
import io.waybill.writer.memory.Commands;
import io.waybill.writer.memory.MemoryLog;
import io.waybill.writer.order.Order;
import io.waybill.writer.poison.CommandNotes;
import io.waybill.writer.restaurant.Menu;
import io.waybill.writer.restaurant.Restaurant;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;
import io.waybill.writer.shopping.ShoppingList;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The whole writer with all five aggregates, in virtual time: a customer with 100 euros, a
 * restaurant with ten soups at 3 euros each, and one order.
 */
final class SagaWorld {

    private static final Set<String> ENDS =
            Set.of("OrderApproved", "OrderRejected", "OrderCancelled");

    /** What the order must leave as it was, unless it is carried out. */
    record Standing(Contact customer, Account account, Menu menu) {}

    final PipelineWorld world;
    final MemoryLog log;
    private final SagaSettings saga;
    private final String customer;
    private final String restaurant;
    private String order = "";
    private int sent;

    SagaWorld(String review) {
        this(review, SagaSettings.usual());
    }

    SagaWorld(String review, SagaSettings saga) {
        this.saga = saga;
        world =
                new PipelineWorld(
                        1, PipelineSettings.withDelay(Duration.ZERO, saga), CommandNotes.none());
        log = world.log;
        world.pipeline.start();
        world.run(Duration.ofMillis(10));
        customer = create("contact", AddContact.newBuilder().setName("Ada").build());
        send(deposit("EUR"));
        restaurant =
                create(
                        "restaurant",
                        RegisterRestaurant.newBuilder()
                                .setName("Noodle bar")
                                .setCurrency("EUR")
                                .setReview(review)
                                .build());
        send(OpenRestaurant.newBuilder().setId(restaurant).build());
        send(
                SetItem.newBuilder()
                        .setId(restaurant)
                        .setCode("soup")
                        .setName("Soup")
                        .setUnitPrice("3")
                        .setCurrency("EUR")
                        .setOnHand(10)
                        .build());
        world.run(Duration.ofMillis(50));
    }

    String customer() {
        return customer;
    }

    String restaurant() {
        return restaurant;
    }

    String order() {
        return order;
    }

    Deposit deposit(String currency) {
        return Deposit.newBuilder()
                .setCustomerId(customer)
                .setAmount("100")
                .setCurrency(currency)
                .build();
    }

    /** Two soups, for 6 euros. */
    CreateOrder.Builder twoSoups() {
        return CreateOrder.newBuilder()
                .setCustomerId(customer)
                .setRestaurantId(restaurant)
                .setCurrency("EUR")
                .addOrderItems(
                        OrderItem.newBuilder().setCode("soup").setUnitPrice("3").setQuantity(2));
    }

    /** Sends a command; answers its id. */
    String send(Message command) {
        sent++;
        world.send(command, sent);
        return Commands.id(sent);
    }

    /** Sends a command that makes something; answers the id of that. */
    String create(String aggregate, Message command) {
        return Ids.aggregateId(aggregate, "anonymous", send(command));
    }

    /** The id of the order that is sent next. */
    String nextOrder() {
        return Ids.aggregateId("order", "anonymous", Commands.id(sent + 1));
    }

    /** Sends the order that everything is about. */
    void order(CreateOrder.Builder what) {
        order = nextOrder();
        send(what.build());
    }

    /** Lets time pass until the saga asks a step for the first time. */
    void runUntilAsked(Step step) {
        String stream = "order/" + order;
        runUntil(
                () ->
                        log.commits().stream()
                                        .filter(commit -> commit.getStream().equals(stream))
                                        .count()
                                == EnumSet.range(Step.first(), step).size());
    }

    void runUntilHappened(String event) {
        runUntil(() -> history().contains(event));
    }

    void runUntilEnded() {
        runUntil(() -> history().stream().anyMatch(ENDS::contains));
    }

    private void runUntil(BooleanSupplier condition) {
        if (!world.time.runUntil(condition, Duration.ofHours(1))) {
            throw new AssertionError("it did not come to that: " + history());
        }
    }

    /** What happened to the order. */
    List<String> history() {
        String stream = "order/" + order;
        return log.commits().stream()
                .filter(commit -> commit.getStream().equals(stream))
                .map(Commit::getEventsList)
                .flatMap(List::stream)
                .map(event -> event.getType().substring(event.getType().lastIndexOf('.') + 1))
                .toList();
    }

    /** What of the order was said to be at fault when a step was refused; empty when nothing. */
    String fieldAtFault() {
        String stream = "order/" + order;
        return log.commits().stream()
                .filter(commit -> commit.getStream().equals(stream))
                .flatMap(commit -> commit.getEventsList().stream())
                .filter(event -> event.getType().endsWith(".OrderStepRefused"))
                .map(SagaWorld::refused)
                .findFirst()
                .map(OrderStepRefused::getField)
                .orElse("");
    }

    private static OrderStepRefused refused(RecordedEvent event) {
        try {
            return OrderStepRefused.parseFrom(event.getData());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** How often the order has come to an end. */
    long ends() {
        return history().stream().filter(ENDS::contains).count();
    }

    Standing standing() {
        Restaurant kitchen = (Restaurant) fold("restaurant/" + restaurant);
        return new Standing(
                (Contact) fold("contact/" + customer),
                (Account) fold("account/" + customer),
                ((Restaurant.Registered) kitchen).menu());
    }

    ShoppingList shoppingList() {
        return (ShoppingList) fold("shopping/" + order);
    }

    Order orderNow() {
        return (Order) fold("order/" + order);
    }

    private Object fold(String stream) {
        List<RecordedEvent> events =
                log.commits().stream()
                        .filter(commit -> commit.getStream().equals(stream))
                        .flatMap(commit -> commit.getEventsList().stream())
                        .toList();
        Folded<?> folded = new Aggregates(Codecs.all(saga), 1).initial(stream).after(events);
        return folded.state();
    }
}
