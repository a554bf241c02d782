package io.waybill.writer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import io.waybill.proto.account.v1.AuthorizePayment;
import io.waybill.proto.account.v1.Withdraw;
import io.waybill.proto.command.v1.CommandIdentity;
import io.waybill.proto.command.v1.Metadata;
import io.waybill.proto.command.v1.Outcome;
import io.waybill.proto.command.v1.OutcomeKind;
import io.waybill.proto.contact.v1.AddContact;
import io.waybill.proto.contact.v1.DeleteContact;
import io.waybill.proto.contact.v1.DisableContact;
import io.waybill.proto.eventstore.v1.ProposedCommit;
import io.waybill.proto.eventstore.v1.RecordedEvent;
import io.waybill.proto.order.v1.CancelOrder;
import io.waybill.proto.order.v1.CreateOrder;
import io.waybill.proto.order.v1.DeclineOrder;
import io.waybill.proto.order.v1.OrderItem;
import io.waybill.proto.restaurant.v1.CloseRestaurant;
import io.waybill.writer.SagaWorld.Standing;
import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.memory.Commands;
import io.waybill.writer.order.Ending;
import io.waybill.writer.order.Order;
import io.waybill.writer.saga.Kind;
import io.waybill.writer.saga.Pace;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;
import io.waybill.writer.shopping.ShoppingList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An order that comes to nothing leaves all five aggregates as they were, whatever it was refused
 * for, wherever its time ran out or it was cancelled, and whatever pays: the contact, the account
 * and the stock are what they were, the shopping list is cancelled or was never made, and the order
 * says where it ended and why.
 */
class SagaUndoneTest {

    private static final String NOBODY = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** What is ordered, after what has been done before. */
    private record Refusal(
            String review,
            Consumer<SagaWorld> before,
            Function<SagaWorld, CreateOrder.Builder> order,
            Step asked,
            Consumer<SagaWorld> meanwhile) {

        static Refusal of(Consumer<SagaWorld> before) {
            return new Refusal("AUTO", before, SagaWorld::twoSoups, Step.first(), world -> {});
        }

        static Refusal ordering(Function<SagaWorld, CreateOrder.Builder> order) {
            return new Refusal("AUTO", world -> {}, order, Step.first(), world -> {});
        }
    }

    private static final Map<Step, Map<RefusalCode, Refusal>> REFUSALS =
            Map.of(
                    Step.AUTHORIZE_CUSTOMER,
                    Map.of(
                            RefusalCode.UNKNOWN_CUSTOMER,
                            Refusal.ordering(world -> world.twoSoups().setCustomerId(NOBODY)),
                            RefusalCode.CUSTOMER_DISABLED,
                            Refusal.of(
                                    world ->
                                            world.send(
                                                    DisableContact.newBuilder()
                                                            .setId(world.customer())
                                                            .build()))),
                    Step.RESERVE_ITEMS,
                    Map.of(
                            RefusalCode.UNKNOWN_RESTAURANT,
                            Refusal.ordering(world -> world.twoSoups().setRestaurantId(NOBODY)),
                            RefusalCode.RESTAURANT_CLOSED,
                            Refusal.of(SagaUndoneTest::close),
                            RefusalCode.UNKNOWN_ITEM,
                            Refusal.ordering(world -> item(world, "cake", "3", 1)),
                            RefusalCode.PRICE_CHANGED,
                            Refusal.ordering(world -> item(world, "soup", "4", 1)),
                            RefusalCode.CURRENCY_MISMATCH,
                            Refusal.ordering(world -> world.twoSoups().setCurrency("USD")),
                            RefusalCode.OUT_OF_STOCK,
                            Refusal.ordering(world -> item(world, "soup", "3", 11))),
                    Step.CREATE_SHOPPING_LIST,
                    Map.of(
                            RefusalCode.STEP_FAILED,
                            new Refusal(
                                    "AUTO",
                                    world -> {},
                                    SagaWorld::twoSoups,
                                    Step.CREATE_SHOPPING_LIST,
                                    world -> spoil(world, "shopping/" + world.order()))),
                    Step.DEBIT_PAYMENT,
                    Map.of(
                            RefusalCode.INSUFFICIENT_FUNDS,
                            Refusal.of(world -> world.send(withdraw(world))),
                            RefusalCode.UNKNOWN_PAYMENT,
                            Refusal.ordering(world -> world.twoSoups().setPaymentId(NOBODY)),
                            RefusalCode.AMOUNT_MISMATCH,
                            Refusal.ordering(
                                    world ->
                                            world.twoSoups()
                                                    .setPaymentId(
                                                            world.send(authorize(world, "7"))))),
                    Step.REVIEW,
                    Map.of(
                            RefusalCode.RESTAURANT_CLOSED,
                            new Refusal(
                                    "AUTO",
                                    world -> {},
                                    SagaWorld::twoSoups,
                                    Step.DEBIT_PAYMENT,
                                    SagaUndoneTest::close),
                            RefusalCode.RESTAURANT_DECLINED,
                            new Refusal(
                                    "MANUAL",
                                    world -> {},
                                    SagaWorld::twoSoups,
                                    Step.REVIEW,
                                    SagaUndoneTest::decline)));

