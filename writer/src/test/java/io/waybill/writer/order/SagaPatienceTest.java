package io.waybill.writer.order;

import static io.waybill.writer.domain.RefusalCode.OUT_OF_STOCK;
import static io.waybill.writer.domain.RefusalCode.STEP_FAILED;
import static io.waybill.writer.domain.RefusalCode.TIMED_OUT;
import static io.waybill.writer.order.Conversation.ID;
import static io.waybill.writer.order.Conversation.asking;
import static io.waybill.writer.order.Conversation.ordered;
import static io.waybill.writer.order.Conversation.underReview;
import static io.waybill.writer.saga.Step.CREATE_SHOPPING_LIST;
import static io.waybill.writer.saga.Step.DEBIT_PAYMENT;
import static io.waybill.writer.saga.Step.RESERVE_ITEMS;
import static io.waybill.writer.saga.Step.REVIEW;
import static io.waybill.writer.saga.Step.TAKE_ITEMS;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.order.OrderCommand.Wake;
import io.waybill.writer.order.OrderEvent.StepFailed;
import io.waybill.writer.order.OrderEvent.StepRefused;
import io.waybill.writer.saga.Pace;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;
import io.waybill.writer.saga.WakeUp;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When a saga asks again, how long it waits, and what it does when nobody answers. */
class SagaPatienceTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void what_is_asked_is_asked_again_after_a_second() {
        ordered().wakesAfter(Duration.ofSeconds(1), 1).woken().asks(Step.first());
    }

    @Test
    void asking_again_records_no_event_and_waits_longer_each_time() {
        Conversation order = asking(TAKE_ITEMS);
        Duration before = Duration.ZERO;
        for (int tries = 1; tries <= 5; tries++) {
            Duration pause = Duration.between(order.now(), order.wakeUp().due());
            assertThat(pause).isGreaterThan(before);
            assertThat(order.wakeUp().tries()).isEqualTo(tries);
            before = pause;
            order.woken().nothingHappens().asks(TAKE_ITEMS);
        }
    }

    @Test
    void it_never_gives_up_and_never_waits_longer_than_a_minute() {
        Conversation order = asking(TAKE_ITEMS);
        for (int tries = 0; tries < 100; tries++) {
            order.woken().nothingHappens().asks(TAKE_ITEMS);
            assertThat(Duration.between(order.now(), order.wakeUp().due()))
                    .isBetween(Duration.ofSeconds(1), MINUTE);
        }
        order.done().asks(TAKE_ITEMS.next());
    }

    @Test
    void an_undo_never_gives_up_either() {
        Conversation order = asking(DEBIT_PAYMENT).cancelled().undoes(DEBIT_PAYMENT);
        for (int tries = 0; tries < 100; tries++) {
            order.woken().nothingHappens().undoes(DEBIT_PAYMENT);
            assertThat(Duration.between(order.now(), order.wakeUp().due()))
                    .isBetween(Duration.ofSeconds(1), MINUTE);
        }
        order.done().undoes(CREATE_SHOPPING_LIST);
    }

    @Test
    void a_wake_up_names_the_deadline_that_shows_who_is_stuck() {
        Conversation order = asking(TAKE_ITEMS);
        Instant asked = order.now();

        order.silentUntilTheDeadline().woken().woken();

        assertThat(order.wakeUp().deadline()).isEqualTo(asked.plusSeconds(30));
        assertThat(order.now()).isAfter(order.wakeUp().deadline());
    }

    @Test
    void a_wake_up_before_a_deadline_comes_at_the_deadline_at_the_latest() {
        SagaSettings settings =
                SagaSettings.usual()
                        .with(
                                RESERVE_ITEMS,
                                new Pace(Duration.ofSeconds(4), Duration.ofSeconds(3), MINUTE));

        asking(RESERVE_ITEMS, settings)
                .wakesAfter(Duration.ofSeconds(3), 1)
                .woken()
                .asks(RESERVE_ITEMS)
                .wakesAfter(Duration.ofSeconds(1), 2)
                .woken()
                .undoes(RESERVE_ITEMS)
                .done()
                .isRejected(RESERVE_ITEMS, TIMED_OUT);
    }

    @Test
    void a_failed_undo_is_tried_again_with_the_next_attempt_when_its_wake_up_is_due() {
        Conversation order = asking(DEBIT_PAYMENT).cancelled().undoes(DEBIT_PAYMENT).deadLettered();

        order.happens(
                        new StepFailed(
                                ID,
                                DEBIT_PAYMENT,
                                true,
                                1,
                                STEP_FAILED,
                                "it made no sense",
                                order.now()))
                .asksNobody()
                .wakesAfter(Duration.ofSeconds(1), 0)
                .woken()
                .undoes(DEBIT_PAYMENT, 2)
                .done()
                .undoes(CREATE_SHOPPING_LIST, 1);
    }

    @Test
    void failed_attempts_lengthen_the_pause_as_silence_does() {
        Conversation order = asking(TAKE_ITEMS);
        Duration before = Duration.ZERO;
        for (int attempt = 1; attempt <= 4; attempt++) {
            order.refused(OUT_OF_STOCK);
            Duration pause = Duration.between(order.now(), order.wakeUp().due());
            assertThat(pause).isGreaterThan(before);
            before = pause;
            order.woken().asks(TAKE_ITEMS, attempt + 1);
        }
    }

    @Test
    void failed_attempts_do_not_move_the_deadline() {
        Conversation order = asking(TAKE_ITEMS);
        Instant deadline = order.wakeUp().deadline();

        order.refused(OUT_OF_STOCK).woken().refused(OUT_OF_STOCK).woken();

        assertThat(order.wakeUp().deadline()).isEqualTo(deadline);
    }

    @Test
    void each_step_has_its_own_deadline() {
        SagaSettings settings =
                SagaSettings.usual()
                        .with(
                                DEBIT_PAYMENT,
                                new Pace(Duration.ofMinutes(5), Duration.ofSeconds(2), MINUTE));

        Conversation order = asking(DEBIT_PAYMENT, settings).wakesAfter(Duration.ofSeconds(2), 1);

        assertThat(order.wakeUp().deadline()).isEqualTo(order.now().plus(Duration.ofMinutes(5)));
        assertThat(order.done().asks(REVIEW).wakeUp().deadline())
                .isEqualTo(order.now().plusSeconds(30));
    }

    @Test
    void an_open_review_is_woken_at_its_deadline_and_not_before() {
        Conversation order = underReview();

        order.asksNobody().wakesAfter(Duration.ofMinutes(15), 1);
        assertThat(order.wakeUp().deadline()).isEqualTo(order.wakeUp().due());
    }

    @Test
    void a_wake_up_too_early_for_an_open_review_is_set_for_its_deadline_again() {
        Conversation order = underReview();
        WakeUp.At deadline = order.wakeUp();

        order.when(new Wake(ID, 5, order.now().plusSeconds(1))).nothingHappens().asksNobody();
        assertThat(((OrderDecision.Accepted) order.decision()).wakeUp()).isEqualTo(deadline);
        order.woken().undoes(DEBIT_PAYMENT);
    }

    @Test
    void a_wake_up_too_early_for_a_deadline_is_set_for_it_again() {
        Conversation order = asking(RESERVE_ITEMS);
        while (order.wakeUp().due().isBefore(order.wakeUp().deadline())) {
            order.woken();
        }
        WakeUp.At last = order.wakeUp();

        order.when(new Wake(ID, last.tries(), last.deadline().minusMillis(1))).nothingHappens();

        assertThat(order.wakeUp().due()).isEqualTo(last.deadline());
        order.woken().undoes(RESERVE_ITEMS);
    }

    @Test
    void a_person_who_does_not_decide_in_time_has_the_order_undone() {
        Conversation order = underReview().woken();

        assertThat(order.history().getLast())
                .isEqualTo(
                        new StepRefused(
                                ID,
                                REVIEW,
                                TIMED_OUT,
                                "nobody decided before the deadline",
                                order.now()));
        order.undoes(DEBIT_PAYMENT)
                .done()
                .undoes(CREATE_SHOPPING_LIST)
                .done()
                .undoes(RESERVE_ITEMS)
                .done()
                .isRejected(REVIEW, TIMED_OUT);
    }

    @Test
    void a_wake_up_after_the_end_is_needless() {
        for (Conversation over :
                List.of(
                        ordered().cancelled(),
                        asking(Step.INITIATE_SHOPPING).done(),
                        Conversation.nothingYet())) {
            over.when(new Wake(ID, 1, over.now().plusSeconds(60))).isNeedless();
        }
    }

    @Test
    void a_clock_that_stepped_back_neither_delays_asking_again_nor_turns_time_back() {
        Conversation order = ordered();
        Instant changed = ((Order.Present) order.order()).changed();

        order.when(
                new OrderCommand.Reply(
                        ID,
                        Step.first().name(),
                        false,
                        1,
                        new Answer.Done(false),
                        order.now().minusSeconds(3_600)));

        assertThat(order.history().getLast().at()).isEqualTo(changed.plusNanos(1_000));
        order.asks(RESERVE_ITEMS).wakesAfter(Duration.ofSeconds(1), 1);
    }
}
