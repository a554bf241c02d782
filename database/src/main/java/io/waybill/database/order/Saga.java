package io.waybill.database.order;

import static io.waybill.proto.order.v1.SagaPhase.SAGA_PHASE_COMMITTED;
import static io.waybill.proto.order.v1.SagaPhase.SAGA_PHASE_ENDED;
import static io.waybill.proto.order.v1.SagaPhase.SAGA_PHASE_REVIEW_OPEN;
import static io.waybill.proto.order.v1.SagaPhase.SAGA_PHASE_RUNNING;
import static io.waybill.proto.order.v1.SagaPhase.SAGA_PHASE_UNDOING;
import static io.waybill.proto.order.v1.StepState.STEP_STATE_ASKED;
import static io.waybill.proto.order.v1.StepState.STEP_STATE_DONE;
import static io.waybill.proto.order.v1.StepState.STEP_STATE_PENDING;
import static io.waybill.proto.order.v1.StepState.STEP_STATE_REFUSED;
import static io.waybill.proto.order.v1.StepState.STEP_STATE_UNDOING;
import static io.waybill.proto.order.v1.StepState.STEP_STATE_UNDONE;

import com.google.protobuf.Timestamp;

import io.waybill.proto.eventstore.v1.Timer;
import io.waybill.proto.order.v1.SagaView;
import io.waybill.proto.order.v1.StepView;

import java.util.Optional;

/**
 * How far an order's saga is, as its events tell: one step is asked after the other, the next with
 * the event that ends the one before; what is to be taken back is taken back in reverse order.
 *
 * @param view the part of the order's view that is changed
 */
record Saga(SagaView.Builder view) {

    /** The code of a refusal that came of nobody answering: what was asked may have been done. */
    private static final String TIMED_OUT = "TIMED_OUT";

    /** The first step is asked. */
    void begin(Timestamp at) {
        for (Step step : Step.all()) {
            view.addSteps(StepView.newBuilder().setStep(step.name()).setState(STEP_STATE_PENDING));
        }
        view.setPhase(SAGA_PHASE_RUNNING);
        ask(Step.all().getFirst(), at);
    }

    /** A step is done, and the next is asked. */
    void done(Step step, Timestamp at) {
        of(step).setState(STEP_STATE_DONE).setEnded(at).clearCode().clearMessage();
        step.next().ifPresent(next -> ask(next, at));
    }

    /** A person is to decide. */
    void reviewOpens(Timestamp deadline, Timestamp at) {
        view.setPhase(SAGA_PHASE_REVIEW_OPEN).setDeadline(deadline).setWaitsSince(at);
    }

    /** Nothing is taken back from here on. */
    void commit() {
        view.setPhase(SAGA_PHASE_COMMITTED);
    }

    /** A step is refused: what was done before it is taken back, and itself when nobody knows. */
    void refused(Step step, String code, String message, Timestamp at) {
        of(step).setState(STEP_STATE_REFUSED).setEnded(at).setCode(code).setMessage(message);
        view.setPhase(SAGA_PHASE_UNDOING);
        if (code.equals(TIMED_OUT) && step.canBeUndone()) {
            undo(step, at);
        } else {
            undoBefore(step, at);
        }
    }

    /** The customer does not want it any more; what was asked may have been done. */
    void cancelled(Timestamp at) {
        Step asked = waitsFor().orElse(Step.all().getFirst());
        view.setPhase(SAGA_PHASE_UNDOING);
        if (asked.canBeUndone()) {
            undo(asked, at);
        } else {
            of(asked).setState(STEP_STATE_UNDONE).setEnded(at);
            undoBefore(asked, at);
        }
    }

    /** A step is taken back, and the one before it is next. */
    void undone(Step step, Timestamp at) {
        StepView.Builder taken = of(step).setState(STEP_STATE_UNDONE).setEnded(at);
        if (!taken.getCode().equals(TIMED_OUT)) {
            taken.clearCode().clearMessage();
        }
        undoBefore(step, at);
    }

    /** An attempt at what is tried until it is done came to nothing: there is another. */
    void failed(Step step, int attempt, String code, String message) {
        of(step).setAttempts(attempt + 1).setCode(code).setMessage(message);
    }

    /** It waits for nothing any more. */
    void end() {
        view.setPhase(SAGA_PHASE_ENDED);
        rest();
        sleep();
    }

    /** It wakes up by itself. */
    void wake(Timer timer) {
        view.setNextWake(timer.getDue()).setTries(timer.getTries());
        if (timer.hasDeadline()) {
            view.setDeadline(timer.getDeadline());
        } else {
            view.clearDeadline();
        }
    }

    /** It does not wake up by itself any more. */
    void sleep() {
        view.clearNextWake().clearTries().clearDeadline();
    }

    /** The step that it waits for. */
    Optional<Step> waitsFor() {
        return Step.named(view.getWaitsFor());
    }

    private void ask(Step step, Timestamp at) {
        of(step).setState(STEP_STATE_ASKED).setAsked(at).setAttempts(1);
        view.setWaitsFor(step.name()).setWaitsSince(at);
    }

    private void undoBefore(Step step, Timestamp at) {
        step.undoableBefore().ifPresentOrElse(before -> undo(before, at), this::rest);
    }

    private void undo(Step step, Timestamp at) {
        of(step).setState(STEP_STATE_UNDOING).setAsked(at).clearEnded().setAttempts(1);
        view.setWaitsFor(step.name()).setWaitsSince(at);
    }

    private void rest() {
        view.clearWaitsFor().clearWaitsSince();
    }

    private StepView.Builder of(Step step) {
        return view.getStepsBuilderList().stream()
                .filter(shown -> shown.getStep().equals(step.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no step " + step.name()));
    }
}
