package io.waybill.writer.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;

/** What holds for every table of steps that can be carried out. */
class StepTest {

    private static final Terms ORDER =
            new Terms(
                    "order",
                    "customer",
                    "restaurant",
                    List.of(new Item("pizza", "Pizza", Money.of("EUR", 950), 2)),
                    Money.of("EUR", 1900),
                    "payment");

    @Test
    void what_can_be_taken_back_comes_before_the_one_pivot_and_what_is_tried_until_done_after_it() {
        List<Kind> kinds = Arrays.stream(Step.values()).map(Step::kind).toList();

        assertThat(kinds).isSorted().containsOnlyOnce(Kind.PIVOT).contains(Kind.RETRIABLE);
        assertThat(Step.REVIEW.kind()).isEqualTo(Kind.PIVOT);
        assertThat(Step.firstAfterPivot()).isEqualTo(Step.REVIEW.next());
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void only_what_comes_before_the_pivot_is_undone(Step step) {
        assertThat(step.isUndoable()).isEqualTo(step.undo(ORDER).isPresent());
        if (step.isUndoable()) {
            assertThat(step.kind()).isEqualTo(Kind.COMPENSATABLE);
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void only_the_last_step_asks_nobody(Step step) {
        assertThat(step.asksNobody()).isEqualTo(step.ask(ORDER).isEmpty());
        assertThat(step.asksNobody()).isEqualTo(step == Step.APPROVE_ORDER);
    }

    @Test
    void no_step_follows_the_last() {
        assertThat(Step.first()).isEqualTo(Step.AUTHORIZE_CUSTOMER);
        assertThatThrownBy(Step.APPROVE_ORDER::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void steps_are_undone_the_last_first() {
        assertThat(Step.REVIEW.undosBefore())
                .containsExactly(Step.DEBIT_PAYMENT, Step.CREATE_SHOPPING_LIST, Step.RESERVE_ITEMS);
        assertThat(Step.DEBIT_PAYMENT.undosBefore())
                .containsExactly(Step.CREATE_SHOPPING_LIST, Step.RESERVE_ITEMS);
        assertThat(Step.DEBIT_PAYMENT.undosWithThis()).isEqualTo(Step.REVIEW.undosWithThis());
        assertThat(Step.AUTHORIZE_CUSTOMER.undosWithThis()).isEmpty();
    }

    @Test
    void what_is_asked_is_said_in_the_order_s_own_terms() {
        assertThat(Step.DEBIT_PAYMENT.ask(ORDER))
                .contains(
                        new Ask.DebitPayment(
                                "customer", "order", Money.of("EUR", 1900), "payment"));
        assertThat(Step.RESERVE_ITEMS.ask(ORDER))
                .contains(new Ask.ReserveItems("restaurant", "order", ORDER.items()));
        assertThat(Step.RESERVE_ITEMS.undo(ORDER))
                .contains(new Ask.ReleaseItems("restaurant", "order"));
    }
}
