package io.waybill.database.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.waybill.database.Commits;
import io.waybill.database.projection.Folded;
import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.proto.order.v1.OrderStatus;
import io.waybill.proto.order.v1.OrderView;
import io.waybill.proto.order.v1.SagaPhase;
import io.waybill.proto.order.v1.SagaView;
import io.waybill.proto.order.v1.StepState;
import io.waybill.proto.order.v1.StepView;

import org.junit.jupiter.api.Test;

import java.util.List;

/** An order's row, along the stories that its events tell. */
class OrderProjectionTest {

    private static final String STREAM = "order/o";
    private static final OrderEvents ORDER = new OrderEvents("o");
    private static final Timestamp LATER = Timestamps.fromSeconds(9_000);
    private static final List<String> UNDOABLE =
            List.of("RESERVE_ITEMS", "CREATE_SHOPPING_LIST", "DEBIT_PAYMENT");

    private final Commits log = new Commits();
    private final Folded<OrderView> orders = new Folded<>(new OrderProjection());

    private OrderView happens(Message... events) {
        orders.then(log.of(STREAM, events));
        return orders.row("o");
    }

    private OrderView created() {
        return happens(ORDER.created("c", "r", log.now()));
    }

    /** Up to the review, which is asked. */
    private OrderView atReview() {
        created();
        for (int i = 0; i < 4; i++) {
            happens(ORDER.doneBeforeReview(log.now()).get(i));
        }
        return orders.row("o");
    }

