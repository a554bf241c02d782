package io.waybill.writer.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.writer.domain.RefusalCode;
import io.waybill.writer.order.OrderCommand.Reply;
import io.waybill.writer.order.OrderDecision.Accepted;
import io.waybill.writer.order.OrderDecision.Needless;
import io.waybill.writer.order.OrderDecision.Refused;
import io.waybill.writer.saga.Kind;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Request;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.Step;
import io.waybill.writer.saga.WakeUp;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/**
 * One order among moody participants, hasty clients, a queue that loses, repeats and mixes up, and
 * a clock that jumps. Checks after every decision what must hold whatever comes.
 */
final class OrderWorld {

    private static final String ID = Conversation.ID;

    private final SagaSettings settings =
            SagaSettings.usual().withManualReview(Duration.ofMinutes(2));
    private final List<Request> requests = new ArrayList<>();
    private final List<Reply> replies = new ArrayList<>();
    private final List<Step> owed = new ArrayList<>();
    private final Participants participants;
    private final Random random;
    private final String description;
    private Order order = OrderDecider.initial();
    private Instant clock = Conversation.NINE;
    private WakeUp wakeUp = new WakeUp.Never();
    private int endings;
    private boolean pastPivot;
    private Instant lastChange = Instant.MIN;

    OrderWorld(Random random, String description) {
        this.random = random;
        this.description = description;
        this.participants = new Participants(random);
        decide(Orders.create(ID, clock));
    }

    /** One thing out of everything that may happen at any time. */
    void somethingHappens() {
        clock = clock.plusMillis(random.nextInt(3_000) - 200);
        switch (random.nextInt(20)) {
            case 0 -> decide(new OrderCommand.Cancel(ID, clock));
            case 1 -> decide(new OrderCommand.Approve(ID, clock));
            case 2 -> decide(new OrderCommand.Decline(ID, "no", clock));
            case 3 -> decide(new OrderCommand.Collect(ID, clock));
            case 4 -> decide(Orders.create(ID, clock));
            case 5 -> clock = clock.plusSeconds(random.nextInt(20));
            case 6, 7, 8 -> wake();
            case 9 -> decide(new OrderCommand.Wake(ID, random.nextInt(5), clock));
            case 10 -> completeList();
            case 11 -> lose(requests);
            case 12 -> lose(replies);
            default -> {
                if (random.nextBoolean()) {
                    deliverRequest(false);
                } else {
                    deliverReply();
                }
            }
        }
    }

    /** Everybody does what they are asked to, and nothing is lost, until nobody waits any more. */
    void calmsDown() {
        requests.clear();
        for (int round = 0; !(Waiting.of(order) instanceof Waiting.ForNothing); round++) {
            assertThat(round).as("%s goes on for ever: %s", description, order).isLessThan(200);
            wake();
            while (!requests.isEmpty() || !replies.isEmpty()) {
                deliverRequest(true);
                deliverReply();
            }
        }
        assertThat(endings).as(description).isEqualTo(1);
        assertThat(owed).as("%s: not undone", description).isEmpty();
        assertThat(participants.effects())
                .as("%s: what remains of %s", description, order)
                .isEqualTo(pastPivot ? all() : withoutUndo());
    }

    private void wake() {
        if (wakeUp instanceof WakeUp.At(Instant due, int tries, Instant deadline)) {
            clock = due.isAfter(clock) ? due : clock;
            decide(new OrderCommand.Wake(ID, tries, clock));
        }
    }

    private void completeList() {
        if (participants.effects().contains(Step.INITIATE_SHOPPING)) {
            decide(new OrderCommand.MakeReady(ID, clock));
        }
    }

    private void lose(List<?> messages) {
        if (!messages.isEmpty()) {
            messages.remove(random.nextInt(messages.size()));
        }
    }

    private void deliverRequest(boolean inGoodMood) {
        if (requests.isEmpty()) {
            return;
        }
        int at = random.nextInt(requests.size());
        boolean again = !inGoodMood && random.nextInt(4) == 0;
        Request request = again ? requests.get(at) : requests.remove(at);
        Outstanding what = request.outstanding();
        replies.add(
                new Reply(
                        ID,
                        what.step().name(),
                        what.undo(),
                        what.attempt(),
                        participants.hear(request, inGoodMood),
                        clock));
    }

    private void deliverReply() {
        if (replies.isEmpty()) {
            return;
        }
        int at = random.nextInt(replies.size());
        Reply reply = random.nextInt(4) == 0 ? replies.get(at) : replies.remove(at);
        decide(new Reply(ID, reply.step(), reply.undo(), reply.attempt(), reply.answer(), clock));
    }