    /** What of the order each refusal names. */
    private static final Map<RefusalCode, String> FIELDS =
            Map.of(
                    RefusalCode.UNKNOWN_CUSTOMER, "customer_id",
                    RefusalCode.CUSTOMER_DISABLED, "customer_id",
                    RefusalCode.UNKNOWN_RESTAURANT, "restaurant_id",
                    RefusalCode.RESTAURANT_CLOSED, "restaurant_id",
                    RefusalCode.UNKNOWN_ITEM, "order_items[0].code",
                    RefusalCode.PRICE_CHANGED, "order_items[0].unit_price",
                    RefusalCode.CURRENCY_MISMATCH, "currency",
                    RefusalCode.OUT_OF_STOCK, "order_items[0].quantity",
                    RefusalCode.UNKNOWN_PAYMENT, "payment_id",
                    RefusalCode.AMOUNT_MISMATCH, "payment_id");

    static Stream<Arguments> refusals() {
        return REFUSALS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(
                        step ->
                                step.getValue().keySet().stream()
                                        .sorted()
                                        .map(code -> Arguments.of(step.getKey(), code)));
    }

    static Stream<Step> steps_up_to_the_pivot() {
        return Arrays.stream(Step.values()).filter(step -> step.kind() != Kind.RETRIABLE);
    }