    private static StepView step(OrderView order, String name) {
        return order.getSaga().getStepsList().stream()
                .filter(step -> step.getStep().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<StepState> states(OrderView order) {
        return order.getSaga().getStepsList().stream().map(StepView::getState).toList();
    }

    private static void assertWaitsFor(OrderView order, String step, Timestamp since) {
        assertThat(order.getSaga().getWaitsFor()).isEqualTo(step);
        assertThat(order.getSaga().getWaitsSince()).isEqualTo(since);
    }

    @Test
    void its_saga_has_eight_steps_in_the_order_of_the_design() {
        assertThat(created().getSaga().getStepsList())
                .extracting(StepView::getStep)
                .containsExactly(
                        "AUTHORIZE_CUSTOMER",
                        "RESERVE_ITEMS",
                        "CREATE_SHOPPING_LIST",
                        "DEBIT_PAYMENT",
                        "REVIEW",
                        "TAKE_ITEMS",
                        "INITIATE_SHOPPING",
                        "APPROVE_ORDER");
        assertThat(Step.all().stream().filter(Step::canBeUndone).map(Step::name))
                .containsExactlyElementsOf(UNDOABLE);
    }

    @Test
    void a_new_order_is_pending_and_its_first_step_is_asked() {
        OrderView order = created();

        assertThat(order.getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_PENDING);
        assertThat(order.getCustomerId()).isEqualTo("c");
        assertThat(order.getItemsCount()).isEqualTo(2);
        assertThat(order.getTotal().getMinor()).isEqualTo(2_500);
        assertThat(order.hasPaymentId()).isFalse();
        assertThat(order.getVersion()).isEqualTo(1);
        assertThat(order.getCreatedPosition()).isEqualTo(1);
        assertThat(order.getSaga().getPhase()).isEqualTo(SagaPhase.SAGA_PHASE_RUNNING);
        assertWaitsFor(order, "AUTHORIZE_CUSTOMER", Commits.at(1));
        assertThat(step(order, "AUTHORIZE_CUSTOMER"))
                .isEqualTo(
                        StepView.newBuilder()
                                .setStep("AUTHORIZE_CUSTOMER")
                                .setState(StepState.STEP_STATE_ASKED)
                                .setAsked(Commits.at(1))
                                .setAttempts(1)
                                .build());
        assertThat(step(order, "REVIEW"))
                .isEqualTo(
                        StepView.newBuilder()
                                .setStep("REVIEW")
                                .setState(StepState.STEP_STATE_PENDING)
                                .build());
    }

    @Test
    void each_event_that_ends_a_step_asks_the_next() {
        created();
        OrderView order = happens(ORDER.doneBeforeReview(log.now()).getFirst());

        assertThat(step(order, "AUTHORIZE_CUSTOMER").getState())
                .isEqualTo(StepState.STEP_STATE_DONE);
        assertThat(step(order, "AUTHORIZE_CUSTOMER").getEnded()).isEqualTo(Commits.at(2));
        assertThat(step(order, "RESERVE_ITEMS").getState()).isEqualTo(StepState.STEP_STATE_ASKED);
        assertWaitsFor(order, "RESERVE_ITEMS", Commits.at(2));
        assertThat(order.getLastUpdated()).isEqualTo(Commits.at(2));
        assertThat(order.getVersion()).isEqualTo(2);
    }

    @Test
    void an_order_that_goes_well_is_approved_made_and_collected() {
        assertWaitsFor(atReview(), "REVIEW", Commits.at(5));
        OrderView committed = happens(ORDER.reviewApproved(log.now()));
        assertThat(committed.getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_PENDING);
        assertThat(committed.getSaga().getPhase()).isEqualTo(SagaPhase.SAGA_PHASE_COMMITTED);
        assertWaitsFor(committed, "TAKE_ITEMS", Commits.at(6));

        happens(ORDER.itemsTaken(log.now()));
        OrderView approved = happens(ORDER.shoppingInitiated(log.now()), ORDER.approved(log.now()));
        assertThat(approved.getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_APPROVED);
        assertThat(approved.getSaga().getPhase()).isEqualTo(SagaPhase.SAGA_PHASE_ENDED);
        assertThat(approved.getSaga().hasWaitsFor()).isFalse();
        assertThat(approved.getSaga().hasWaitsSince()).isFalse();
        assertThat(states(approved)).containsOnly(StepState.STEP_STATE_DONE);
        assertThat(approved.getVersion()).isEqualTo(9);

        assertThat(happens(ORDER.ready(log.now())).getStatus())
                .isEqualTo(OrderStatus.ORDER_STATUS_READY);
        assertThat(happens(ORDER.collected(log.now())).getStatus())
                .isEqualTo(OrderStatus.ORDER_STATUS_COLLECTED);
        assertThat(orders.row("o").hasCode()).isFalse();
    }

    @Test
    void an_open_review_shows_until_when_and_is_listed_while_it_is_open() {
        atReview();
        OrderView open = happens(ORDER.reviewRequested(LATER, log.now()));

        assertThat(open.getSaga().getPhase()).isEqualTo(SagaPhase.SAGA_PHASE_REVIEW_OPEN);
        assertThat(open.getSaga().getDeadline()).isEqualTo(LATER);
        assertWaitsFor(open, "REVIEW", Commits.at(6));
        assertThat(orders.listed("review-open", "o")).hasSize(1);
        assertThat(orders.listed("restaurant-review-open", "o")).hasSize(1);

        happens(ORDER.reviewApproved(log.now()));
        assertThat(orders.listed("review-open", "o")).isEmpty();
        assertThat(orders.listed("running", "o")).hasSize(1);
    }

    @Test
    void a_refusal_undoes_what_was_done_the_last_first() {
        atReview();
        OrderView refused = happens(ORDER.refused("REVIEW", "RESTAURANT_CLOSED", log.now()));
        assertThat(refused.getSaga().getPhase()).isEqualTo(SagaPhase.SAGA_PHASE_UNDOING);
        assertThat(refused.getStep()).isEqualTo("REVIEW");
        assertThat(refused.getCode()).isEqualTo("RESTAURANT_CLOSED");
        assertThat(step(refused, "REVIEW").getState()).isEqualTo(StepState.STEP_STATE_REFUSED);
        assertThat(step(refused, "REVIEW").getMessage()).isEqualTo("because of RESTAURANT_CLOSED");

        for (String undoing : UNDOABLE.reversed()) {
            OrderView now = orders.row("o");
            assertWaitsFor(now, undoing, Commits.at(log.position()));
            assertThat(step(now, undoing).getState()).isEqualTo(StepState.STEP_STATE_UNDOING);
            assertThat(step(now, undoing).hasEnded()).isFalse();
            happens(ORDER.undone(undoing, log.now()));
            assertThat(step(orders.row("o"), undoing).getState())
                    .isEqualTo(StepState.STEP_STATE_UNDONE);
        }
        assertThat(orders.row("o").getSaga().hasWaitsFor()).isFalse();
        OrderView rejected = happens(ORDER.rejected("REVIEW", "RESTAURANT_CLOSED", log.now()));
        assertThat(rejected.getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_REJECTED);
        assertThat(rejected.hasField()).isFalse();
        assertThat(rejected.getSaga().getPhase()).isEqualTo(SagaPhase.SAGA_PHASE_ENDED);
        assertThat(step(rejected, "AUTHORIZE_CUSTOMER").getState())
                .isEqualTo(StepState.STEP_STATE_DONE);
        assertThat(orders.listed("running", "o")).isEmpty();
    }

    @Test
    void a_step_that_nobody_answered_is_taken_back_too() {
        created();
        happens(ORDER.doneBeforeReview(log.now()).get(0));
        happens(ORDER.doneBeforeReview(log.now()).get(1));
        OrderView late = happens(ORDER.refused("CREATE_SHOPPING_LIST", "TIMED_OUT", log.now()));

        assertWaitsFor(late, "CREATE_SHOPPING_LIST", Commits.at(4));
        assertThat(step(late, "CREATE_SHOPPING_LIST").getState())
                .isEqualTo(StepState.STEP_STATE_UNDOING);
        assertThat(step(late, "CREATE_SHOPPING_LIST").getCode()).isEqualTo("TIMED_OUT");
        OrderView next = happens(ORDER.undone("CREATE_SHOPPING_LIST", log.now()));
        assertWaitsFor(next, "RESERVE_ITEMS", Commits.at(5));
        assertThat(step(next, "CREATE_SHOPPING_LIST").getCode()).isEqualTo("TIMED_OUT");
    }

    @Test
    void a_refusal_with_nothing_to_undo_ends_the_saga_at_once() {
        created();
        OrderView rejected =
                happens(
                        ORDER.refused("AUTHORIZE_CUSTOMER", "CUSTOMER_DISABLED", log.now()),
                        ORDER.rejected("AUTHORIZE_CUSTOMER", "CUSTOMER_DISABLED", log.now()));

        assertThat(rejected.getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_REJECTED);
        assertThat(rejected.getStep()).isEqualTo("AUTHORIZE_CUSTOMER");
        assertThat(rejected.getField()).isEqualTo("customer_id");
        assertThat(rejected.getSaga().hasWaitsFor()).isFalse();
        assertThat(states(rejected))
                .startsWith(StepState.STEP_STATE_REFUSED, StepState.STEP_STATE_PENDING);
    }

    @Test
    void a_cancel_takes_back_what_was_asked_as_well() {
        created();
        happens(ORDER.doneBeforeReview(log.now()).get(0));
        OrderView cancelling = happens(ORDER.cancelRequested(log.now()));
        assertThat(cancelling.getSaga().getPhase()).isEqualTo(SagaPhase.SAGA_PHASE_UNDOING);
        assertWaitsFor(cancelling, "RESERVE_ITEMS", Commits.at(3));

        OrderView cancelled =
                happens(ORDER.undone("RESERVE_ITEMS", log.now()), ORDER.cancelled(log.now()));
        assertThat(cancelled.getStatus()).isEqualTo(OrderStatus.ORDER_STATUS_CANCELLED);
        assertThat(cancelled.getStep()).isEqualTo("RESERVE_ITEMS");
        assertThat(cancelled.hasCode()).isFalse();
    }

    @Test
    void a_cancel_while_the_restaurant_thinks_leaves_no_review_open() {
        atReview();
        happens(ORDER.reviewRequested(LATER, log.now()));
        OrderView cancelling = happens(ORDER.cancelRequested(log.now()));

        assertWaitsFor(cancelling, "DEBIT_PAYMENT", Commits.at(7));
        assertThat(step(cancelling, "REVIEW").getState()).isEqualTo(StepState.STEP_STATE_UNDONE);
        assertThat(orders.listed("review-open", "o")).isEmpty();
    }

    @Test
    void a_decline_says_why() {
        atReview();
        happens(ORDER.reviewRequested(LATER, log.now()));
        OrderView declined = happens(ORDER.reviewDeclined("out of dough", log.now()));

        assertThat(declined.getCode()).isEqualTo("RESTAURANT_DECLINED");
        assertThat(declined.getMessage()).isEqualTo("out of dough");
        assertThat(step(declined, "REVIEW").getState()).isEqualTo(StepState.STEP_STATE_REFUSED);
        assertWaitsFor(declined, "DEBIT_PAYMENT", Commits.at(7));
    }

    @Test
    void a_failed_attempt_is_counted_and_forgotten_once_the_step_is_done() {
        atReview();
        happens(ORDER.reviewApproved(log.now()));
        OrderView failed = happens(ORDER.failed("TAKE_ITEMS", false, 1, log.now()));
        assertThat(step(failed, "TAKE_ITEMS").getState()).isEqualTo(StepState.STEP_STATE_ASKED);
        assertThat(step(failed, "TAKE_ITEMS").getAttempts()).isEqualTo(2);
        assertThat(step(failed, "TAKE_ITEMS").getCode()).isEqualTo("STEP_FAILED");
        assertWaitsFor(failed, "TAKE_ITEMS", Commits.at(6));

        OrderView done = happens(ORDER.itemsTaken(log.now()));
        assertThat(step(done, "TAKE_ITEMS").hasCode()).isFalse();
        assertThat(step(done, "TAKE_ITEMS").getAttempts()).isEqualTo(2);
    }

    @Test
    void what_is_asked_again_without_an_event_shows_in_the_wake_up_alone() {
        orders.then(log.waking(timer(1_030, 0, 1_060), STREAM, ORDER.created("c", "r", log.now())));
        assertThat(saga().getNextWake()).isEqualTo(Timestamps.fromSeconds(1_030));
        assertThat(saga().getDeadline()).isEqualTo(Timestamps.fromSeconds(1_060));
        OrderView before = orders.row("o");

        orders.then(log.waking(timer(1_032, 2, 1_060), STREAM));
        assertThat(saga().getTries()).isEqualTo(2);
        assertThat(saga().getNextWake()).isEqualTo(Timestamps.fromSeconds(1_032));
        assertThat(orders.row("o").getVersion()).isEqualTo(before.getVersion());
        assertThat(orders.row("o").getLastUpdated()).isEqualTo(before.getLastUpdated());

        orders.then(log.sleeping(STREAM));
        assertThat(saga().hasNextWake()).isFalse();
        assertThat(saga().hasDeadline()).isFalse();
        assertThat(saga().hasTries()).isFalse();
    }

    private SagaView saga() {
        return orders.row("o").getSaga();
    }

    private static Timer.Builder timer(long due, int tries, long deadline) {
        return Timer.newBuilder()
                .setDue(Timestamps.fromSeconds(due))
                .setTries(tries)
                .setDeadline(Timestamps.fromSeconds(deadline));
    }

    @Test
    void another_timer_of_the_stream_is_none_of_its_business() {
        created();
        OrderView before = orders.row("o");
        orders.then(
                log.next(STREAM)
                        .addTimersSet(timer(1, 1, 1).setName("other"))
                        .addTimersCleared("another")
                        .build());
        assertThat(orders.row("o")).isEqualTo(before);
    }

    @Test
    void an_order_is_listed_under_each_of_its_products() {
        created();
        assertThat(orders.listed("product-created", "o")).hasSize(2);
        assertThat(orders.listed("product-total", "o")).hasSize(2);
        assertThat(orders.listed("customer-status-created", "o")).hasSize(1);
    }

    @Test
    void an_order_that_does_not_begin_with_its_creation_stops_the_projection() {
        assertThatThrownBy(() -> orders.then(log.of(STREAM, ORDER.approved(log.now()))))
                .hasMessageContaining("OrderApproved at position 1 cannot follow");
    }
}
