package io.waybill.writer.shopping;

import static io.waybill.writer.domain.RefusalCode.ILLEGAL_STATE;
import static io.waybill.writer.domain.RefusalCode.NOT_FOUND;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.writer.domain.Scenario;
import io.waybill.writer.domain.Scenario.Given;
import io.waybill.writer.money.Item;
import io.waybill.writer.money.Money;
import io.waybill.writer.shopping.ShoppingCommand.Assign;
import io.waybill.writer.shopping.ShoppingCommand.Cancel;
import io.waybill.writer.shopping.ShoppingCommand.Complete;
import io.waybill.writer.shopping.ShoppingCommand.Create;
import io.waybill.writer.shopping.ShoppingCommand.Initiate;
import io.waybill.writer.shopping.ShoppingEvent.Assigned;
import io.waybill.writer.shopping.ShoppingEvent.Cancelled;
import io.waybill.writer.shopping.ShoppingEvent.Completed;
import io.waybill.writer.shopping.ShoppingEvent.Created;
import io.waybill.writer.shopping.ShoppingEvent.Initiated;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class ShoppingDeciderTest {

    private static final Instant AT = Instant.parse("2026-01-01T09:00:00Z");
    private static final List<Item> ITEMS =
            List.of(new Item("pizza", "Pizza", Money.of("EUR", 950), 2));

    private static final Scenario<ShoppingCommand, ShoppingList, ShoppingEvent> LISTS =
            new Scenario<>(
                    ShoppingDecider.initial(), ShoppingDecider::evolve, ShoppingDecider::decide);

    private static final Created CREATED = new Created("o1", "r1", ITEMS, AT);
    private static final Initiated INITIATED = new Initiated("o1", AT);
    private static final Assigned ASSIGNED = new Assigned("o1", "Luigi", AT);
    private static final Completed COMPLETED = new Completed("o1", AT);
    private static final Cancelled CANCELLED = new Cancelled("o1", AT);

    @Test
    void a_list_is_created_initiated_assigned_and_completed() {
        given().when(new Create("o1", "r1", ITEMS, AT)).then(CREATED);
        given(CREATED).when(new Initiate("o1", AT)).then(INITIATED);
        given(CREATED, INITIATED).when(new Assign("o1", "Luigi", AT)).then(ASSIGNED);
        given(CREATED, INITIATED, ASSIGNED).when(new Complete("o1", AT)).then(COMPLETED);

        assertThat(LISTS.fold(List.of(CREATED, INITIATED, ASSIGNED, COMPLETED)))
                .isEqualTo(new ShoppingList.Completed("o1"));
    }

    @Test
    void creating_or_initiating_it_again_changes_nothing() {
        given(CREATED).when(new Create("o1", "r1", ITEMS, AT)).thenNothing();
        given(CREATED, INITIATED).when(new Initiate("o1", AT)).thenNothing();
        given(CREATED, INITIATED, ASSIGNED).when(new Initiate("o1", AT)).thenNothing();
    }

    @Test
    void it_may_be_given_to_somebody_else() {
        given(CREATED, INITIATED, ASSIGNED)
                .when(new Assign("o1", "Toad", AT))
                .then(new Assigned("o1", "Toad", AT));
        given(CREATED, INITIATED, ASSIGNED).when(new Assign("o1", "Luigi", AT)).thenNothing();
    }

    @Test
    void it_is_given_to_nobody_before_the_kitchen_may_begin_nor_when_it_is_complete() {
        given(CREATED)
                .when(new Assign("o1", "Luigi", AT))
                .thenRefused(ILLEGAL_STATE, "", "shopping list of order o1 is created");
        given(CREATED, INITIATED, ASSIGNED, COMPLETED)
                .when(new Assign("o1", "Toad", AT))
                .thenRefused(ILLEGAL_STATE, "", "shopping list of order o1 is completed");
    }

    @Test
    void it_is_completed_only_by_somebody_to_whom_it_was_given() {
        given(CREATED, INITIATED)
                .when(new Complete("o1", AT))
                .thenRefused(ILLEGAL_STATE, "", "shopping list of order o1 is initiated");
        given(CREATED, INITIATED, ASSIGNED, COMPLETED)
                .when(new Complete("o1", AT))
                .thenRefused(ILLEGAL_STATE, "", "shopping list of order o1 is completed");
    }

    @Test
    void a_list_that_nobody_asked_for_is_not_found() {
        String sentence = "shopping list of order o1 not found";
        given().when(new Assign("o1", "Luigi", AT)).thenRefused(NOT_FOUND, "order_id", sentence);
        given().when(new Complete("o1", AT)).thenRefused(NOT_FOUND, "order_id", sentence);
        given().when(new Initiate("o1", AT)).thenRefused(NOT_FOUND, "order_id", sentence);
    }

    @Test
    void a_list_whose_creation_is_taken_back_is_cancelled() {
        given(CREATED).when(new Cancel("o1", List.of(CREATED), AT)).then(CANCELLED);
        given(CREATED, INITIATED).when(new Cancel("o1", List.of(CREATED), AT)).then(CANCELLED);
    }

    @Test
    void there_is_nothing_to_cancel_of_a_list_that_was_not_created() {
        given().when(new Cancel("o1", List.of(), AT)).thenNothing();
    }

    @Test
    void a_cancelled_list_stays_cancelled() {
        String sentence = "shopping list of order o1 is cancelled";
        given(CREATED, CANCELLED).when(new Cancel("o1", List.of(CREATED), AT)).thenNothing();
        given(CREATED, CANCELLED)
                .when(new Create("o1", "r1", ITEMS, AT))
                .thenRefused(ILLEGAL_STATE, "", sentence);
        given(CREATED, CANCELLED)
                .when(new Initiate("o1", AT))
                .thenRefused(ILLEGAL_STATE, "", sentence);
        given(CREATED, CANCELLED)
                .when(new Assign("o1", "Luigi", AT))
                .thenRefused(ILLEGAL_STATE, "", sentence);
        given(CREATED, CANCELLED)
                .when(new Complete("o1", AT))
                .thenRefused(ILLEGAL_STATE, "", sentence);
    }

    @Test
    void an_event_that_cannot_follow_cannot_be_folded() {
        assertThatThrownBy(() -> LISTS.fold(List.of(CREATED, ASSIGNED)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "the event Assigned of the shopping list of order o1 follows on Created");
    }

    private static Given<ShoppingCommand, ShoppingList, ShoppingEvent> given(
            ShoppingEvent... events) {
        return LISTS.given(events);
    }
}
