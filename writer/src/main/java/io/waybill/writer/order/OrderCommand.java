package io.waybill.writer.order;

import java.time.Instant;
import java.util.List;

/**
 * What may be asked of an order. Each command names the order and carries the time at which it is
 * decided.
 */
public sealed interface OrderCommand {

    String id();

    Instant at();

    /** What clients may ask. */
    sealed interface OfClient extends OrderCommand {}

    /** What only the saga tells its order. */
    sealed interface OfSaga extends OrderCommand {}

    /**
     * Somebody orders.
     *
     * @param currency of all prices
     * @param paymentId the authorization that is to pay; empty when the balance is
     */
    record Create(
            String id,
            String customerId,
            String restaurantId,
            List<Line> lines,
            String currency,
            String paymentId,
            Instant at)
            implements OfClient {

        public Create {
            lines = List.copyOf(lines);
        }
    }

    /**
     * One thing that is ordered, as it was written.
     *
     * @param unitPrice a decimal number
     */
    record Line(String code, String name, String unitPrice, int quantity) {}

    /** The customer takes it back. */
    record Cancel(String id, Instant at) implements OfClient {}

    /** A person of the restaurant takes it. */
    record Approve(String id, Instant at) implements OfClient {}

    /**
     * A person of the restaurant does not take it.
     *
     * @param reason for the customer; may be empty
     */
    record Decline(String id, String reason, Instant at) implements OfClient {}

    /** It is picked up. */
    record Collect(String id, Instant at) implements OfClient {}

    /**
     * Somebody wants a step tried again now.
     *
     * @param step its name; one that is not known is nobody's business
     */
    record Retry(String id, String step, boolean undo, Instant at) implements OrderCommand {}

    /**
     * A participant's answer was recorded.
     *
     * @param step its name; one that is not known is nobody's business
     */
    record Reply(String id, String step, boolean undo, int attempt, Answer answer, Instant at)
            implements OfSaga {}

    /**
     * The wake-up is due.
     *
     * @param tries how often what is outstanding was sent so far
     */
    record Wake(String id, int tries, Instant at) implements OfSaga {}

    /** The shopping list is complete. */
    record MakeReady(String id, Instant at) implements OfSaga {}
}
