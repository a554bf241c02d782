package io.waybill.writer.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.order.OrderDecision.Accepted;
import io.waybill.writer.order.OrderDecision.Needless;
import io.waybill.writer.order.OrderDecision.Refused;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Request;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;
import io.waybill.writer.saga.WakeUp;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An order and those who talk to it, word by word. Each command is decided a second after the one
 * before; what is asserted is what came of the last one.
 */
final class Conversation {

    static final String ID = "0190a6e2-7b7c-7d3a-8f5e-2d1c0b9a8f7e";
    static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");

    private final SagaSettings settings;
    private final List<OrderEvent> history = new ArrayList<>();
    private Order order = OrderDecider.initial();
    private Instant now = NINE;
    private OrderDecision last = new Needless();
    private WakeUp wakeUp = new WakeUp.Never();

    private Conversation(SagaSettings settings) {
        this.settings = settings;
    }

    static Conversation nothingYet() {
        return new Conversation(SagaSettings.usual());
    }

    static Conversation ordered() {
        return ordered(SagaSettings.usual());
    }

    static Conversation ordered(SagaSettings settings) {
        return new Conversation(settings).when(Orders.create(ID, NINE));
    }

    /** An order whose saga has come so far that this step is asked. */
    static Conversation asking(Step step) {
        return asking(step, SagaSettings.usual());
    }

    static Conversation asking(Step step, SagaSettings settings) {
        Conversation conversation = ordered(settings);
        for (Step before = Step.first(); before != step; before = before.next()) {
            conversation.done();
        }
        return conversation;
    }

    /** An order that waits for a person. */
    static Conversation underReview() {
        return asking(Step.REVIEW).waits();
    }

    // What is said.

    Conversation when(OrderCommand command) {
        now = command.at();
        last = OrderDecider.decide(command, order, settings);
        if (last instanceof Accepted accepted) {
            for (OrderEvent event : accepted.events()) {
                order = OrderDecider.evolve(order, event);
                history.add(event);
            }
            wakeUp =
                    switch (accepted.wakeUp()) {
                        case WakeUp.Unchanged unchanged -> wakeUp;
                        case WakeUp.Never never -> never;
                        case WakeUp.At at -> at;
                    };
        }
        return this;
    }

    Conversation done() {
        return replied(new Answer.Done(false));
    }

    Conversation waits() {
        return replied(new Answer.Done(true));
    }

    Conversation refused(RefusalCode code) {
        return replied(new Answer.NotDone(code, code + " it is", ""));
    }

    Conversation deadLettered() {
        return replied(new Answer.NotDone(RefusalCode.STEP_FAILED, "it made no sense", ""));
    }

    /** Whoever was asked answers. */
    Conversation replied(Answer answer) {
        return replied(outstanding(), answer);
    }

    /** Somebody answers something that may have been asked at another time. */
    Conversation replied(Outstanding what, Answer answer) {
        return when(
                new OrderCommand.Reply(
                        ID,
                        what.step().name(),
                        what.undo(),
                        what.attempt(),
                        answer,
                        now.plusSeconds(1)));
    }

    Conversation cancelled() {
        return when(new OrderCommand.Cancel(ID, now.plusSeconds(1)));
    }

    Conversation approved() {
        return when(new OrderCommand.Approve(ID, now.plusSeconds(1)));
    }

    Conversation declined(String reason) {
        return when(new OrderCommand.Decline(ID, reason, now.plusSeconds(1)));
    }

    Conversation listCompleted() {
        return when(new OrderCommand.MakeReady(ID, now.plusSeconds(1)));
    }

    Conversation collected() {
        return when(new OrderCommand.Collect(ID, now.plusSeconds(1)));
    }

    /** The wake-up that stands is due. */
    Conversation woken() {
        WakeUp.At at = (WakeUp.At) wakeUp;
        return when(new OrderCommand.Wake(ID, at.tries(), at.due()));
    }

    /** Nobody says anything until the deadline of what is outstanding. */
    Conversation silentUntilTheDeadline() {
        Instant deadline = ((WakeUp.At) wakeUp).deadline();
        while (now.isBefore(deadline)) {
            woken();
        }
        return this;
    }

    // What came of it.

    Conversation asks(Step step) {
        return asks(step, Outstanding.FIRST_ATTEMPT);
    }

    Conversation asks(Step step, int attempt) {
        return sends(step, false, attempt);
    }

    Conversation undoes(Step step) {
        return undoes(step, Outstanding.FIRST_ATTEMPT);
    }

    Conversation undoes(Step step, int attempt) {
        return sends(step, true, attempt);
    }

    /** It was asked before, and the answer is still awaited. */
    Conversation undoesStill(Step step) {
        assertThat(outstanding().step()).isEqualTo(step);
        assertThat(outstanding().undo()).isTrue();
        return this;
    }

    private Conversation sends(Step step, boolean undo, int attempt) {
        Outstanding sent = request().outstanding();
        assertThat(sent.step()).isEqualTo(step);
        assertThat(sent.undo()).isEqualTo(undo);
        assertThat(sent.attempt()).isEqualTo(attempt);
        assertThat(outstanding()).isEqualTo(sent);
        return this;
    }

    Conversation asksNobody() {
        assertThat(accepted().requests()).isEmpty();
        return this;
    }

    Conversation happens(OrderEvent... events) {
        assertThat(accepted().events()).containsExactly(events);
        return this;
    }

    Conversation nothingHappens() {
        assertThat(accepted().events()).isEmpty();
        return this;
    }

    Conversation isNeedless() {
        assertThat(last).isEqualTo(new Needless());
        return this;
    }

    Conversation isRefused(RefusalCode code, String sentence) {
        assertThat(last)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(code);
                            assertThat(refused.sentence()).isEqualTo(sentence);
                        });
        return this;
    }

    Conversation wakesAfter(Duration pause, int tries) {
        assertThat(accepted().wakeUp())
                .isInstanceOfSatisfying(
                        WakeUp.At.class,
                        at -> {
                            assertThat(Duration.between(now, at.due())).isEqualTo(pause);
                            assertThat(at.tries()).isEqualTo(tries);
                        });
        return this;
    }

    Conversation wakesNoMore() {
        assertThat(accepted().wakeUp()).isEqualTo(new WakeUp.Never());
        return this;
    }

    Conversation is(OrderStatus status) {
        assertThat(((Order.Present) order).status()).isEqualTo(status);
        return this;
    }

    Conversation isRejected(Step step, RefusalCode code) {
        assertThat(order)
                .isInstanceOfSatisfying(
                        Order.Rejected.class,
                        rejected -> {
                            assertThat(rejected.why().step()).isEqualTo(step);
                            assertThat(rejected.why().code()).isEqualTo(code);
                        });
        return this;
    }

    // What one may look at.

    Order order() {
        return order;
    }

    Instant now() {
        return now;
    }

    List<OrderEvent> history() {
        return List.copyOf(history);
    }

    WakeUp.At wakeUp() {
        return (WakeUp.At) wakeUp;
    }

    OrderDecision decision() {
        return last;
    }

    Outstanding outstanding() {
        return ((Waiting.ForAnswer) Waiting.of(order)).outstanding();
    }

    Request request() {
        assertThat(accepted().requests()).hasSize(1);
        return accepted().requests().getFirst();
    }

    private Accepted accepted() {
        assertThat(last).isInstanceOf(Accepted.class);
        return (Accepted) last;
    }
}
