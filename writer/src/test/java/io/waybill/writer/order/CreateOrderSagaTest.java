package io.waybill.writer.order;

import static io.waybill.writer.domain.RefusalCode.INSUFFICIENT_FUNDS;
import static io.waybill.writer.domain.RefusalCode.OUT_OF_STOCK;
import static io.waybill.writer.domain.RefusalCode.RESTAURANT_CLOSED;
import static io.waybill.writer.domain.RefusalCode.STEP_FAILED;
import static io.waybill.writer.domain.RefusalCode.TIMED_OUT;
import static io.waybill.writer.order.Conversation.ID;
import static io.waybill.writer.order.Conversation.asking;
import static io.waybill.writer.order.Conversation.ordered;
import static io.waybill.writer.order.OrderStatus.APPROVED;
import static io.waybill.writer.order.OrderStatus.CANCELLED;
import static io.waybill.writer.order.OrderStatus.COLLECTED;
import static io.waybill.writer.order.OrderStatus.PENDING;
import static io.waybill.writer.order.OrderStatus.READY;
import static io.waybill.writer.saga.Step.AUTHORIZE_CUSTOMER;
import static io.waybill.writer.saga.Step.CREATE_SHOPPING_LIST;
import static io.waybill.writer.saga.Step.DEBIT_PAYMENT;
import static io.waybill.writer.saga.Step.INITIATE_SHOPPING;
import static io.waybill.writer.saga.Step.RESERVE_ITEMS;
import static io.waybill.writer.saga.Step.REVIEW;
import static io.waybill.writer.saga.Step.TAKE_ITEMS;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.order.OrderEvent.CancelRequested;
import io.waybill.writer.order.OrderEvent.StepRefused;
import io.waybill.writer.saga.Kind;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The whole saga as it is talked through, and every way in which it comes to nothing. */
class CreateOrderSagaTest {

    static Stream<Step> steps_that_may_be_refused() {
        return Arrays.stream(Step.values()).filter(step -> step.kind() != Kind.RETRIABLE);
    }

    static Stream<Step> steps_after_the_pivot() {
        return Arrays.stream(Step.values())
                .filter(step -> step.kind() == Kind.RETRIABLE && !step.asksNobody());
    }

    @Test
    void an_order_that_everybody_agrees_to_is_approved_and_collected() {
        ordered()
                .asks(AUTHORIZE_CUSTOMER)
                .done()
                .asks(RESERVE_ITEMS)
                .done()
                .asks(CREATE_SHOPPING_LIST)
                .done()
                .asks(DEBIT_PAYMENT)
                .done()
                .asks(REVIEW)
                .done()
                .asks(TAKE_ITEMS)
                .is(PENDING)
                .done()
                .asks(INITIATE_SHOPPING)
                .is(PENDING)
                .done()
                .asksNobody()
                .wakesNoMore()
                .is(APPROVED)
                .listCompleted()
                .is(READY)
                .collected()
                .is(COLLECTED);
    }

    @Test
    void the_last_answer_initiates_shopping_and_approves_the_order_in_one_commit() {
        Conversation order = asking(INITIATE_SHOPPING).done();

        order.happens(
                new OrderEvent.StepDone(ID, INITIATE_SHOPPING, order.now()),
                new OrderEvent.Approved(ID, order.now()));
    }

    @Test
    void a_refused_payment_gives_back_what_was_done_the_last_first() {
        asking(DEBIT_PAYMENT)
                .refused(INSUFFICIENT_FUNDS)
                .undoes(CREATE_SHOPPING_LIST)
                .is(PENDING)
                .done()
                .undoes(RESERVE_ITEMS)
                .done()
                .asksNobody()
                .wakesNoMore()
                .isRejected(DEBIT_PAYMENT, INSUFFICIENT_FUNDS);
    }

    @Test
    void a_restaurant_that_closed_before_its_review_gets_everything_undone() {
        asking(REVIEW)
                .refused(RESTAURANT_CLOSED)
                .undoes(DEBIT_PAYMENT)
                .done()
                .undoes(CREATE_SHOPPING_LIST)
                .done()
                .undoes(RESERVE_ITEMS)
                .done()
                .isRejected(REVIEW, RESTAURANT_CLOSED);
    }

