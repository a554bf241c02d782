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
import io.waybill.wire.time.VirtualEventLoop;
import io.waybill.wire.time.VirtualTime;
import io.waybill.writer.PipelineSettings;
import io.waybill.writer.saga.Pace;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One run of orders: customers with little money, restaurants with little stock, people who cancel,
 * approve and decline, all under faults; then peace until every saga has ended. The same seed gives
 * the same run.
 */
final class OrderSimulation implements Seeds.Simulation {

    private static final Duration UNREST = Duration.ofSeconds(30);
    private static final Duration PEACE_AT_MOST = Duration.ofHours(2);

    /** Longer than any deadline of a saga: an open review ends by itself. */
    private static final Duration PEACE = Duration.ofMinutes(20);

    private static final List<String> CODES = List.of("soup", "rice", "tea");

    private static final List<String> RETRIED = List.of("TAKE_ITEMS", "INITIATE_SHOPPING");
    private static final List<String> UNDONE =
            List.of("RESERVE_ITEMS", "CREATE_SHOPPING_LIST", "DEBIT_PAYMENT");

    private final VirtualTime time;
    private final RandomGenerator random;
    private final SimulatedBroker broker;
    private final SimulatedLog log;
    private final SimulatedWriter writer;
    private final SimulatedGateway gateway;
    private final Faults faults;
    private final SagaSettings patience;
    private final Ledger ledger = new Ledger();
    private final VirtualEventLoop world;
    private final List<String> customers = new ArrayList<>();
    private final List<String> restaurants = new ArrayList<>();
    private final List<String> orders = new ArrayList<>();
    private final List<String> payments = new ArrayList<>();
    private final Set<String> ends;

    /**
     * @param ends takes how its orders ended
     */
    OrderSimulation(long seed, Set<String> ends) {
        this.ends = ends;
        time = new VirtualTime(seed, Instant.parse("2026-01-01T00:00:00Z"));
        random = time.random();
        faults = Faults.drawn(random);
        broker = new SimulatedBroker(time);
        log = new SimulatedLog(time);
        patience = patience();
        PipelineSettings settings = settings();
        writer = new SimulatedWriter(time, broker, log, settings);
        gateway = new SimulatedGateway("gateway", time, broker, log, settings.delay(), ledger);
        world = time.loop("world");
    }

    /** Runs it to its end, and checks what must hold. Answers how many orders there were. */
    @Override
    public long run() {
        time.run(Duration.ofSeconds(1));
        furnish();
        time.run(Duration.ofSeconds(5));
        suffer(faults);
        Instant end = time.now().plus(UNREST);
        world.execute(() -> unrest(end));
        world.execute(() -> act(end));
        time.run(UNREST);
        suffer(Faults.NONE);
        if (!time.runUntil(gateway::drained, PEACE_AT_MOST)) {
            throw new AssertionError("not all commands got an outcome: " + gateway.state());
        }
        time.run(PEACE);
        ledger.check(log.commits());
        if (log.timers() != 0) {
            throw new AssertionError(log.timers() + " timers stand, and all is over");
        }
        OrderAudit audit = new OrderAudit(log.commits());
        long ended = audit.check();
        audit.checkNothingIsHeld();
        ends.addAll(audit.ends());
        return ended;
    }

    @Override
    public String toString() {
        return faults + ", " + patience;
    }

    /** In half of the runs deadlines are so short that they race with what they wait for. */
    private SagaSettings patience() {
        SagaSettings settings = SagaSettings.usual();
        if (random.nextBoolean()) {
            return settings;
        }
        for (Step step : Step.values()) {
            Duration pause = Duration.ofMillis(20 + random.nextInt(1_000));
            Duration deadline = Duration.ofMillis(20 + random.nextInt(3_000));
            settings = settings.with(step, new Pace(deadline, pause, pause.multipliedBy(8)));
        }
        return settings.withManualReview(Duration.ofMillis(100 + random.nextInt(5_000)));
    }

    /** With a delay or without, and hardly anything or everything in the cache. */
    private PipelineSettings settings() {
        PipelineSettings usual =
                PipelineSettings.withDelay(
                        random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(1));
        return new PipelineSettings(
                usual.delay(),
                usual.deadline(),
                random.nextBoolean() ? 1 + random.nextInt(5) : usual.cacheSize(),
                patience);
    }

    private void furnish() {
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

    private void suffer(Faults now) {
        broker.suffer(now);
        log.suffer(now);
        gateway.suffer(now);
    }

    private void unrest(Instant end) {
        if (!time.now().isBefore(end)) {
            return;
        }
        if (chance(faults.brokerCrashes())) {
            broker.crash();
        }
        if (chance(faults.writerCrashes() * 3)) {
            writer.crash();
        }
        if (chance(faults.clockSteps())) {
            writer.stepClock();
        }
        if (chance(faults.gatewayCrashes())) {
            gateway.crash();
        }
        if (chance(faults.cutLinks())) {
            broker.cut(SimulatedWriter.CLIENT_ID);
        }
        world.schedule(Duration.ofMillis(500), () -> unrest(end));
    }

    private void act(Instant end) {
        if (!time.now().isBefore(end)) {
            return;
        }
        int many = 1 + random.nextInt(3);
        for (int i = 0; i < many; i++) {
            actOnce();
        }
        world.schedule(Duration.ofMillis(1 + random.nextInt(400)), () -> act(end));
    }

    private void actOnce() {
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
        OutboxEntry entry = SimulatedClient.entry(time, message);
        if (message instanceof AuthorizePayment) {
            payments.add(entry.getCommand().getCommandId());
        }
        ledger.submitted(gateway.clientId(), entry);
        gateway.submit(entry)
                .whenComplete(
                        (nothing, failure) -> {
                            if (failure == null) {
                                ledger.accepted(entry.getCommand());
                            } else {
                                ledger.inDoubt(entry.getCommand());
                            }
                        });
        return SimulatedClient.aggregateId(entry);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }
}
