package io.waybill.app.simulation;

import com.google.protobuf.Message;

import io.waybill.proto.account.v1.AuthorizePayment;
import io.waybill.proto.account.v1.Deposit;
import io.waybill.proto.account.v1.ReleasePayment;
import io.waybill.proto.account.v1.Withdraw;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.DisableContact;
import io.waybill.proto.contact.v1.EnableContact;
import io.waybill.proto.order.v1.ApproveOrder;
import io.waybill.proto.order.v1.CancelOrder;
import io.waybill.proto.order.v1.CollectOrder;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.DeclineOrder;
import io.waybill.proto.order.v1.OrderItem;
import io.waybill.proto.order.v1.RetryStep;
import io.waybill.proto.outbox.v1.OutboxEntry;
import io.waybill.proto.restaurant.v1.CloseRestaurant;
import io.waybill.proto.restaurant.v1.OpenRestaurant;
import io.waybill.proto.restaurant.v1.RegisterRestaurant;
import io.waybill.proto.restaurant.v1.SetItem;
import io.waybill.proto.shopping.v1.AssignShoppingList;
import io.waybill.proto.shopping.v1.CompleteShoppingList;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Customers with little money, restaurants with little stock, and what people do there: they order,
 * pay, cancel, approve, decline and change their minds, as chance has it.
 */
final class Town {

    private static final List<String> CODES = List.of("soup", "rice", "tea");
    private static final List<String> RETRIED = List.of("TAKE_ITEMS", "INITIATE_SHOPPING");
    private static final List<String> UNDONE =
            List.of("RESERVE_ITEMS", "CREATE_SHOPPING_LIST", "DEBIT_PAYMENT");

    private final RandomGenerator random;
    private final Function<Message, OutboxEntry> gateway;
    private final List<String> customers = new ArrayList<>();
    private final List<String> restaurants = new ArrayList<>();
    private final List<String> orders = new ArrayList<>();
    private final List<String> payments = new ArrayList<>();

    /**
     * @param gateway takes what people send, and answers how it took it in
     */
    Town(RandomGenerator random, Function<Message, OutboxEntry> gateway) {
        this.random = random;
        this.gateway = gateway;
    }

    /** Has the first customers and restaurants. */
    void furnish() {
        for (int i = 0; i < 3; i++) {
            String customer = submit(AddContact.newBuilder().setName("customer " + i).build());
            customers.add(customer);
            deposit(customer, 50 + random.nextInt(200));
        }
        for (int i = 0; i < 2; i++) {
            String review = random.nextInt(3) == 0 ? "MANUAL" : "AUTO";
            String restaurant =
                    submit(
                            RegisterRestaurant.newBuilder()
                                    .setName("restaurant " + i)
                                    .setCurrency("EUR")
                                    .setReview(review)
                                    .build());
            restaurants.add(restaurant);
            submit(OpenRestaurant.newBuilder().setId(restaurant).build());
            CODES.forEach(code -> setItem(restaurant, code, 10 + random.nextInt(30)));
        }
    }

    /** Somebody does something. */
    void act() {
        int kind = random.nextInt(21);
        if (kind < 8 || orders.isEmpty()) {
            orders.add(submit(order()));
            return;
        }
        String order = any(orders);
        String restaurant = any(restaurants);
        String customer = any(customers);
        switch (kind) {
            case 8, 9 -> submit(CancelOrder.newBuilder().setId(order).build());
            case 10, 11 -> submit(ApproveOrder.newBuilder().setId(order).build());
            case 12 -> submit(DeclineOrder.newBuilder().setId(order).setReason("no").build());
            case 13 -> {
                submit(
                        AssignShoppingList.newBuilder()
                                .setOrderId(order)
                                .setAssignee("cook")
                                .build());
                submit(CompleteShoppingList.newBuilder().setOrderId(order).build());
            }
            case 14 -> submit(CollectOrder.newBuilder().setId(order).build());
            case 15 ->
                    submit(
                            random.nextBoolean()
                                    ? CloseRestaurant.newBuilder().setId(restaurant).build()
                                    : OpenRestaurant.newBuilder().setId(restaurant).build());
            case 16 -> setItem(restaurant, any(CODES), random.nextInt(30));
            case 17 -> submit(customerChange(customer));
            case 18 -> deposit(customer, 1 + random.nextInt(100));
            case 19 -> submit(retry(order));
            default -> submit(payment(customer));
        }
    }

    /** Of a step that may be under way, or taken back. */
    private Message retry(String order) {
        boolean undo = random.nextBoolean();
        return RetryStep.newBuilder()
                .setId(order)
                .setStep(any(undo ? UNDONE : RETRIED))
                .setUndo(undo)
                .build();
    }

    private Message customerChange(String customer) {
        return switch (random.nextInt(8)) {
            case 0 -> DeleteContact.newBuilder().setId(customer).build();
            case 1, 2, 3 -> DisableContact.newBuilder().setId(customer).build();
            default -> EnableContact.newBuilder().setId(customer).build();
        };
    }

    private Message payment(String customer) {
        return switch (random.nextInt(3)) {
            case 0 ->
                    Withdraw.newBuilder()
                            .setCustomerId(customer)
                            .setAmount("5")
                            .setCurrency("EUR")
                            .build();
            case 1 ->
                    payments.isEmpty()
                            ? authorize(customer)
                            : ReleasePayment.newBuilder()
                                    .setCustomerId(customer)
                                    .setPaymentId(any(payments))
                                    .build();
            default -> authorize(customer);
        };
    }

    private Message authorize(String customer) {
        return AuthorizePayment.newBuilder()
                .setCustomerId(customer)
                .setAmount("6")
                .setCurrency("EUR")
                .setExpiresIn(1 + random.nextInt(20))
                .build();
    }

    private Message order() {
        CreateOrder.Builder order =
                CreateOrder.newBuilder()
                        .setCustomerId(any(customers))
                        .setRestaurantId(any(restaurants))
                        .setCurrency(random.nextInt(15) == 0 ? "USD" : "EUR");
        if (!payments.isEmpty() && random.nextInt(3) == 0) {
            order.setPaymentId(any(payments)).addOrderItems(item(CODES.getFirst()).setQuantity(2));
            return order.build();
        }
        CODES.stream()
                .limit(1 + random.nextInt(CODES.size()))
                .forEach(code -> order.addOrderItems(item(code)));
        return order.build();
    }

    private OrderItem.Builder item(String code) {
        return OrderItem.newBuilder()
                .setCode(random.nextInt(20) == 0 ? code + " cake" : code)
                .setUnitPrice(random.nextInt(20) == 0 ? "4" : "3")
                .setQuantity(1 + random.nextInt(4));
    }

    private void setItem(String restaurant, String code, int onHand) {
        submit(
                SetItem.newBuilder()
                        .setId(restaurant)
                        .setCode(code)
                        .setName(code)
                        .setUnitPrice("3")
                        .setCurrency("EUR")
                        .setOnHand(onHand)
                        .build());
    }

    private void deposit(String customer, int amount) {
        submit(
                Deposit.newBuilder()
                        .setCustomerId(customer)
                        .setAmount(Integer.toString(amount))
                        .setCurrency("EUR")
                        .build());
    }

    /** Sends a command; answers the id of its aggregate. */
    private String submit(Message message) {
        OutboxEntry entry = gateway.apply(message);
        if (message instanceof AuthorizePayment) {
            payments.add(entry.getCommand().getCommandId());
        }
        return SimulatedClient.aggregateId(entry);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
