package io.waybill.writer.order;

import static io.waybill.writer.domain.RefusalCode.NOT_FOUND;
import static io.waybill.writer.domain.RefusalCode.OUT_OF_STOCK;
import static io.waybill.writer.domain.RefusalCode.SAGA_OVER;
import static io.waybill.writer.order.Conversation.ID;
import static io.waybill.writer.order.Conversation.asking;
import static io.waybill.writer.order.Conversation.nothingYet;
import static io.waybill.writer.order.Conversation.ordered;
import static io.waybill.writer.order.Conversation.underReview;
import static io.waybill.writer.saga.Step.CREATE_SHOPPING_LIST;
import static io.waybill.writer.saga.Step.DEBIT_PAYMENT;
import static io.waybill.writer.saga.Step.INITIATE_SHOPPING;
import static io.waybill.writer.saga.Step.RESERVE_ITEMS;
import static io.waybill.writer.saga.Step.TAKE_ITEMS;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.saga.Kind;
import io.waybill.writer.saga.Step;
import io.waybill.writer.saga.WakeUp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody wants a step tried again: what was dead-lettered, say. */
class RetryingTest {

    private static Conversation retried(Conversation order, Step step, boolean undo) {
        return order.when(
                new OrderCommand.Retry(ID, step.name(), undo, order.now().plusMillis(100)));
    }

    @Test
    void the_next_attempt_at_a_step_that_failed_is_sent_at_once_and_the_wake_up_stands() {
        Conversation order = asking(TAKE_ITEMS).deadLettered();
        WakeUp.At standing = order.wakeUp();

        retried(order, TAKE_ITEMS, false).nothingHappens().asks(TAKE_ITEMS, 2);

        assertThat(order.wakeUp()).isEqualTo(standing);
        order.done().asks(INITIATE_SHOPPING);
    }

    @Test
    void the_next_attempt_at_an_undo_that_failed_is_sent_at_once() {
        Conversation order = asking(DEBIT_PAYMENT).cancelled().deadLettered();

        retried(order, DEBIT_PAYMENT, true).nothingHappens().undoes(DEBIT_PAYMENT, 2);

        order.done().undoes(CREATE_SHOPPING_LIST);
    }

    @Test
    void an_attempt_that_has_no_outcome_yet_stays_the_same_however_often_it_is_wanted() {
        Conversation order = asking(TAKE_ITEMS);
        for (int i = 0; i < 3; i++) {
            retried(order, TAKE_ITEMS, false).nothingHappens().asks(TAKE_ITEMS, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_step_that_can_be_refused_is_tried_once(Step step) {
        if (step.kind() != Kind.RETRIABLE) {
            retried(asking(step), step, false)
                    .isRefused(
                            SAGA_OVER,
                            "order %s does not try %s again: before the restaurant's approval a step is tried once"
                                    .formatted(ID, step));
        }
    }

    @Test
    void a_step_that_failed_and_is_undone_is_over() {
        retried(asking(DEBIT_PAYMENT).deadLettered(), DEBIT_PAYMENT, false)
                .isRefused(
                        SAGA_OVER,
                        "order %s does not try DEBIT_PAYMENT again: its saga is at undoing CREATE_SHOPPING_LIST"
                                .formatted(ID));
    }

    @Test
    void a_step_that_is_done_is_over() {
        retried(asking(INITIATE_SHOPPING), TAKE_ITEMS, false)
                .isRefused(
                        SAGA_OVER,
                        "order %s does not try TAKE_ITEMS again: its saga is at INITIATE_SHOPPING"
                                .formatted(ID));
        retried(asking(RESERVE_ITEMS).cancelled(), RESERVE_ITEMS, false)
                .isRefused(
                        SAGA_OVER,
                        "order %s does not try RESERVE_ITEMS again: its saga is at undoing RESERVE_ITEMS"
                                .formatted(ID));
    }

    @Test
    void while_a_person_decides_nothing_is_tried_again() {
        retried(underReview(), Step.REVIEW, false)
                .isRefused(
                        SAGA_OVER,
                        "order %s does not try REVIEW again: its saga waits for a person of the restaurant"
                                .formatted(ID));
    }

    @Test
    void when_the_saga_is_over_nothing_is_tried_again() {
        retried(asking(INITIATE_SHOPPING).done(), INITIATE_SHOPPING, false)
                .isRefused(
                        SAGA_OVER,
                        "order %s does not try INITIATE_SHOPPING again: its saga is over and it is APPROVED"
                                .formatted(ID));
        retried(ordered().refused(OUT_OF_STOCK), DEBIT_PAYMENT, true)
                .isRefused(
                        SAGA_OVER,
                        "order %s does not try undoing DEBIT_PAYMENT again: its saga is over and it is REJECTED"
                                .formatted(ID));
    }

    @Test
    void an_order_that_is_not_there_is_not_found() {
        retried(nothingYet(), TAKE_ITEMS, false)
                .isRefused(NOT_FOUND, "order with id %s not found".formatted(ID));
    }
}
