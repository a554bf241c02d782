package io.waybill.writer.order;

import static io.waybill.writer.domain.RefusalCode.ILLEGAL_STATE;
import static io.waybill.writer.domain.RefusalCode.RESTAURANT_DECLINED;
import static io.waybill.writer.domain.RefusalCode.TIMED_OUT;
import static io.waybill.writer.domain.RefusalCode.TOO_LATE;
import static io.waybill.writer.order.Conversation.ID;
import static io.waybill.writer.order.Conversation.asking;
import static io.waybill.writer.order.Conversation.underReview;
import static io.waybill.writer.saga.Step.CREATE_SHOPPING_LIST;
import static io.waybill.writer.saga.Step.DEBIT_PAYMENT;
import static io.waybill.writer.saga.Step.RESERVE_ITEMS;
import static io.waybill.writer.saga.Step.REVIEW;
import static io.waybill.writer.saga.Step.TAKE_ITEMS;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.order.OrderCommand.Approve;
import io.waybill.writer.order.OrderCommand.Wake;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** The pivot: who comes first to the order wins, and nobody else. */
class ReviewTest {

    @Test
    void a_restaurant_that_answers_by_itself_approves() {
        Conversation order = asking(REVIEW).done();

        order.happens(new OrderEvent.ReviewApproved(ID, false, order.now())).asks(TAKE_ITEMS);
    }

    @Test
    void a_restaurant_that_lets_a_person_decide_has_the_order_wait() {
        Conversation order = asking(REVIEW).waits();

        order.happens(
                        new OrderEvent.ReviewRequested(
                                ID, order.now().plus(Duration.ofMinutes(15)), order.now()))
                .asksNobody()
                .approved()
                .happens(new OrderEvent.ReviewApproved(ID, true, order.now()))
                .asks(TAKE_ITEMS);
    }

    @Test
    void a_person_who_declines_has_everything_undone() {
        underReview()
                .declined("no more dough")
                .undoes(DEBIT_PAYMENT)
                .done()
                .undoes(CREATE_SHOPPING_LIST)
                .done()
                .undoes(RESERVE_ITEMS)
                .done()
                .isRejected(REVIEW, RESTAURANT_DECLINED);
    }

    @Test
    void the_reason_of_a_decline_reaches_the_customer() {
        Conversation order = underReview().declined("no more dough").done().done().done();

        assertThat(((Order.Rejected) order.order()).why().message()).isEqualTo("no more dough");
        assertThat(
                        ((Order.Rejected) underReview().declined("").done().done().done().order())
                                .why()
                                .message())
                .isEqualTo("the restaurant said no");
    }

    @Test
    void a_cancel_before_the_approval_wins() {
        underReview()
                .cancelled()
                .undoes(DEBIT_PAYMENT)
                .approved()
                .isRefused(ILLEGAL_STATE, "order " + ID + " is being undone and will be CANCELLED")
                .declined("")
                .isRefused(ILLEGAL_STATE, "order " + ID + " is being undone and will be CANCELLED");
    }

    @Test
    void an_approval_before_the_cancel_wins() {
        underReview()
                .approved()
                .asks(TAKE_ITEMS)
                .cancelled()
                .isRefused(
                        TOO_LATE,
                        "order " + ID + " cannot be cancelled any more: the restaurant took it")
                .is(OrderStatus.PENDING);
    }

    @Test
    void a_decline_before_the_cancel_wins() {
        underReview()
                .declined("")
                .cancelled()
                .isRefused(ILLEGAL_STATE, "order " + ID + " is being undone and will be REJECTED");
    }

    @Test
    void an_approval_that_comes_before_the_wake_up_wins_over_a_deadline_that_has_passed() {
        Conversation order = underReview();

        order.when(new Approve(ID, order.wakeUp().deadline().plusSeconds(5))).asks(TAKE_ITEMS);
        order.when(new Wake(ID, 1, order.now())).nothingHappens().asks(TAKE_ITEMS);
    }

    @Test
    void a_deadline_before_the_approval_wins() {
        underReview()
                .woken()
                .undoes(DEBIT_PAYMENT)
                .approved()
                .isRefused(ILLEGAL_STATE, "order " + ID + " is being undone and will be REJECTED")
                .done()
                .done()
                .done()
                .isRejected(REVIEW, TIMED_OUT);
    }

    @Test
    void an_answer_of_the_restaurant_after_a_cancel_changes_nothing() {
        Conversation order = asking(REVIEW);
        var review = order.outstanding();

        order.cancelled().replied(review, new Answer.Done(false)).isNeedless();
        order.undoesStill(DEBIT_PAYMENT);
    }

    @Test
    void nobody_may_approve_before_the_restaurant_was_asked_and_answered() {
        asking(REVIEW)
                .approved()
                .isRefused(
                        ILLEGAL_STATE,
                        "order " + ID + " is not under review: its step REVIEW is not done yet");
        asking(DEBIT_PAYMENT)
                .declined("")
                .isRefused(
                        ILLEGAL_STATE,
                        "order "
                                + ID
                                + " is not under review: its step DEBIT_PAYMENT is not done yet");
    }

    @Test
    void saying_the_same_again_changes_nothing() {
        underReview().approved().approved().nothingHappens();
        underReview().declined("").declined("").nothingHappens();
        underReview().cancelled().cancelled().nothingHappens();
    }
}