    private void decide(OrderCommand command) {
        OrderDecision decision = OrderDecider.decide(command, order, settings);
        switch (decision) {
            case Accepted accepted -> apply(accepted);
            case Refused refused -> checkRefusal(command, refused);
            case Needless needless -> {
                assertThat(command).as(description).isInstanceOf(OrderCommand.OfSaga.class);
                if (command instanceof OrderCommand.Wake) {
                    // what was due stands no more, and there is one wake-up at a time
                    wakeUp = new WakeUp.Never();
                }
            }
        }
        boolean waits = !(Waiting.of(order) instanceof Waiting.ForNothing);
        assertThat(wakeUp instanceof WakeUp.At)
                .as("%s: whoever waits has a wake-up, and nobody else: %s", description, order)
                .isEqualTo(waits);
    }

    private void apply(Accepted accepted) {
        for (OrderEvent event : accepted.events()) {
            check(event);
            order = OrderDecider.evolve(order, event);
        }
        if (!(accepted.wakeUp() instanceof WakeUp.Unchanged)) {
            wakeUp = accepted.wakeUp();
        }
        if (accepted.wakeUp() instanceof WakeUp.At at) {
            assertThat(at.due()).as(description).isAfter(clock.truncatedTo(ChronoUnit.MICROS));
        }
        for (Request request : accepted.requests()) {
            check(request.outstanding());
            requests.add(request);
        }
    }

    private void check(OrderEvent event) {
        assertThat(endings).as("%s: %s after the end", description, event).isZero();
        assertThat(event.at()).as(description).isAfterOrEqualTo(lastChange);
        lastChange = event.at();
        switch (event) {
            case OrderEvent.CancelRequested e -> owes(e, true);
            case OrderEvent.ReviewDeclined e -> owes(e, false);
            case OrderEvent.StepRefused e -> owes(e, e.code() == RefusalCode.TIMED_OUT);
            case OrderEvent.StepUndone e ->
                    assertThat(owed.removeFirst()).as(description).isEqualTo(e.step());
            case OrderEvent.ReviewApproved e -> pastPivot = true;
            case OrderEvent.Approved e -> endings++;
            case OrderEvent.Rejected e -> endings++;
            case OrderEvent.Cancelled e -> endings++;
            case OrderEvent.Ready e -> {}
            case OrderEvent.Collected e -> {}
            case OrderEvent.Created e -> {}
            case OrderEvent.StepDone e -> {}
            case OrderEvent.StepFailed e ->
                    assertThat(e.attempt())
                            .as(description)
                            .isEqualTo(participants.failed(e.step(), e.undo()));
            case OrderEvent.ReviewRequested e -> {}
        }
    }

    /** Undoing begins: what is owed follows from what was asked, in the model's own words. */
    private void owes(OrderEvent event, boolean withTheStepItself) {
        assertThat(pastPivot).as("%s: %s after the pivot", description, event).isFalse();
        Step reached = ((Order.BeforePivot) order).step();
        for (Step step :
                List.of(Step.DEBIT_PAYMENT, Step.CREATE_SHOPPING_LIST, Step.RESERVE_ITEMS)) {
            if (reached.compareTo(step) > 0 || (reached == step && withTheStepItself)) {
                owed.add(step);
            }
        }
    }

    private void check(Outstanding sent) {
        if (sent.undo()) {
            assertThat(pastPivot).as("%s: %s after the pivot", description, sent).isFalse();
            assertThat(owed.getFirst()).as(description).isEqualTo(sent.step());
        } else {
            assertThat(owed).as("%s: %s while undoing", description, sent).isEmpty();
            assertThat(sent.step().kind() == Kind.RETRIABLE).as(description).isEqualTo(pastPivot);
        }
        int failed = sent.isTriedUntilDone() ? participants.failed(sent.step(), sent.undo()) : 0;
        assertThat(sent.attempt()).as(description).isBetween(1, failed + 1);
    }

    private void checkRefusal(OrderCommand command, Refused refused) {
        assertThat(command).as(description).isInstanceOf(OrderCommand.OfClient.class);
        if (command instanceof OrderCommand.Cancel) {
            assertThat(refused.code() == RefusalCode.TOO_LATE).as(description).isEqualTo(pastPivot);
        }
        assertThat(refused.code())
                .as(description)
                .isIn(RefusalCode.TOO_LATE, RefusalCode.ILLEGAL_STATE);
    }

    private static EnumSet<Step> all() {
        EnumSet<Step> all = EnumSet.allOf(Step.class);
        all.removeIf(Step::asksNobody);
        return all;
    }

    /** What was done of the steps that leave nothing behind; no more is left of the others. */
    private EnumSet<Step> withoutUndo() {
        EnumSet<Step> left = EnumSet.noneOf(Step.class);
        Arrays.stream(Step.values())
                .filter(step -> !step.isUndoable() && participants.effects().contains(step))
                .forEach(left::add);
        return left;
    }
}