    static Stream<Arguments> steps_and_payments() {
        return steps_up_to_the_pivot()
                .flatMap(step -> Stream.of(Arguments.of(step, false), Arguments.of(step, true)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void a_refused_order_leaves_everything_as_it_was(Step step, RefusalCode code) {
        Refusal refusal =
                Objects.requireNonNull(Objects.requireNonNull(REFUSALS.get(step)).get(code));
        SagaWorld world = new SagaWorld(refusal.review());
        refusal.before().accept(world);
        CreateOrder.Builder order = refusal.order().apply(world);
        world.world.run(Duration.ofMillis(50));
        Standing before = world.standing();

        world.order(order);
        world.runUntilAsked(refusal.asked());
        refusal.meanwhile().accept(world);

        isRejectedWithoutATrace(world, before, step, code, code == RefusalCode.STEP_FAILED);
        assertThat(world.fieldAtFault()).isEqualTo(FIELDS.getOrDefault(code, ""));
    }

    /** The account's own currency is only known when it is to pay. */
    @Test
    void an_order_in_a_currency_that_the_account_does_not_have_leaves_everything_as_it_was() {
        SagaWorld world = new SagaWorld("AUTO");
        String other = world.create("contact", AddContact.newBuilder().setName("Bob").build());
        world.send(world.deposit("USD").toBuilder().setCustomerId(other).build());
        world.world.run(Duration.ofMillis(50));
        Standing before = world.standing();

        world.order(world.twoSoups().setCustomerId(other));

        isRejectedWithoutATrace(
                world, before, Step.DEBIT_PAYMENT, RefusalCode.CURRENCY_MISMATCH, false);
    }

    @ParameterizedTest(name = "{0}, authorized before: {1}")
    @MethodSource("steps_and_payments")
    void an_order_whose_request_never_arrived_leaves_everything_as_it_was(
            Step step, boolean authorized) {
        Pace onlyOnce = new Pace(DEADLINE, DEADLINE, DEADLINE);
        SagaWorld world = new SagaWorld("AUTO", SagaSettings.usual().with(step, onlyOnce));
        CreateOrder.Builder order = paidBy(world, authorized);
        Standing before = world.standing();

        world.order(order);
        world.runUntilAsked(step);
        world.world.restartAfterCrash();

        isTimedOutWithoutATrace(world, before, step);
        assertThat(world.history()).doesNotContain("OrderReviewApproved");
    }

    @ParameterizedTest(name = "{0}, authorized before: {1}")
    @MethodSource("steps_and_payments")
    void an_order_that_never_heard_the_answer_leaves_everything_as_it_was(
            Step step, boolean authorized) {
        SagaWorld world = new SagaWorld("AUTO");
        CreateOrder.Builder order = paidBy(world, authorized);
        Standing before = world.standing();

        world.log.unheard(commit -> asks(commit.getMetadata(), step));
        world.order(order);
        world.runUntilHappened("OrderStepRefused");
        world.log.unheard(commit -> false);

        isTimedOutWithoutATrace(world, before, step);
        assertThat(world.log.commits())
                .as("it was done, and undone")
                .anyMatch(
                        commit ->
                                asks(commit.getMetadata(), step)
                                        && commit.getOutcome().getKind()
                                                == OutcomeKind.OUTCOME_KIND_APPLIED);
    }

    @ParameterizedTest(name = "{0}, authorized before: {1}")
    @MethodSource("steps_and_payments")
    void an_order_whose_participant_was_too_slow_leaves_everything_as_it_was(
            Step step, boolean authorized) {
        SagaWorld world = new SagaWorld("AUTO");
        CreateOrder.Builder order = paidBy(world, authorized);
        Standing before = world.standing();

        world.log.unlucky(proposed -> asks(proposed.getMetadata(), step));
        world.order(order);
        world.runUntilHappened("OrderStepRefused");
        world.log.unlucky(proposed -> false);

        isTimedOutWithoutATrace(world, before, step);
    }

    @Test
    void an_order_that_nobody_approves_in_time_leaves_everything_as_it_was() {
        SagaWorld world = new SagaWorld("MANUAL");
        Standing before = world.standing();

        world.order(world.twoSoups());

        isTimedOutWithoutATrace(world, before, Step.REVIEW);
    }

    @ParameterizedTest(name = "{0}, authorized before: {1}")
    @MethodSource("steps_and_payments")
    void an_order_cancelled_while_a_step_is_asked_leaves_everything_as_it_was(
            Step step, boolean authorized) {
        SagaWorld world = new SagaWorld("AUTO");
        CreateOrder.Builder order = paidBy(world, authorized);
        Standing before = world.standing();

        world.order(order);
        world.runUntilAsked(step);
        world.send(CancelOrder.newBuilder().setId(world.order()).build());

        world.runUntilEnded();
        settles(world, before, false);
        assertThat(world.orderNow()).isInstanceOf(Order.Cancelled.class);
    }

    @Test
    void an_order_undone_after_its_customer_was_deleted_still_gives_the_money_back() {
        SagaWorld world = new SagaWorld("MANUAL");
        Standing before = world.standing();

        world.order(world.twoSoups());
        world.runUntilHappened("OrderReviewRequested");
        world.send(DeleteContact.newBuilder().setId(world.customer()).build());
        decline(world);
        world.runUntilEnded();

        assertThat(world.standing().account()).isEqualTo(before.account());
        assertThat(world.standing().menu()).isEqualTo(before.menu());
    }

    private static void isTimedOutWithoutATrace(SagaWorld world, Standing before, Step step) {
        isRejectedWithoutATrace(world, before, step, RefusalCode.TIMED_OUT, false);
    }

    private static void isRejectedWithoutATrace(
            SagaWorld world, Standing before, Step step, RefusalCode code, boolean spoilt) {
        world.runUntilEnded();
        settles(world, before, spoilt);
        assertThat(world.orderNow())
                .isInstanceOfSatisfying(
                        Order.Rejected.class,
                        rejected -> {
                            Ending.Rejection why = rejected.why();
                            assertThat(why.step()).isEqualTo(step);
                            assertThat(why.code()).isEqualTo(code);
                        });
    }

    /** Nothing comes after the end, however long one waits. */
    private static void settles(SagaWorld world, Standing before, boolean spoilt) {
        world.world.run(Duration.ofMinutes(30));
        assertThat(world.ends()).as("%s", world.history()).isEqualTo(1);
        assertThat(world.standing()).isEqualTo(before);
        if (!spoilt) {
            assertThat(world.shoppingList())
                    .isInstanceOfAny(ShoppingList.Absent.class, ShoppingList.Cancelled.class);
        }
        assertThat(world.log.timers())
                .as("only an authorization may wait for its time")
                .allMatch(timer -> timer.getTimer().getName().startsWith("payment/"));
    }

    private static CreateOrder.Builder paidBy(SagaWorld world, boolean authorized) {
        CreateOrder.Builder order = world.twoSoups();
        if (authorized) {
            order.setPaymentId(world.send(authorize(world, "6")));
            world.world.run(Duration.ofMillis(50));
        }
        return order;
    }

    private static boolean asks(Metadata metadata, Step step) {
        return metadata.hasSaga()
                && metadata.getSaga().getStep().equals(step.name())
                && !metadata.getSaga().getUndo();
    }

    private static void close(SagaWorld world) {
        world.send(CloseRestaurant.newBuilder().setId(world.restaurant()).build());
    }

    private static void decline(SagaWorld world) {
        world.runUntilHappened("OrderReviewRequested");
        world.send(DeclineOrder.newBuilder().setId(world.order()).setReason("no").build());
    }

    private static AuthorizePayment authorize(SagaWorld world, String amount) {
        return AuthorizePayment.newBuilder()
                .setCustomerId(world.customer())
                .setAmount(amount)
                .setCurrency("EUR")
                .build();
    }

    private static Withdraw withdraw(SagaWorld world) {
        return Withdraw.newBuilder()
                .setCustomerId(world.customer())
                .setAmount("95")
                .setCurrency("EUR")
                .build();
    }

    private static CreateOrder.Builder item(
            SagaWorld world, String code, String price, int quantity) {
        return world.twoSoups()
                .clearOrderItems()
                .addOrderItems(
                        OrderItem.newBuilder()
                                .setCode(code)
                                .setUnitPrice(price)
                                .setQuantity(quantity));
    }

    /** Nobody can make sense of a stream any more. */
    private static void spoil(SagaWorld world, String stream) {
        world.log.write(
                List.of(
                        ProposedCommit.newBuilder()
                                .setStream(stream)
                                .setCommand(
                                        CommandIdentity.newBuilder()
                                                .setPrincipal("nobody")
                                                .setCommandId(Commands.id(0)))
                                .setOutcome(
                                        Outcome.newBuilder()
                                                .setKind(OutcomeKind.OUTCOME_KIND_APPLIED))
                                .addEvents(
                                        RecordedEvent.newBuilder()
                                                .setType("nonsense")
                                                .setData(ByteString.EMPTY))
                                .build()));
    }
}