    @Test
    void a_refused_customer_ends_the_order_in_one_commit() {
        Conversation order = asking(AUTHORIZE_CUSTOMER).refused(OUT_OF_STOCK);

        order.happens(
                        new StepRefused(
                                ID,
                                AUTHORIZE_CUSTOMER,
                                OUT_OF_STOCK,
                                "OUT_OF_STOCK it is",
                                order.now()),
                        new OrderEvent.Rejected(
                                ID,
                                new Ending.Rejection(
                                        AUTHORIZE_CUSTOMER, OUT_OF_STOCK, "OUT_OF_STOCK it is"),
                                order.now()))
                .asksNobody()
                .wakesNoMore();
    }

    @ParameterizedTest
    @MethodSource("steps_that_may_be_refused")
    void a_refused_step_undoes_those_before_it_and_not_itself(Step step) {
        Conversation order = asking(step).refused(OUT_OF_STOCK);

        assertThat(undone(order)).isEqualTo(undoable(step).reversed());
        order.isRejected(step, OUT_OF_STOCK);
    }

    @ParameterizedTest
    @MethodSource("steps_that_may_be_refused")
    void a_step_that_could_not_be_handled_is_refused(Step step) {
        Conversation order = asking(step).deadLettered();

        assertThat(undone(order)).isEqualTo(undoable(step).reversed());
        order.isRejected(step, STEP_FAILED);
    }

    @ParameterizedTest
    @MethodSource("steps_that_may_be_refused")
    void a_step_whose_deadline_passes_is_undone_too(Step step) {
        Conversation order = asking(step).silentUntilTheDeadline();

        assertThat(undone(order)).isEqualTo(undoableWith(step).reversed());
        order.isRejected(step, TIMED_OUT);
    }

    @ParameterizedTest
    @MethodSource("steps_that_may_be_refused")
    void a_cancelled_order_undoes_what_is_asked_too(Step step) {
        Conversation order = asking(step).cancelled();

        assertThat(undone(order)).isEqualTo(undoableWith(step).reversed());
        order.is(CANCELLED);
        assertThat(order.history()).filteredOn(CancelRequested.class::isInstance).hasSize(1);
    }

    @Test
    void a_cancel_before_anything_was_done_ends_the_order_in_one_commit() {
        Conversation order = ordered().cancelled();

        order.happens(
                        new CancelRequested(ID, order.now()),
                        new OrderEvent.Cancelled(ID, order.now()))
                .asksNobody()
                .wakesNoMore();
    }

    @ParameterizedTest
    @MethodSource("steps_after_the_pivot")
    void after_the_pivot_no_deadline_undoes_anything(Step step) {
        asking(step).silentUntilTheDeadline().nothingHappens().asks(step).woken().asks(step);
    }

    @ParameterizedTest
    @MethodSource("steps_after_the_pivot")
    void after_the_pivot_no_refusal_undoes_anything(Step step) {
        asking(step)
                .refused(OUT_OF_STOCK)
                .asksNobody()
                .woken()
                .asks(step, 2)
                .deadLettered()
                .asksNobody()
                .woken()
                .asks(step, 3)
                .is(PENDING);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void folded_from_its_events_an_order_is_what_it_was(Step step) {
        if (step.asksNobody()) {
            return;
        }
        Conversation order = asking(step);
        Order folded = OrderDecider.initial();
        for (OrderEvent event : order.history()) {
            folded = OrderDecider.evolve(folded, event);
        }

        assertThat(folded).isEqualTo(order.order());
        assertThat(Waiting.of(folded))
                .isEqualTo(
                        new Waiting.ForAnswer(Orders.terms(ID), Outstanding.of(step, order.now())));
    }

    /** Goes on until nothing is left to undo. */
    private static List<Step> undone(Conversation order) {
        while (order.order() instanceof Order.Undoing) {
            order.undoes(order.outstanding().step()).done();
        }
        return order.history().stream()
                .filter(OrderEvent.StepUndone.class::isInstance)
                .map(event -> ((OrderEvent.StepUndone) event).step())
                .toList();
    }

    private static List<Step> undoable(Step before) {
        return Stream.of(RESERVE_ITEMS, CREATE_SHOPPING_LIST, DEBIT_PAYMENT)
                .filter(step -> step.compareTo(before) < 0)
                .toList();
    }

    private static List<Step> undoableWith(Step last) {
        return Stream.of(RESERVE_ITEMS, CREATE_SHOPPING_LIST, DEBIT_PAYMENT)
                .filter(step -> step.compareTo(last) <= 0)
                .toList();
    }
}
