package io.waybill.writer.order;

import static io.waybill.writer.domain.RefusalCode.OUT_OF_STOCK;
import static io.waybill.writer.order.Conversation.ID;
import static io.waybill.writer.order.Conversation.asking;
import static io.waybill.writer.order.Conversation.ordered;
import static io.waybill.writer.order.Conversation.underReview;
import static io.waybill.writer.order.OrderStatus.READY;
import static io.waybill.writer.saga.Step.CREATE_SHOPPING_LIST;
import static io.waybill.writer.saga.Step.DEBIT_PAYMENT;
import static io.waybill.writer.saga.Step.INITIATE_SHOPPING;
import static io.waybill.writer.saga.Step.RESERVE_ITEMS;
import static io.waybill.writer.saga.Step.TAKE_ITEMS;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.writer.order.OrderCommand.Reply;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/** Only the answer to what is outstanding matters. */
class SagaRepliesTest {

    private static final Answer DONE = new Answer.Done(false);

    @ParameterizedTest
    @EnumSource(Step.class)
    void an_answer_that_comes_again_is_needless(Step step) {
        if (step.asksNobody()) {
            return;
        }
        Conversation order = asking(step);
        Outstanding answered = order.outstanding();

        order.done().replied(answered, DONE).isNeedless();
        order.replied(answered, new Answer.NotDone(OUT_OF_STOCK, "no", "")).isNeedless();
    }

    @Test
    void an_answer_to_a_step_that_is_not_asked_yet_is_needless() {
        Conversation order = asking(RESERVE_ITEMS);

        order.replied(Outstanding.of(DEBIT_PAYMENT, order.now()), DONE).isNeedless();
        order.done().asks(CREATE_SHOPPING_LIST);
    }

    @Test
    void an_answer_to_a_step_that_nobody_knows_is_needless() {
        Conversation order = ordered();

        order.when(new Reply(ID, "SWEEP_THE_FLOOR", false, 1, DONE, order.now())).isNeedless();
    }

    @Test
    void an_answer_to_an_attempt_before_is_needless() {
        Conversation order = asking(TAKE_ITEMS);
        Outstanding first = order.outstanding();

        order.refused(OUT_OF_STOCK).woken().asks(TAKE_ITEMS, 2);
        order.replied(first, DONE).isNeedless();
        order.done().asks(INITIATE_SHOPPING);
    }

    @Test
    void a_step_that_is_done_while_it_is_being_undone_is_undone_all_the_same() {
        Conversation order = asking(DEBIT_PAYMENT);
        Outstanding debit = order.outstanding();

        order.cancelled().undoes(DEBIT_PAYMENT);
        order.replied(debit, DONE).isNeedless();
        order.done().undoes(CREATE_SHOPPING_LIST);
    }

    @Test
    void an_undo_is_not_what_the_step_itself_answers() {
        Conversation order = asking(DEBIT_PAYMENT).cancelled();

        order.replied(Outstanding.of(DEBIT_PAYMENT, order.now()), DONE).isNeedless();
        order.replied(Outstanding.undoing(RESERVE_ITEMS, order.now()), DONE).isNeedless();
        order.undoesStill(DEBIT_PAYMENT);
    }

    @Test
    void answers_to_an_order_that_is_over_or_not_there_are_needless() {
        Outstanding first = ordered().outstanding();

        ordered().cancelled().replied(first, DONE).isNeedless();
        asking(INITIATE_SHOPPING).done().replied(first, DONE).isNeedless();
        Conversation.nothingYet().replied(first, DONE).isNeedless();
    }

    @Test
    void while_a_person_decides_no_answer_matters() {
        Conversation order = asking(Step.REVIEW);
        Outstanding review = order.outstanding();

        order.waits().replied(review, DONE).isNeedless();
    }

    @Test
    void a_list_that_is_complete_makes_an_approved_order_ready_once() {
        asking(INITIATE_SHOPPING)
                .done()
                .listCompleted()
                .is(READY)
                .listCompleted()
                .isNeedless()
                .collected()
                .listCompleted()
                .isNeedless();
    }

    @Test
    void a_list_that_is_complete_before_its_initiation_is_known_stands_for_that_answer() {
        Conversation order = asking(INITIATE_SHOPPING);
        Outstanding initiate = order.outstanding();

        order.listCompleted()
                .happens(
                        new OrderEvent.StepDone(ID, INITIATE_SHOPPING, order.now()),
                        new OrderEvent.Approved(ID, order.now()),
                        new OrderEvent.Ready(ID, order.now()))
                .asksNobody()
                .wakesNoMore();
        order.replied(initiate, DONE).isNeedless();
    }

    @Test
    void a_list_that_is_complete_though_nobody_may_have_begun_it_is_a_fault() {
        for (Conversation order :
                List.of(
                        Conversation.nothingYet(),
                        ordered(),
                        underReview(),
                        asking(TAKE_ITEMS),
                        asking(DEBIT_PAYMENT).cancelled(),
                        ordered().cancelled())) {
            assertThatThrownBy(order::listCompleted)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("the shopping list of order " + ID + " is complete");
        }
    }
}
