package io.waybill.writer.order;

import io.waybill.writer.order.Waiting.ForAnswer;
import io.waybill.writer.order.Waiting.ForNothing;
import io.waybill.writer.order.Waiting.ForPerson;
import io.waybill.writer.saga.Outstanding;
import io.waybill.writer.saga.Pace;
import io.waybill.writer.saga.SagaSettings;
import io.waybill.writer.saga.WakeUp;

import java.time.Instant;

/** When a saga is to be woken. Whoever waits has a wake-up, and nobody else does. */
final class WakeUps {

    private WakeUps() {}

    /** After events: what the saga waits for now instead of what it waited for before. */
    static WakeUp after(Waiting before, Waiting after, Instant now, SagaSettings settings) {
        return switch (after) {
            case ForNothing nothing ->
                    before instanceof ForNothing ? new WakeUp.Unchanged() : new WakeUp.Never();
            case ForPerson person -> forPerson(person);
            case ForAnswer answer ->
                    forAnswer(answer, isNewErrand(before, answer) ? 1 : 0, now, settings);
        };
    }

    /** Whether something else is to be asked than before; another attempt at the same is not. */
    static boolean isNewErrand(Waiting before, ForAnswer now) {
        return !(before instanceof ForAnswer answer
                && answer.outstanding().sameErrand(now.outstanding()));
    }

    /**
     * After what is outstanding was sent so many times: later each time, and at its deadline at the
     * latest while that lies ahead. Attempts that failed before count as if they had been sent
     * once.
     */
    static WakeUp forAnswer(ForAnswer answer, int tries, Instant now, SagaSettings settings) {
        Outstanding outstanding = answer.outstanding();
        Pace pace = settings.pace(outstanding.step());
        Instant deadline = outstanding.deadline(pace.deadline());
        int times = outstanding.attempt() - Outstanding.FIRST_ATTEMPT + tries;
        Instant due = now.plus(pace.pause(times, answer.terms().orderId()));
        return new WakeUp.At(
                now.isBefore(deadline) && due.isAfter(deadline) ? deadline : due, tries, deadline);
    }

    /** A person is not asked again: only the deadline is waited for. */
    static WakeUp forPerson(ForPerson person) {
        return new WakeUp.At(person.deadline(), 1, person.deadline());
    }
}
